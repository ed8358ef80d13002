import {AppError} from '../core/errors.ts';
import {driftOf} from '../core/health/drift.ts';
import type {LiveKey, StoredKey} from '../core/key/key.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Context} from './context.ts';
import {fields, textOf, type Change, type EditPatch, type EditPlan} from './edit-plan.ts';
import {keyInUse} from './keys.ts';
import {t} from '../language/translate.ts';

/**
 * A plan that declares what the last test saw, and changes only this vault. Throws `invalid` when that test did not
 * see the key, and as `keyInUse` does.
 */
export function acceptLive(context: Context, id: string): EditPlan {
	const base = keyInUse(context.vault.read(), id);
	const live = base.lastTest?.live;
	if (!live)
		throw new AppError('invalid', {
			problem: t`The last test of ${sanitize(base.name)} did not reach the key on the exchange, so there is nothing
				to accept.`,
			fix: t`Test it first.`,
		});
	const drifted = new Set(driftOf(base, live).map(({field}) => field));
	const said = saidBy(live, base);
	const patch: EditPatch = {
		...(drifted.has('permissions') && {permissions: said.permissions}),
		...(drifted.has('ip') && {ip: said.ip}),
		...(drifted.has('label') && {label: said.label}),
		...(drifted.has('account') && {account: said.account}),
	};
	const after = {...base, ...patch};
	const changes = fields
		.filter(field => patch[field] !== undefined)
		.map((field): Change => ({field, from: textOf(field, base), to: textOf(field, after), where: 'vault'}));
	return {id, patch, changes, base, listed: null};
}

function saidBy({permissions, ip, label, uid, mainUid}: LiveKey, {account}: StoredKey) {
	const isMain = uid === mainUid;
	return {
		permissions,
		ip,
		label,
		account: {
			kind: isMain ? 'main' : 'sub',
			uid,
			mainUid,
			...(!isMain && account.subAccount !== undefined && {subAccount: account.subAccount}),
		},
	} as const;
}
