import {autoUnlock, autoUnlockMethods, refuseOtherVaultKind} from '../actions/open.ts';
import {openVault, type OpenOptions} from '../actions/setup.ts';
import {AppError} from '../core/errors.ts';
import {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Session} from './command.ts';
import type {Io} from './io.ts';
import {noteWarning} from './print.ts';

/** How long an agent may take before its asking is told, ms. */
const patienceMs = 300;

/**
 * Opens the vault with the given passphrase or key file, or without a question where an agent can, or asks on the
 * terminal; throws `locked-noninteractive` instead of asking where that must not be. Costs one KDF if there is a passphrase.
 */
export async function unlock(session: Session, options: {readonly mayAsk?: boolean} = {}): Promise<void> {
	await opened(session, options);
	keepTexts(session);
}

async function opened(session: Session, {mayAsk = true}: {readonly mayAsk?: boolean}): Promise<void> {
	const {context, io} = session;
	// A missing vault is told before anybody types a passphrase for it.
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

	if (!mayAsk) throw new AppError('locked-noninteractive', {why: 'check never asks for a passphrase'});
	const typed = await askToOpen(io);
	try {
		await openVault(context, typed);
	} finally {
		typed.wipe();
	}

	noteDamage(session);
}

/** Says what was damaged beside the vault, and was put right without a question. */
function noteDamage({context, io}: Session): void {
	const warning = context.vault.takeWarning();
	if (warning) noteWarning(io, warning);
}

/** What a person has named and described in the vault is printed as it was written. */
function keepTexts({context: {vault}, io}: Session): void {
	io.keep(vault.slots().map(({label}) => label));
	for (const {name, description, tags, label, account} of vault.read().keys)
		io.keep([name, ...description.split('\n'), ...tags, label ?? '', account.subAccount ?? '']);
}

/**
 * While an ssh-agent is asked, nothing is echoed where a passphrase may be typed; and it is told when that takes its
 * time: the agent's owner may have to confirm, and nobody must type a passphrase into a shell that is not asking.
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
		if (isAsked) io.note('Asking the ssh-agent: confirm it on the machine where it runs, or press Ctrl+C.');
	}, patienceMs);
	return {
		isTold: () => isTold,
		end() {
			clearTimeout(timer);
		},
	};
}

/**
 * Opens the vault with the passphrase or key file that the command line or the environment names; false when it names
 * none.
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
 * Opens the vault for what must not be done by whoever finds an unlocked terminal: passphrase or recovery key, given
 * or typed now, whatever an agent could do.
 */
export async function unlockByOwner(session: Session, options: OpenOptions = {}): Promise<void> {
	(await openedByOwner(session, options)).wipe();
}

/** Like `unlockByOwner`; gives what opened the vault, which the caller wipes. */
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

/** What a person types to open a vault: its passphrase or its recovery key. */
export async function askToOpen(io: Io): Promise<Secret> {
	return new Secret(
		await io.ask('Passphrase or recovery key: ', {
			secret: true,
			what: 'the passphrase',
			instead: '--passphrase-file or --passphrase-fd',
		}),
	);
}
