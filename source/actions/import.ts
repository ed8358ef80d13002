import {setImmediate as turn} from 'node:timers/promises';
import {AppError, isAppError, type FailureCode} from '../core/errors.ts';
import {exits} from '../core/exit-status.ts';
import type {StoredKey} from '../core/key/key.ts';
import {sandboxSite, siteMeant} from '../exchange/sites.ts';
import type {Secret} from '../core/secret.ts';
import type {ImportEntry, ForeignKey} from '../formats/format.ts';
import type {VaultContent} from '../vault/vault.ts';
import {draftOf, testedKey, type AddInput} from './add.ts';
import type {Context} from './context.ts';
import {ledgerOf, twinFault, type Holder} from './import-ledger.ts';
import {refuseReadonly} from './keys.ts';
import type {TestResult} from './test-result.ts';
import {testerFor} from './tester.ts';
import {joined, warningsOf} from './warnings.ts';

export type ImportOutcome = {
	/** Position in the file, from 1. */
	readonly number: number;
	/** As the file has it. Sanitized; empty where the entry has none. */
	readonly name: string;
	/** The name in the vault; absent where nothing is stored. */
	readonly storedAs?: string;
	/**
	 * `new` would be stored, in a dry run. `skipped`: its API key is already stored. `elsewhere`: it is of another
	 * exchange.
	 */
	readonly what: 'stored' | 'new' | 'skipped' | 'elsewhere' | 'refused';
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
	/** Called after each entry that was judged, before it is stored. */
	readonly onProgress?: (progress: {readonly done: number; readonly total: number}) => void;
};

type Candidate = {
	readonly number: number;
	readonly name: string;
	readonly draft: StoredKey;
	readonly result: TestResult | null;
};

/** These refuse one entry; any other error, such as a full disk, ends the import. */
const ownFaults: ReadonlySet<FailureCode> = new Set([
	'invalid',
	'key-already-stored',
	'key-stored-otherwise',
	'site-unknown',
	'sandbox-only',
	'exchange',
]);

/** Each save encrypts the whole vault, so quick tests share one. */
const saveEveryMs = 1000;

/**
 * Judges each entry by itself, gives the outcomes in their order, and wipes the secrets that are not stored. A name
 * that is taken gets a number. Tested keys are saved about every second and untested ones in one save; when it throws
 * (`aborted`, or an error of the vault), `onOutcome` was not called for the entries that are not stored.
 */
export async function importKeys(
	context: Context,
	entries: readonly ImportEntry[],
	options: ImportOptions,
): Promise<readonly ImportOutcome[]> {
	const outcomes: ImportOutcome[] = [];
	const store = async (candidates: readonly (Candidate | ImportOutcome)[]) => {
		await storeTogether(context, candidates, options.isDryRun === true, settled => {
			for (const outcome of settled) {
				outcomes.push(outcome);
				options.onOutcome?.(outcome);
			}
		});
	};
	try {
		if (!options.isDryRun) refuseReadonly(context);
		await judgeAll(context, entries, options, store);
		return outcomes;
	} finally {
		// Only the vault knows which secrets it has taken over, however the save ended.
		wipeEntries(entries, secretsHeldBy(context));
	}
}

/** For entries that are not imported; `held` are secrets that the vault has taken over. */
export function wipeEntries(entries: readonly ImportEntry[], held: ReadonlySet<Secret> = new Set()): void {
	for (const {key} of entries) {
		if (!key || held.has(key.credential.secretKey)) continue;
		key.credential.secretKey.wipe();
		key.credential.passphrase.wipe();
	}
}

/** A locked vault has wiped its secrets itself. */
function secretsHeldBy({vault}: Context): ReadonlySet<Secret> {
	return new Set(vault.isOpen() ? vault.read().keys.map(({credential}) => credential.secretKey) : []);
}

async function judgeAll(
	context: Context,
	entries: readonly ImportEntry[],
	{test, isDryRun = false, signal, onProgress}: ImportOptions,
	store: (candidates: readonly (Candidate | ImportOutcome)[]) => Promise<void>,
): Promise<void> {
	const isTested = test && !isDryRun;
	const judge = judgeFor(context, isTested, signal);
	let pending: (Candidate | ImportOutcome)[] = [];
	let savedAt = -Infinity;
	const save = async () => {
		const together = pending;
		pending = [];
		await store(together);
		savedAt = context.clock();
	};
	try {
		for (const [index, entry] of entries.entries()) {
			// Lets signals and timers run between thousands of entries.
			await turn();
			signal?.throwIfAborted();
			pending.push(await judge(entry, index + 1));
			onProgress?.({done: index + 1, total: entries.length});
			if (isTested && context.clock() - savedAt >= saveEveryMs) await save();
		}

		await turn();
		signal?.throwIfAborted();
	} catch (error) {
		if (isTested && pending.length > 0) await save();
		throw error;
	}

	if (pending.length > 0) await save();
}

/** What can be said of an entry before it is stored. Keys that this run has judged count as stored. */
function judgeFor(
	context: Context,
	isTested: boolean,
	signal: AbortSignal | undefined,
): (entry: ImportEntry, number: number) => Promise<Candidate | ImportOutcome> {
	const tester = testerFor(context);
	const judged = new Map<string, Holder>();
	const judge = async (entry: ImportEntry, number: number): Promise<Candidate> => {
		const input = inputOf(context, keyOf(entry));
		const {apiKey} = input.credential;
		const draft = await draftOf(context, input);
		const candidate = {number, name: entry.name, draft, result: null};
		// A revoked key is kept for its history and cannot be tested.
		if (!isTested || draft.status === 'revoked') return candidate;
		const fault = twinFault(holderOf(context, apiKey) ?? judged.get(apiKey), input.credential);
		if (fault) throw fault;
		const {key, result} = await testedKey(draft, input, tester, {signal});
		judged.set(apiKey, draft);
		return {...candidate, draft: key, result};
	};
	return async (entry, number) => judge(entry, number).catch((error: unknown) => faultOf(error, number, entry));
}

function holderOf({vault}: Context, apiKey: string): Holder | undefined {
	return vault.read().keys.find(({credential, trashedAt}) => credential.apiKey === apiKey && trashedAt === null);
}

/** One save for all. A save that the disk did not confirm is in place all the same, so it is told before the error. */
async function storeTogether(
	context: Context,
	candidates: readonly (Candidate | ImportOutcome)[],
	isDryRun: boolean,
	tell: (settled: readonly ImportOutcome[]) => void,
): Promise<void> {
	let settled: readonly ImportOutcome[] = [];
	const place = (content: VaultContent): VaultContent => {
		const ledger = ledgerOf(content);
		const added: StoredKey[] = [];
		settled = candidates.map((candidate): ImportOutcome => {
			if (!('draft' in candidate)) return candidate;
			const {number, name, draft, result} = candidate;
			const fault = twinFault(ledger.ownerOf(draft.credential.apiKey), draft.credential);
			if (fault) return faultOf(fault, number, candidate);
			const key = {...draft, name: ledger.freeName(draft.name)};
			ledger.add(key);
			added.push(key);
			const said = result ? [{problem: result.cause, fix: result.fix}] : [];
			const {problem: cause, fix} = joined([...said, ...warningsOf(key, {isTested: result !== null})]);
			const code = result?.code ?? exits.ok.status;
			return {number, name, storedAs: key.name, what: isDryRun ? 'new' : 'stored', code, cause, fix};
		});
		return added.length === 0 ? content : {...content, keys: [...content.keys, ...added]};
	};

	if (isDryRun) {
		context.vault.checkRoom(place(context.vault.read()));
	} else {
		await context.vault.change(place).catch((error: unknown) => {
			if (isAppError(error, 'saved-not-durable')) tell(settled);
			throw error;
		});
	}

	tell(settled);
}

function keyOf({key, problem}: ImportEntry): ForeignKey {
	if (!key) throw new AppError('invalid', problem);
	return key;
}

function faultOf(
	error: unknown,
	number: number,
	{name, isElsewhere}: {readonly name: string; readonly isElsewhere?: true},
): ImportOutcome {
	if (!isAppError(error) || !ownFaults.has(error.code)) throw error;
	const isHere = error.code === 'key-already-stored';
	const isFault = !isHere && isElsewhere !== true;
	return {
		number,
		name,
		what: isHere ? 'skipped' : isElsewhere === true ? 'elsewhere' : 'refused',
		code: isFault ? exits[error.exit].status : exits.ok.status,
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
		expiresAt,
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
		...(expiresAt !== undefined && {expiresAt}),
		...(subAccount !== undefined && {subAccount}),
	};
}
