import {AppError, isAppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {liveKeys} from './keys.ts';
import {changeUndoably, withStep, type ChangedKey, type StepId} from './undo-steps.ts';
import {t} from '../language/translate.ts';

/** What became of one of several keys; without an error it is as planned. */
export type KeyResult = {readonly id: string; readonly name: string; readonly error: AppError | undefined};

export type Steps = {
	readonly signal?: AbortSignal | undefined;
	/** Called after each key, with how many are done. */
	readonly onDone?: ((done: number) => void) | undefined;
};

export type ChangedHere = ChangedKey & {readonly after: StoredKey};

/**
 * Changes several keys in one save, which is undone at once. Gives the failure of each key that could not be changed;
 * `changed` throws it, and returns undefined for a key that stays as it is.
 */
export async function changeHere(
	context: Context,
	ids: readonly string[],
	step: StepId,
	changed: (before: StoredKey) => ChangedHere | undefined,
): Promise<Map<string, AppError>> {
	const failures = new Map<string, AppError>();
	if (ids.length === 0) return failures;
	try {
		await changeUndoably(context, fresh => {
			failures.clear();
			const inUse = new Map(liveKeys(fresh).map(key => [key.id, key]));
			const all = new Map<string, ChangedHere>();
			for (const id of ids) {
				try {
					const before = inUse.get(id);
					if (!before) throw new AppError('key-gone');
					const one = changed(before);
					if (one) all.set(id, one);
				} catch (error) {
					failures.set(id, expected(error));
				}
			}

			return withStep(withKeys(fresh, all), step, [...all.values()]);
		});
	} catch (error) {
		const why = expected(error);
		for (const id of ids) failures.set(id, why);
	}

	return failures;
}

function withKeys(content: VaultContent, changed: ReadonlyMap<string, ChangedHere>): VaultContent {
	if (changed.size === 0) return content;
	return {...content, keys: content.keys.map(key => changed.get(key.id)?.after ?? key)};
}

/** Acts on one after another, and gives the failure of each; after an abort the rest has failed as `aborted`. */
export async function oneByOne<Item extends {readonly id: string}>(
	items: readonly Item[],
	{signal, onDone}: Steps,
	act: (item: Item) => Promise<void>,
): Promise<Map<string, AppError>> {
	const failures = new Map<string, AppError>();
	for (const [index, item] of items.entries()) {
		try {
			if (signal?.aborted) throw new AppError('aborted');
			await act(item);
		} catch (error) {
			failures.set(item.id, expected(error));
		}

		onDone?.(index + 1);
	}

	return failures;
}

/** Why a key could not be changed, with its name once. */
export function failureWords(name: string, {message}: AppError): string {
	const shown = sanitize(name);
	return message.includes(shown) ? message : t`${shown}: ${message}`;
}

/** Any other error ends the program, because its text may hold secrets. */
export function expected(error: unknown): AppError {
	if (isAppError(error)) return error;
	throw error;
}
