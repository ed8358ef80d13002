import {acceptLive} from './accept.ts';
import {planAddresses, type AddressChange} from './addresses.ts';
import type {Context} from './context.ts';
import type {EditPatch, EditPlan} from './edit-plan.ts';
import {keyInUse} from './keys.ts';
import {planEdit} from './plan-edit.ts';
import {normalizeName} from '../core/text/name.ts';

export type TagChange = {readonly add?: readonly string[] | undefined; readonly remove?: readonly string[] | undefined};

/** A change that depends on what each key has: not a list of tags, but the ones to add. */
export type KeyChange =
	| {readonly acceptsLive: true}
	/** Sets the exchange to the declared permissions and addresses. */
	| {readonly enforcesDeclared: true}
	| {
			readonly patch?: EditPatch;
			readonly tags?: TagChange | undefined;
			/** Excludes `ip` in the patch. */
			readonly addresses?: AddressChange | undefined;
	  };

type PlanOptions = {readonly signal?: AbortSignal | undefined; readonly mayMiss?: boolean};

/** Throws as `planEdit`, `planAddresses` and `acceptLive` do; `mayMiss` as for `planAddresses`. */
export async function planChange(
	context: Context,
	id: string,
	change: KeyChange,
	{signal, mayMiss = false}: PlanOptions = {},
): Promise<EditPlan> {
	if ('acceptsLive' in change) return acceptLive(context, id);
	if ('enforcesDeclared' in change) {
		const {permissions, ip} = keyInUse(context.vault.read(), id);
		return planEdit(context, id, {permissions, ip}, {signal});
	}

	const {tags, addresses} = change;
	const patch = {
		...change.patch,
		...(tags && {tags: withTags(change.patch?.tags ?? keyInUse(context.vault.read(), id).tags, tags)}),
	};
	return addresses
		? planAddresses(context, id, addresses, {patch, signal, mayMiss})
		: planEdit(context, id, patch, {signal});
}

function withTags(present: readonly string[], {add = [], remove = []}: TagChange): readonly string[] {
	const gone = new Set(remove.map(tag => normalizeName(tag)));
	return [...new Set([...present, ...add.map(tag => normalizeName(tag))])].filter(tag => !gone.has(tag));
}
