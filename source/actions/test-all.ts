import type {StoredKey} from '../core/key/key.ts';
import type {ProbeStep} from '../exchange/probe/probe-step.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {refuseFrozen} from './keys.ts';
import {sideBySide} from './side-by-side.ts';
import {withResult, type TestOptions} from './test.ts';
import type {TestResult} from './test-result.ts';
import {testerFor} from './tester.ts';

export type TestAllProgress = {readonly done: number; readonly total: number};

export type TestAllOptions = Omit<TestOptions, 'onLayer'> & {
	/** Called after each test, in the order of completion. */
	readonly onResult?: (result: TestResult, key: StoredKey, progress: TestAllProgress) => void;
};

/** By then the signed calls are sent and only the answers are awaited; ms after the exchange has told the time. */
const idleAfterMs = 40;
const saveEveryMs = 2000;

/**
 * Tests keys in parallel within the rate limits of each account, gives the results in the order of `keys`, and
 * stores them every few seconds and at the end. An abort rejects with the signal's reason once the results so far
 * are stored. Throws `key-frozen` before the first call.
 */
export async function testKeys(
	context: Context,
	keys: readonly StoredKey[],
	{signal, onResult, onNotStored, testsFrozen = false, ...mode}: TestAllOptions = {},
): Promise<readonly TestResult[]> {
	if (!testsFrozen) for (const key of keys) refuseFrozen(key, {mayTest: true});
	const tester = testerFor(context, {...mode, among: keys});
	const results = new Map<string, TestResult>();
	const keeper = createKeeper(context, onNotStored);
	let warming: NodeJS.Timeout | undefined;
	const onLayer = ({name}: ProbeStep) => {
		if (name === 'time' && !context.readonly)
			warming ??= setTimeout(() => {
				context.vault.preload().catch(() => {});
			}, idleAfterMs);
	};
	const work = async (key: StoredKey, stop: AbortSignal) => {
		const result = await tester.test(key, {signal: stop, onLayer});
		results.set(key.id, result);
		if (!mode.noTouch) keeper.keep(key.id, result);
		onResult?.(result, key, {done: results.size, total: keys.length});
	};

	try {
		await sideBySide(context, {items: keys, keyOf: key => key, work, signal});
	} finally {
		clearTimeout(warming);
		await keeper.finish();
	}

	return keys.map(({id}) => results.get(id)!);
}

function createKeeper(context: Context, onNotStored: ((error: unknown) => void) | undefined) {
	let waiting = new Map<string, TestResult>();
	let saving: Promise<void> | undefined;
	let failure: {readonly error: unknown} | undefined;

	async function save(): Promise<void> {
		const kept = waiting;
		waiting = new Map();
		if (kept.size === 0 || context.readonly) return;
		const withResults = (content: VaultContent): VaultContent => ({
			...content,
			keys: content.keys.map(key => {
				const result = kept.get(key.id);
				// A save can fail after it was written; its results are not added twice.
				return result && key.lastTest?.at !== result.testedAt ? withResult(key, result) : key;
			}),
		});
		try {
			await context.vault.change(withResults, {routine: true});
			failure = undefined;
		} catch (error) {
			failure = {error};
			// For the next save, unless a newer result of the same key waits.
			waiting = new Map([...kept, ...waiting]);
		}
	}

	let due: NodeJS.Timeout | undefined;
	return {
		keep(id: string, result: TestResult): void {
			waiting.set(id, result);
			due ??= setTimeout(() => {
				saving = (saving ?? Promise.resolve()).then(save);
				due = undefined;
			}, saveEveryMs);
		},
		/** Saves the rest. Throws why a save failed, or reports it to `onNotStored`. */
		async finish(): Promise<void> {
			clearTimeout(due);
			await saving;
			await save();
			if (!failure) return;
			if (!onNotStored) throw failure.error;
			onNotStored(failure.error);
		},
	};
}
