import type {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import type {Context} from './context.ts';
import {edited, editKey, liveFields} from './edit.ts';
import type {EditPlan} from './edit-plan.ts';
import {planChange, type KeyChange} from './key-change.ts';
import {keyInUse, refuseReadonly} from './keys.ts';
import {changeHere, expected, oneByOne, type KeyResult, type Steps} from './several.ts';
import {newStep} from './undo-steps.ts';

/** A plan for one of several keys, or why there is none. */
export type PlannedEdit =
	| {readonly key: StoredKey; readonly plan: EditPlan; readonly error?: undefined}
	| {readonly key: StoredKey; readonly plan?: undefined; readonly error: AppError};

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
): Promise<readonly KeyResult[]> {
	refuseReadonly(context);
	const step = newStep(context);
	const local = new Map(plans.filter(plan => liveFields(plan).length === 0).map(plan => [plan.id, plan]));
	const failures = await changeHere(context, [...local.keys()], step, before => {
		const plan = local.get(before.id)!;
		return plan.changes.length > 0 ? edited(context, plan, before) : undefined;
	});
	onDone?.(local.size);
	const live = plans.filter(({id}) => !local.has(id));
	const liveFailures = await oneByOne(
		live,
		{
			signal,
			onDone(done) {
				onDone?.(local.size + done);
			},
		},
		async plan => {
			await editKey(context, plan, step);
		},
	);
	return plans.map(({id, base: {name}}) => ({id, name, error: failures.get(id) ?? liveFailures.get(id)}));
}
