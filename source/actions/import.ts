import {setImmediate as turn} from 'node:timers/promises';
import {isAppError} from '../core/errors.ts';
import {exits} from '../core/exit-status.ts';
import type {StoredKey} from '../core/key/key.ts';
import type {Secret} from '../core/secret.ts';
import type {ImportEntry} from '../formats/format.ts';
import type {VaultContent} from '../vault/vault.ts';
import {testedKey} from './add.ts';
import type {Context} from './context.ts';
import {draftOfEntry, faultOf, type EntryDraft, type ImportOutcome} from './import-draft.ts';
import {ledgerOf, duplicateKeyError, type Holder} from './import-ledger.ts';
import {refuseReadonly} from './keys.ts';
import {sideBySide} from './side-by-side.ts';
import type {TestResult} from './test-result.ts';
import {testerFor} from './tester.ts';
import {joined, warningsOf} from './warnings.ts';

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

const byNumber = (left: {readonly number: number}, right: {readonly number: number}) => left.number - right.number;

type Candidate = Pick<EntryDraft, 'number' | 'name' | 'draft'> & {readonly result: TestResult | null};

/** Quick tests share a save. */
const saveEveryMs = 1000;

/**
 * Judges each entry by itself, gives the outcomes in the order of the entries, and wipes the secrets that are not
 * stored. A name that is taken gets a number. Keys are tested side by side, within the rate limits of each account, and
 * saved about every second; untested ones in one save. `onOutcome` is called in that order too, after the save; when it
 * throws (`aborted`, or an error of the vault), it was not called for the entries that are not stored.
 */
export async function importKeys(
	context: Context,
	entries: readonly ImportEntry[],
	options: ImportOptions,
): Promise<readonly ImportOutcome[]> {
	const outcomes: ImportOutcome[] = [];
	const settled = new Map<number, ImportOutcome>();
	const tell = (outcome: ImportOutcome) => {
		settled.delete(outcome.number);
		outcomes.push(outcome);
		options.onOutcome?.(outcome);
	};
	const store = async (candidates: readonly (Candidate | ImportOutcome)[]) => {
		await storeTogether(context, candidates, options.isDryRun === true, together => {
			for (const outcome of together) settled.set(outcome.number, outcome);
			for (let next = settled.get(outcomes.length + 1); next; next = settled.get(outcomes.length + 1)) tell(next);
		});
	};
	try {
		if (!options.isDryRun) refuseReadonly(context);
		await judgeAll(context, entries, options, store);
		return outcomes;
	} finally {
		for (const outcome of [...settled.values()].toSorted(byNumber)) tell(outcome);
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
	const saver = saverFor(context, store);
	let done = 0;
	const settle = async (judged: Candidate | ImportOutcome) => {
		saver.keep(judged);
		onProgress?.({done: ++done, total: entries.length});
		if (isTested) await saver.saveIfDue();
	};
	const untested: EntryDraft[] = [];
	try {
		for (const [index, entry] of entries.entries()) {
			// Lets signals and timers run between thousands of entries.
			await turn();
			signal?.throwIfAborted();
			const draft = await draftOfEntry(context, entry, index + 1);
			// A revoked key is kept for its history and cannot be tested.
			if (isTested && 'input' in draft && draft.draft.status !== 'revoked') untested.push(draft);
			else await settle('input' in draft ? {...draft, result: null} : draft);
		}

		await testAll(context, untested, settle, signal);
		await turn();
		signal?.throwIfAborted();
	} catch (error) {
		if (isTested) await saver.save();
		throw error;
	}

	await saver.save();
}

/** Saves what was judged together, one save after the other; each encrypts the whole vault. */
function saverFor({clock}: Context, store: (candidates: readonly (Candidate | ImportOutcome)[]) => Promise<void>) {
	let pending: (Candidate | ImportOutcome)[] = [];
	let savedAt = -Infinity;
	let saving: Promise<void> = Promise.resolve();
	const save = async () => {
		const together = pending.toSorted(byNumber);
		pending = [];
		if (together.length > 0) await store(together);
		savedAt = clock();
	};
	return {
		keep(judged: Candidate | ImportOutcome): void {
			pending.push(judged);
		},
		async save(): Promise<void> {
			saving = saving.then(save);
			await saving;
		},
		async saveIfDue(): Promise<void> {
			if (clock() - savedAt < saveEveryMs) return;
			savedAt = clock();
			await this.save();
		},
	};
}

/** Entries with one API key are tested one after the other: where the first works, the others are no longer asked. */
async function testAll(
	context: Context,
	drafts: readonly EntryDraft[],
	settle: (judged: Candidate | ImportOutcome) => Promise<void>,
	signal: AbortSignal | undefined,
): Promise<void> {
	const tester = testerFor(context, {among: drafts.map(({draft}) => draft)});
	const judge = async (entry: EntryDraft, works: Holder | undefined, stop: AbortSignal): Promise<Candidate> => {
		const {input, draft} = entry;
		const fault = duplicateKeyError(holderOf(context, input.credential.apiKey) ?? works, input.credential);
		if (fault) throw fault;
		const {key, result} = await testedKey(draft, input, tester, {signal: stop});
		return {...entry, draft: key, result};
	};
	await sideBySide(context, {
		items: [...Map.groupBy(drafts, ({input}) => input.credential.apiKey).values()],
		keyOf: ([first]) => first!.draft,
		async work(twins, stop) {
			let works: Holder | undefined;
			for (const entry of twins) {
				const judged = await judge(entry, works, stop).catch((error: unknown) => faultOf(error, entry.number, entry));
				if ('draft' in judged) works = judged.draft;
				await settle(judged);
			}
		},
		signal,
	});
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
			const {number, draft, result} = candidate;
			const fault = duplicateKeyError(ledger.ownerOf(draft.credential.apiKey), draft.credential);
			if (fault) return faultOf(fault, number, candidate);
			const key = {...draft, name: ledger.freeName(draft.name)};
			ledger.add(key);
			added.push(key);
			const said = result ? [{problem: result.cause, fix: result.fix}] : [];
			const {problem: cause, fix} = joined([...said, ...warningsOf(key, {isTested: result !== null})]);
			const code = result?.code ?? exits.ok.status;
			const {name: storedAs, site, environment} = key;
			const what = isDryRun ? 'new' : 'stored';
			return {number, name: draft.name, storedAs, site, environment, what, code, cause, fix};
		});
		return added.length === 0 ? content : {...content, keys: [...content.keys, ...added]};
	};

	if (isDryRun) {
		context.vault.checkRoom(place(context.vault.read()));
	} else {
		await context.vault.change(place, {activity: {as: 'imported'}}).catch((error: unknown) => {
			if (isAppError(error, 'saved-not-durable')) tell(settled);
			throw error;
		});
	}

	tell(settled);
}
