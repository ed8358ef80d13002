import {setImmediate as turn} from 'node:timers/promises';
import {AppError, isAppError, type FailureCode} from '../core/errors.ts';
import {exits} from '../core/exit-status.ts';
import type {StoredKey} from '../core/key/key.ts';
import {sandboxSite, siteMeant} from '../exchange/sites.ts';
import type {Secret} from '../core/secret.ts';
import type {ImportEntry, ForeignKey} from '../formats/format.ts';
import type {VaultContent} from '../vault/vault.ts';
import {addKey, checkFree, draftOf, type AddInput} from './add.ts';
import type {Context} from './context.ts';
import {checkKeyFree, refuseReadonly, withKey} from './keys.ts';
import {testerFor} from './tester.ts';
import {joined, warningsOf} from './warnings.ts';

export type ImportOutcome = {
	/** Position in the file, from 1. */
	readonly number: number;
	/** Sanitized; empty where the entry has none. */
	readonly name: string;
	/** `new` would be stored, in a dry run. `skipped`: its API key is already stored. */
	readonly what: 'stored' | 'new' | 'skipped' | 'refused';
	readonly code: number;
	readonly cause: string;
	readonly fix: string;
};

export type ImportOptions = {
	/** Tests each key in use, and stores only those that work. */
	readonly test: boolean;
	/** Reports what would happen, and sends nothing. */
	readonly isDryRun?: boolean;
	readonly signal?: AbortSignal | undefined;
	readonly onOutcome?: (outcome: ImportOutcome) => void;
};

type Candidate = {
	readonly entry: ImportEntry & {readonly key: ForeignKey};
	readonly number: number;
	readonly draft: StoredKey;
};

/** These refuse one entry; any other error, such as a full disk, ends the import. */
const ownFaults: ReadonlySet<FailureCode> = new Set([
	'invalid',
	'name-taken',
	'key-already-stored',
	'site-unknown',
	'sandbox-only',
	'exchange',
]);

/**
 * Judges each entry by itself, gives the outcomes in their order, and wipes the secrets that are not stored. Tested
 * keys are saved one by one and untested ones in one save; when it throws (`aborted`, or an error of the vault),
 * `onOutcome` was not called for the entries that are not stored.
 */
export async function importKeys(
	context: Context,
	entries: readonly ImportEntry[],
	options: ImportOptions,
): Promise<readonly ImportOutcome[]> {
	const outcomes: ImportOutcome[] = [];
	const tell = (outcome: ImportOutcome) => {
		outcomes.push(outcome);
		options.onOutcome?.(outcome);
	};
	try {
		if (!options.isDryRun) refuseReadonly(context);
		await (options.test && !options.isDryRun
			? storeTested(context, entries, options, tell)
			: storeTogether(context, entries, options, tell));
		return outcomes;
	} finally {
		// Only the vault knows which secrets it has taken over, however the save ended.
		const held = secretsHeldBy(context);
		for (const {key} of entries) {
			if (!key || held.has(key.credential.secretKey)) continue;
			key.credential.secretKey.wipe();
			key.credential.passphrase.wipe();
		}
	}
}

/** A locked vault has wiped its secrets itself. */
function secretsHeldBy({vault}: Context): ReadonlySet<Secret> {
	return new Set(vault.isOpen() ? vault.read().keys.map(({credential}) => credential.secretKey) : []);
}

/** A save that the disk did not confirm is in place all the same, so it is reported before the error. */
async function saved<Result>(save: Promise<Result>, tellStored: () => void): Promise<Result> {
	return save.catch((error: unknown) => {
		if (isAppError(error, 'saved-not-durable')) tellStored();
		throw error;
	});
}

async function storeTested(
	context: Context,
	entries: readonly ImportEntry[],
	{signal}: ImportOptions,
	tell: (outcome: ImportOutcome) => void,
): Promise<void> {
	const tester = testerFor(context);
	for (const [index, entry] of entries.entries()) {
		await unlessStopped(signal);
		const number = index + 1;
		const settle = async (): Promise<ImportOutcome> => {
			const input = inputOf(context, keyOf(entry));
			checkKeyFree(context.vault.read(), input.credential.apiKey);
			// A revoked key is kept for its history and cannot be tested.
			const test = input.known?.status !== 'revoked';
			const {key, result} = await saved(addKey(context, input, {test, tester, signal}), () => {
				tell({number, name: entry.name, what: 'stored', code: exits.ok.status, cause: '', fix: ''});
			});
			const said = result ? [{problem: result.cause, fix: result.fix}] : [];
			const {problem: cause, fix} = joined([...said, ...warningsOf(key, {isTested: result !== null})]);
			return {number, name: entry.name, what: 'stored', code: result?.code ?? exits.ok.status, cause, fix};
		};
		tell(await settle().catch((error: unknown) => faultOf(error, number, entry)));
	}
}

async function storeTogether(
	context: Context,
	entries: readonly ImportEntry[],
	{isDryRun, signal}: ImportOptions,
	tell: (outcome: ImportOutcome) => void,
): Promise<void> {
	const candidates: (Candidate | ImportOutcome)[] = [];
	for (const [index, entry] of entries.entries()) {
		await unlessStopped(signal);
		const number = index + 1;
		candidates.push(
			await draftOfEntry(context, entry).then(
				draft => ({entry: entry as Candidate['entry'], number, draft}),
				(error: unknown) => faultOf(error, number, entry),
			),
		);
	}

	await unlessStopped(signal);
	let settled: readonly ImportOutcome[] = [];
	const withEntries = (content: VaultContent): VaultContent => {
		let next = content;
		settled = candidates.map(candidate => {
			if (!('draft' in candidate)) return candidate;
			const {entry, number, draft} = candidate;
			try {
				checkKeyFree(next, draft.credential.apiKey);
				checkFree(next, draft);
			} catch (error) {
				return faultOf(error, number, entry);
			}

			next = withKey(next, draft);
			const {problem: cause, fix} = joined(warningsOf(draft, {isTested: false}));
			return {number, name: entry.name, what: isDryRun ? 'new' : 'stored', code: exits.ok.status, cause, fix};
		});
		return next;
	};

	const tellAll = () => {
		for (const outcome of settled) tell(outcome);
	};
	if (isDryRun) context.vault.checkRoom(withEntries(context.vault.read()));
	else await saved(context.vault.change(withEntries), tellAll);
	tellAll();
}

/** Lets signals and timers run between thousands of entries. */
async function unlessStopped(signal: AbortSignal | undefined): Promise<void> {
	await turn();
	signal?.throwIfAborted();
}

async function draftOfEntry(context: Context, entry: ImportEntry): Promise<StoredKey> {
	return draftOf(context, inputOf(context, keyOf(entry)));
}

function keyOf({key, problem}: ImportEntry): ForeignKey {
	if (!key) throw new AppError('invalid', problem);
	return key;
}

function faultOf(error: unknown, number: number, {name}: ImportEntry): ImportOutcome {
	if (!isAppError(error) || !ownFaults.has(error.code)) throw error;
	const isHere = error.code === 'key-already-stored';
	return {
		number,
		name,
		what: isHere ? 'skipped' : 'refused',
		code: isHere ? exits.ok.status : exits[error.exit].status,
		cause: error.message,
		fix: isHere ? '' : (error.hint ?? ''),
	};
}

function inputOf(context: Context, foreign: ForeignKey): AddInput {
	const {
		name,
		credential,
		description = '',
		type = 'api',
		isTypeTold = false,
		environment = 'live',
		site,
		tags = [],
		permissions,
		ip,
		...known
	} = foreign;
	const subAccount = known.account?.subAccount;
	return {
		name,
		credential,
		description,
		type,
		isTypeTold,
		environment,
		tags,
		known,
		site: site === undefined ? (context.sandbox ? sandboxSite : 'global') : siteMeant(site),
		...(permissions && {permissions}),
		...(ip && {ip}),
		...(subAccount !== undefined && {subAccount}),
	};
}
