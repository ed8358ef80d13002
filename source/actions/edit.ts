import {AppError} from '../core/errors.ts';
import {fieldWord} from '../core/key/field-words.ts';
import type {StoredKey} from '../core/key/key.ts';
import {orderPermissions} from '../core/key/permission.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {ListedKey} from '../exchange/endpoint.ts';
import {authorityOver, modifyKey} from './authority.ts';
import type {Context} from './context.ts';
import {onExchange, textOf, type EditPlan} from './edit-plan.ts';
import {checkNameFree, keyById, keyInUse, refuseReadonly, withChangedKey, withListed} from './keys.ts';
import {listedKey, toldBy} from './plan-edit.ts';
import {changeUndoably, newStep, withoutSteps, withStep, type ChangedKey} from './undo-steps.ts';
import {failureReason, definitelyNotApplied} from './write-outcome.ts';

/**
 * Carries out a plan on the exchange, then in the vault, and resolves once the vault is saved. Throws
 * `edit-conflict` or `exchange-conflict` when the key has changed since the plan was made, so that no other change
 * is overwritten unseen. Several edits with the same `step` are undone at once.
 */
export async function editKey(context: Context, plan: EditPlan, step = newStep(context)): Promise<StoredKey> {
	refuseReadonly(context);
	if (plan.changes.length === 0) return plan.base;
	await context.vault.refresh();
	checkUnmoved(plan, keyInUse(context.vault.read(), plan.id));
	// A change that the vault has no room for must not reach the exchange.
	context.vault.checkRoom(
		withoutSteps(withChangedKey(context.vault.read(), plan.id, key => edited(context, plan, key).after)),
	);
	// Declares only the changes of the plan: a field that drifted beside them must stay visible as drift.
	const answer = await editOnExchange(context, plan);
	const content = await changeUndoably(context, fresh => {
		const before = keyInUse(fresh, plan.id);
		if (plan.patch.name !== undefined) checkNameFree(fresh, plan.patch.name, plan.id);
		const key = edited(context, plan, before, answer);
		return withStep(
			withChangedKey(fresh, plan.id, () => key.after),
			step,
			[key],
		);
	}).catch((error: unknown) => {
		throw answer
			? new AppError(
					'applied-not-stored',
					{name: sanitize(plan.base.name), what: 'changed', reason: failureReason(error)},
					{cause: error},
				)
			: error;
	});
	return keyById(content, plan.id);
}

/** The key as a plan changes it. Throws `edit-conflict`. */
export function edited(
	{clock}: Pick<Context, 'clock'>,
	plan: EditPlan,
	before: StoredKey,
	answer?: ListedKey,
): ChangedKey & {readonly after: StoredKey} {
	checkUnmoved(plan, before);
	const after = {
		...before,
		...changedOnly(plan),
		...lastSeen(before, answer ?? plan.listed ?? undefined, plan),
		updatedAt: clock(),
	};
	return {before, after, live: liveFields(plan)};
}

/** After a change of site or environment, no test applies. */
function lastSeen(
	key: StoredKey,
	listed: ListedKey | undefined,
	{patch}: EditPlan,
): Partial<Pick<StoredKey, 'lastTest'>> {
	if (patch.site !== undefined || patch.environment !== undefined) return {lastTest: null};
	return withListed(key, listed);
}

/** A new name that equals the key's label on the exchange accepts that label too. */
function changedOnly(plan: EditPlan): Partial<StoredKey> {
	const label = plan.base.lastTest?.live?.label;
	const isLabel = label !== undefined && label !== '' && plan.patch.name === label;
	return {
		...toldBy(plan.patch),
		...Object.fromEntries([
			...(isLabel ? [['label', label]] : []),
			...plan.changes.map(({field}) => [
				field,
				field === 'permissions' ? orderPermissions(plan.patch.permissions!) : plan.patch[field],
			]),
		]),
	};
}

function checkUnmoved({base, changes}: EditPlan, fresh: StoredKey): void {
	const moved = changes.filter(({field}) => textOf(field, fresh) !== textOf(field, base));
	if (moved.length > 0)
		throw new AppError('edit-conflict', {
			name: sanitize(base.name),
			fields: moved.map(({field}) => fieldWord(field)).join(', '),
		});
}

/** What a plan changes on the exchange. */
export function liveFields({changes}: Pick<EditPlan, 'changes'>): ('permissions' | 'ip')[] {
	return onExchange.filter(field => changes.some(change => change.field === field && change.where === 'exchange'));
}

async function editOnExchange(
	context: Context,
	{base, listed, changes, patch, kept = []}: EditPlan,
): Promise<ListedKey | undefined> {
	const wanted = liveFields({changes});
	if (!listed || wanted.length === 0) return undefined;
	const authority = authorityOver(context, base);
	if (authority.by === 'none') throw new AppError('no-managing-key', {name: base.name});
	const now = await listedKey(context, authority, base);
	const shown = (field: 'permissions' | 'ip', {permissions, ip}: ListedKey) =>
		textOf(field, {...base, permissions, ip});
	if (onExchange.some(field => shown(field, now) !== shown(field, listed)))
		throw new AppError('exchange-conflict', {name: sanitize(base.name)});
	return modifyKey(context, authority, base.credential.apiKey, {
		...(wanted.includes('permissions') && {permissions: orderPermissions([...patch.permissions!, ...kept])}),
		...(wanted.includes('ip') && {ip: patch.ip!}),
	}).catch((error: unknown) => {
		throw definitelyNotApplied(error) ? error : new AppError('edit-unknown', {name: base.name}, {cause: error});
	});
}
