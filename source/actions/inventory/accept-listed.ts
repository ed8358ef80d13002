import {AppError} from '../../core/errors.ts';
import type {StoredKey} from '../../core/key/key.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {listedKeys} from '../authority.ts';
import type {Context} from '../context.ts';
import {editKey} from '../edit.ts';
import {fields, textOf, type Change, type EditPatch, type EditPlan} from '../edit-plan.ts';
import {change, keyById, keyInUse, refuseReadonly, withChangedKey} from '../keys.ts';
import {asRevoked} from '../revoke.ts';
import {restoreKey} from '../trash.ts';
import {authorityAt} from './delete.ts';
import type {InventoryEntry} from './inventory.ts';

/**
 * A plan that declares what the exchange has listed of a key that differs, and changes only this vault. Throws
 * `nothing-to-accept` for any other.
 */
export function planAccept(context: Context, {state, key, listed, drift, place}: InventoryEntry): EditPlan {
	if (state !== 'differs' || !key || !listed)
		throw new AppError('nothing-to-accept', {name: sanitize(key?.name ?? '')});
	const base = keyInUse(context.vault.read(), key.id);
	const drifted = new Set(drift.map(({field}) => field));
	const {subAccount, mainUid} = place;
	const patch: EditPatch = {
		...(drifted.has('permissions') && {permissions: listed.permissions}),
		...(drifted.has('ip') && {ip: listed.ip}),
		...(drifted.has('label') && {label: listed.label}),
		...(drifted.has('account') && {
			account: {
				kind: 'sub',
				subAccount: subAccount.name,
				uid: subAccount.uid,
				...(mainUid !== undefined && {mainUid}),
			},
		}),
	};
	const after = {...base, ...patch};
	const changes = fields
		.filter(field => patch[field] !== undefined)
		.map((field): Change => ({field, from: textOf(field, base), to: textOf(field, after), where: 'vault'}));
	return {id: key.id, patch, changes, base, listed};
}

export type Accepted = {
	readonly key: Pick<StoredKey, 'id' | 'name'>;
	readonly outcome: 'declared' | 'marked-revoked' | 'in-use' | 'restored';
};

/**
 * Takes the exchange's word for a key that the vault has: declares what is listed, marks one that is gone as revoked,
 * and takes one back into use that is revoked or in the trash here. The exchange is not changed. Throws
 * `nothing-to-accept` where both agree by now.
 */
export async function acceptListed(context: Context, entry: InventoryEntry): Promise<Accepted> {
	refuseReadonly(context);
	await context.vault.refresh();
	const {key, state} = entry;
	if (state === 'differs') return {key: await editKey(context, planAccept(context, entry)), outcome: 'declared'};
	if (key && state === 'trash') return {key: await restoreKey(context, key.id), outcome: 'restored'};
	if (key && state === 'revoked') return {key: await takeBack(context, key.id), outcome: 'in-use'};
	if (key && state === 'gone') return {key: await markGone(context, entry, key.id), outcome: 'marked-revoked'};
	throw new AppError('nothing-to-accept', {name: sanitize(key?.name ?? '')});
}

async function takeBack(context: Context, id: string): Promise<StoredKey> {
	const now = context.clock();
	const {trashedAt} = keyById(context.vault.read(), id);
	if (trashedAt !== null) await restoreKey(context, id);
	const content = await change(context, fresh =>
		withChangedKey(fresh, id, key => (key.status === 'revoked' ? {...key, status: 'active', updatedAt: now} : key)),
	);
	return keyById(content, id);
}

/** Looks once more, since the list may be of a while ago. */
async function markGone(context: Context, {place}: InventoryEntry, id: string): Promise<StoredKey> {
	const {name, credential} = keyInUse(context.vault.read(), id);
	const listed = place.isWithoutAccount ? [] : await listedKeys(context, authorityAt(context, place));
	if (listed.some(({apiKey}) => apiKey === credential.apiKey))
		throw new AppError('nothing-to-accept', {name: sanitize(name)});
	const now = context.clock();
	const content = await change(context, fresh => withChangedKey(fresh, id, key => asRevoked(key, now)));
	return keyById(content, id);
}
