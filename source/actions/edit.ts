import {AppError} from '../errors.ts';
import type {Permission, StoredKey} from '../core/key.ts';
import {canonicalIp, descriptionProblem, ipListProblem, nameProblem, orderPermissions, permissionsProblem, refuse, tagsProblem} from '../core/rules.ts';
import {clean} from '../core/text.ts';
import type {ListedKey} from '../exchange/endpoints.ts';
import {authorityOver, listedKeys, modifyKey, type Held} from './authority.ts';
import type {Context} from './context.ts';
import {change, checkNameFree, keyById, keyInUse, refuseReadonly, withChangedKey} from './keys.ts';
import {reasonOf, refusedForSure} from './outcome.ts';

/** What a person can change about a key; absent stays as it is. */
export type EditPatch = {
	readonly name?: string;
	readonly description?: string;
	readonly permissions?: readonly Permission[];
	readonly ip?: readonly string[];
	readonly tags?: readonly string[];
};

/** One difference. `vault`: only here. `exchange`: there and here. `declared`: only here, though the exchange decides: change it on its page too. */
export type Change = {
	readonly field: keyof EditPatch;
	readonly from: string;
	readonly to: string;
	readonly where: 'vault' | 'exchange' | 'declared';
};

/** What an edit would do, for a person to look at before it is done. */
export type EditPlan = {
	readonly id: string;
	readonly patch: EditPatch;
	readonly changes: readonly Change[];
	/** The key as it was when the plan was made; an edit of a field that moved since is refused. */
	readonly base: StoredKey;
	/** The exchange's own values when the plan was made; null when it is not asked. */
	readonly listed: ListedKey | null;
};

const fields = ['name', 'description', 'permissions', 'ip', 'tags'] as const satisfies readonly (keyof EditPatch)[];
const onExchange = ['permissions', 'ip'] as const;

/** A field as one text, for comparing and for showing. */
function textOf(field: keyof EditPatch, source: Pick<StoredKey, 'permissions' | 'ip'> & EditPatch): string {
	if (field === 'permissions') return orderPermissions(source.permissions).join(', ');
	if (field === 'ip') return source.ip.length === 0 ? 'any address' : source.ip.map(ip => canonicalIp(ip)).toSorted().join(', ');
	if (field === 'tags') return (source.tags ?? []).join(', ');
	return source[field] ?? '';
}

function problemOf(patch: EditPatch, key: StoredKey) {
	return (patch.name === undefined ? undefined : nameProblem(patch.name))
		?? (patch.description === undefined ? undefined : descriptionProblem(patch.description))
		?? (patch.permissions === undefined ? undefined : permissionsProblem(patch.permissions, key.account.kind))
		?? (patch.ip === undefined ? undefined : ipListProblem(patch.ip))
		?? (patch.tags === undefined ? undefined : tagsProblem(patch.tags));
}

/**
 * What a patch would change, and where. For a key that can be managed from here this asks the exchange for its present
 * values first, so that the difference shown is the true one.
 */
export async function planEdit(context: Context, id: string, patch: EditPatch, {signal}: {readonly signal?: AbortSignal} = {}): Promise<EditPlan> {
	const base = keyInUse(context.vault.read(), id);
	if (base.status === 'creating') throw new AppError('unfinished', {name: base.name});
	refuse(problemOf(patch, base));
	if (patch.name !== undefined) checkNameFree(context.vault.read(), patch.name, id);

	const authority = authorityOver(context, base);
	const asksExchange = authority.by !== 'nobody' && base.status === 'active' && onExchange.some(field => patch[field] !== undefined);
	const listed = asksExchange ? await listedKey(context, authority, base, signal) : null;
	const live = {...base, ...(listed && {permissions: listed.permissions, ip: listed.ip})};
	const after = {...base, ...patch};
	const changes = fields.filter(field => patch[field] !== undefined).flatMap((field): Change[] => {
		const [declared, there, to] = [base, live, after].map(source => textOf(field, source)) as [string, string, string];
		if (to !== there) return [{field, from: there, to, where: placeOf(field, listed)}];
		// The exchange has it already: what is declared here only catches up with it.
		return to === declared ? [] : [{field, from: declared, to, where: 'vault'}];
	});
	return {id, patch, changes, base, listed};
}

function placeOf(field: keyof EditPatch, listed: ListedKey | null): Change['where'] {
	if (!onExchange.includes(field as 'ip')) return 'vault';
	return listed ? 'exchange' : 'declared';
}

async function listedKey(context: Context, authority: Held, key: StoredKey, signal?: AbortSignal): Promise<ListedKey> {
	const found = (await listedKeys(context, authority, signal)).find(({apiKey}) => apiKey === key.credential.apiKey);
	if (found) return found;
	throw new AppError('gone-on-exchange', {name: key.name});
}

/**
 * Carries out a plan: first on the exchange, then in the vault. Refuses when the key was changed in between, here or
 * there, so that nobody's change is overwritten unseen. Resolves once the vault is saved.
 */
export async function editKey(context: Context, plan: EditPlan): Promise<StoredKey> {
	refuseReadonly(context);
	if (plan.changes.length === 0) return plan.base;
	await context.vault.refresh();
	checkUnmoved(plan, keyInUse(context.vault.read(), plan.id));
	// Of its answer only what was shown is declared: a field that drifted beside it must stay visible as drift.
	const answer = await editOnExchange(context, plan);
	const content = await change(context, fresh => {
		const moved = keyInUse(fresh, plan.id);
		checkUnmoved(plan, moved);
		if (plan.patch.name !== undefined) checkNameFree(fresh, plan.patch.name, plan.id);
		return withChangedKey(fresh, plan.id, key => ({...key, ...changedOnly(plan), ...lastSeen(key, answer), updatedAt: context.clock()}));
	}).catch((error: unknown) => {
		throw answer ? new AppError('done-not-noted', {name: clean(plan.base.name), what: 'changed', reason: reasonOf(error)}, {cause: error}) : error;
	});
	return keyById(content, plan.id);
}

/** The last test's picture of the exchange, brought up to what it has just answered: else an edit made there would look like drift. */
function lastSeen({lastTest}: StoredKey, answer: ListedKey | undefined): Partial<Pick<StoredKey, 'lastTest'>> {
	if (!answer || !lastTest?.live) return {};
	return {lastTest: {...lastTest, live: {...lastTest.live, permissions: answer.permissions, ip: answer.ip}}};
}

/** A new name that is the key's name on the exchange accepts that too. */
function changedOnly(plan: EditPlan): Partial<StoredKey> {
	const label = plan.base.lastTest?.live?.label;
	const isLabel = label !== undefined && label !== '' && plan.patch.name === label;
	return Object.fromEntries([...(isLabel ? [['label', label]] : []), ...plan.changes.map(({field}) => [field, field === 'permissions' ? orderPermissions(plan.patch.permissions!) : plan.patch[field]])]);
}

function checkUnmoved({base, changes}: EditPlan, fresh: StoredKey): void {
	const moved = changes.filter(({field}) => textOf(field, fresh) !== textOf(field, base));
	if (moved.length > 0) throw new AppError('changed-elsewhere', {name: clean(base.name), fields: moved.map(({field}) => field).join(', ')});
}

async function editOnExchange(context: Context, {base, listed, changes, patch}: EditPlan): Promise<ListedKey | undefined> {
	const wanted = changes.filter(({where}) => where === 'exchange').map(({field}) => field);
	if (!listed || wanted.length === 0) return undefined;
	const authority = authorityOver(context, base);
	if (authority.by === 'nobody') throw new AppError('no-manager', {name: base.name});
	const now = await listedKey(context, authority, base);
	if (onExchange.some(field => textOf(field, now) !== textOf(field, listed))) throw new AppError('moved-on-exchange', {name: clean(base.name)});
	return modifyKey(context, authority, base.credential.apiKey, {
		...(wanted.includes('permissions') && {permissions: orderPermissions(patch.permissions!)}),
		...(wanted.includes('ip') && {ip: patch.ip!}),
	}).catch((error: unknown) => {
		throw refusedForSure(error) ? error : new AppError('edit-unknown', {name: base.name}, {cause: error});
	});
}
