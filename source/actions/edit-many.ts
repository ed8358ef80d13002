import {AppError, isAppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {edited, editKey, liveFields} from './edit.ts';
import type {EditPlan} from './edit-plan.ts';
import {planChange, type KeyChange} from './key-change.ts';
import {keyInUse, liveKeys, refuseReadonly} from './keys.ts';
import {changeUndoably, newStep, withStep, type ChangedKey, type StepId} from './undo-steps.ts';
import {t} from '../language/translate.ts';

/** A plan for one of several keys, or why there is none. */
export type PlannedEdit =
	| {readonly key: StoredKey; readonly plan: EditPlan; readonly error?: undefined}
	| {readonly key: StoredKey; readonly plan?: undefined; readonly error: AppError};

/** What became of one of several keys; without an error it is as planned. */
export type EditResult = {readonly id: string; readonly name: string; readonly error: AppError | undefined};

type Steps = {
	readonly signal?: AbortSignal | undefined;
	/** Called after each key, with how many are done. */
	readonly onDone?: ((done: number) => void) | undefined;
};

/**
 * Plans the same change for each key, one after another. A key that cannot be changed so is told with the reason, and
 * one that has no address to remove or to replace has a plan without changes. Rejects with the reason of an abort.
 */
export async function planEdits(
	context: Context,
	ids: readonly string[],
	change: KeyChange,
	{signal, onDone}: Steps = {},
): Promise<readonly PlannedEdit[]> {
	const planned: PlannedEdit[] = [];
	for (const id of ids) {
		signal?.throwIfAborted();
		const key = keyInUse(context.vault.read(), id);
		planned.push(
			await planChange(context, id, change, {signal, mayMiss: ids.length > 1}).then(
				plan => ({key, plan}),
				(error: unknown) => {
					signal?.throwIfAborted();
					return {key, error: expected(error)};
				},
			),
		);
		onDone?.(planned.length);
	}

	return planned;
}

/**
 * Carries out plans for several keys, which are undone at once: what concerns this vault alone in one save, and what
 * changes the exchange one after another. The failure of a key is told with it and does not stop the others; after an
 * abort the rest is told as `aborted`.
 */
export async function editKeys(
	context: Context,
	plans: readonly EditPlan[],
	{signal, onDone}: Steps = {},
): Promise<readonly EditResult[]> {
	refuseReadonly(context);
	const step = newStep(context);
	const local = plans.filter(plan => liveFields(plan).length === 0);
	const failures = local.length === 0 ? new Map<string, AppError>() : await editHere(context, local, step);
	let done = local.length;
	onDone?.(done);
	for (const plan of plans) {
		if (liveFields(plan).length === 0) continue;
		try {
			if (signal?.aborted) throw new AppError('aborted');
			await editKey(context, plan, step);
		} catch (error) {
			failures.set(plan.id, expected(error));
		}

		onDone?.(++done);
	}

	return plans.map(({id, base: {name}}) => ({id, name, error: failures.get(id)}));
}

async function editHere(context: Context, plans: readonly EditPlan[], step: StepId): Promise<Map<string, AppError>> {
	const failures = new Map<string, AppError>();
	try {
		await changeUndoably(context, fresh => {
			failures.clear();
			const inUse = new Map(liveKeys(fresh).map(key => [key.id, key]));
			const changed = new Map<string, ChangedKey & {readonly after: StoredKey}>();
			for (const plan of plans) {
				try {
					const before = inUse.get(plan.id);
					if (!before) throw new AppError('key-gone');
					if (plan.changes.length > 0) changed.set(plan.id, edited(context, plan, before));
				} catch (error) {
					failures.set(plan.id, expected(error));
				}
			}

			return withStep(withKeys(fresh, changed), step, [...changed.values()]);
		});
	} catch (error) {
		const why = expected(error);
		for (const {id} of plans) failures.set(id, why);
	}

	return failures;
}

function withKeys(content: VaultContent, changed: ReadonlyMap<string, {readonly after: StoredKey}>): VaultContent {
	if (changed.size === 0) return content;
	return {...content, keys: content.keys.map(key => changed.get(key.id)?.after ?? key)};
}

/** Why a key could not be changed, with its name once. */
export function failureWords(name: string, {message}: AppError): string {
	const shown = sanitize(name);
	return message.includes(shown) ? message : t`${shown}: ${message}`;
}

/** Any other error ends the program, because its text may hold secrets. */
function expected(error: unknown): AppError {
	if (isAppError(error)) return error;
	throw error;
}
