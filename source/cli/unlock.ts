import {problemsOnOpening} from '../actions/activity.ts';
import {autoUnlock, autoUnlockMethods, refuseOtherVaultKind} from '../actions/open.ts';
import {openVault, type OpenOptions} from '../actions/setup.ts';
import {AppError, isAppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Session} from './command.ts';
import type {Io} from './io.ts';
import {noteWarning} from './print.ts';
import {t} from '../language/translate.ts';

/** Milliseconds that an agent may take before a note says that it is being asked. */
const agentNoticeMs = 300;

/**
 * Opens the vault with the given passphrase or key file, without a question through an agent, or with a question on the
 * terminal; throws `locked-noninteractive` where none may or can be asked. Costs one KDF for a passphrase.
 */
export async function unlock(session: Session, options: {readonly mayAsk?: boolean} = {}): Promise<void> {
	await opened(session, options);
	keepTexts(session);
}

async function opened(session: Session, {mayAsk = true}: {readonly mayAsk?: boolean}): Promise<void> {
	const {context, io} = session;
	// Fail for a missing vault before asking for its passphrase.
	if (!(await context.vault.exists())) throw new AppError('vault-missing', {path: sanitize(context.vault.path)});
	if (await unlockAsGiven(session)) return;
	const wait = await waitForAgent(session, mayAsk);
	try {
		if (
			await autoUnlock(context, ({message}) => {
				io.note(`okx-keys: ${message}`);
			})
		) {
			if (!wait.isTold()) await io.release();
			return noteDamage(session);
		}
	} finally {
		wait.end();
	}

	const locked = (why: string, cause?: unknown) =>
		new AppError('locked-noninteractive', {why, hasAgent: context.keyAgent !== undefined}, {cause});
	if (!mayAsk) throw locked(t`check never asks for a passphrase`);
	const typed = await askToOpen(io).catch((error: unknown) => {
		throw isAppError(error, 'no-tty') ? locked(t`there is no terminal to ask for its passphrase`, error) : error;
	});
	try {
		await openVault(context, typed);
	} finally {
		typed.wipe();
	}

	noteDamage(session);
}

function noteDamage({context, io}: Session): void {
	for (const problem of problemsOnOpening(context, {isWhole: false})) noteWarning(io, problem);
}

function keepTexts({context: {vault}, io}: Session): void {
	io.keep(vault.slots().map(({label}) => label));
	io.keep(textsOf(vault.read().keys));
}

/** One after another, for most terminals need none of them kept. */
function* textsOf(keys: readonly StoredKey[]): Iterable<string> {
	for (const {name, description, tags, usedBy = [], label, account} of keys) {
		yield name;
		yield* description.split('\n');
		yield* tags;
		yield* usedBy;
		yield label ?? '';
		yield account.subAccount ?? '';
	}
}

/**
 * Echo is off while an ssh-agent is asked. A slow agent is announced, because it may be waiting for its own
 * confirmation and the passphrase must not be typed into a shell.
 */
async function waitForAgent(
	{context, io}: Session,
	mayAsk: boolean,
): Promise<{readonly isTold: () => boolean; readonly end: () => void}> {
	let isTold = false;
	const ways = await autoUnlockMethods(context);
	const isAsked = ways.includes('ssh-agent');
	if (isAsked && mayAsk) io.hold();
	const timer = setTimeout(() => {
		isTold = isAsked;
		if (isAsked) io.note(t`Asking the ssh-agent: confirm it on the machine where it runs, or press Ctrl+C.`);
	}, agentNoticeMs);
	return {
		isTold: () => isTold,
		end() {
			clearTimeout(timer);
		},
	};
}

/**
 * Opens the vault with the passphrase or key file that the command line or the environment names; false when neither
 * names one.
 */
export async function unlockAsGiven(session: Session, options: OpenOptions = {}): Promise<boolean> {
	const {context, io} = session;
	const given = await io.givenPassphrase();
	const keyFile = given ? undefined : io.givenKeyFile();
	try {
		if (given) await openVault(context, given, options);
		if (keyFile) {
			await context.vault.unlock({keyFile}, options);
			refuseOtherVaultKind(context);
		}

		noteDamage(session);
		if (given ?? keyFile) keepTexts({context, io});
		return given !== undefined || keyFile !== undefined;
	} finally {
		given?.wipe();
		keyFile?.wipe();
	}
}

/**
 * Opens the vault for an operation that an unlocked terminal alone must not allow: a passphrase or recovery key is
 * required now, even when an agent could open it.
 */
export async function unlockByOwner(session: Session, options: OpenOptions = {}): Promise<void> {
	(await openedByOwner(session, options)).wipe();
}

/** Like `unlockByOwner`; returns the secret that opened the vault, which the caller wipes. */
export async function openedByOwner(session: Session, options: OpenOptions = {}): Promise<Secret> {
	const {context, io} = session;
	if (!(await context.vault.exists())) throw new AppError('vault-missing', {path: sanitize(context.vault.path)});
	const typed = (await io.givenPassphrase()) ?? (await askToOpen(io));
	try {
		await openVault(context, typed, options);
		noteDamage(session);
		keepTexts(session);
		return typed;
	} catch (error) {
		typed.wipe();
		throw error;
	}
}

export async function askToOpen(io: Io): Promise<Secret> {
	return new Secret(
		await io.ask(t`Passphrase or recovery key: `, {
			secret: true,
			what: t`the passphrase`,
			instead: t`--passphrase-file or --passphrase-fd`,
		}),
	);
}
