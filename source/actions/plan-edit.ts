import {AppError} from '../core/errors.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {isOnExchange} from '../core/key/operation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {normalizeName} from '../core/text/name.ts';
import type {StoredKey, UnknownPermission} from '../core/key/key.ts';
import {isSendable, orderPermissions, unknownPermissions} from '../core/key/permission.ts';
import {
	descriptionProblem,
	existingNameProblem,
	permissionsProblem,
	tagsProblem,
	usedByProblem,
} from '../core/validate.ts';
import {ipListProblem} from '../core/ip/validate.ts';
import {refuse, type Problem} from '../core/problem.ts';
import type {ListedKey} from '../exchange/endpoint.ts';
import {apiPage, isSandboxSite} from '../exchange/sites.ts';
import {authorityOver, listedKeys, type ManagedAuthority} from './authority.ts';
import type {Context} from './context.ts';
import {fields, onExchange, textOf, type Change, type EditPatch, type EditPlan} from './edit-plan.ts';
import {checkNameFree, keyInUse, withChangedKey} from './keys.ts';
import {withoutSteps} from './undo-steps.ts';
import {t} from '../language/translate.ts';

function problemOf(patch: EditPatch, key: StoredKey) {
	return (
		(patch.name === undefined ? undefined : existingNameProblem(patch.name)) ??
		(patch.description === undefined ? undefined : descriptionProblem(patch.description)) ??
		(patch.permissions === undefined ? undefined : permissionsProblem(patch.permissions, key.account.kind)) ??
		(patch.ip === undefined ? undefined : ipListProblem(patch.ip)) ??
		(patch.tags === undefined ? undefined : tagsProblem(patch.tags)) ??
		(patch.usedBy === undefined ? undefined : usedByProblem(patch.usedBy))
	);
}

/** Thawing sets permissions back, which would undo the edit. */
function frozenProblem({permissions}: EditPatch, {name, freeze}: StoredKey): Problem | undefined {
	if (permissions === undefined || !freeze?.readOnly) return undefined;
	return {
		problem: t`${sanitize(name)} is frozen with Read only, so its permissions cannot be changed.`,
		fix: t`${suggestedCommand('thaw', name)} sets the earlier ones back; change them then.`,
	};
}

async function checkSite({exchange, sandbox}: Context, site: string): Promise<void> {
	await exchange.locate(site);
	if (sandbox && !isSandboxSite(site))
		throw new AppError('invalid', {
			problem: t`A real key cannot be stored in the sandbox.`,
			fix: t`Leave --sandbox out.`,
		});
}

/**
 * What a patch would change, and where. Asks the exchange first where the key can be managed from here, so that the
 * difference shown is the true one.
 */
export async function planEdit(
	context: Context,
	id: string,
	patch: EditPatch,
	{signal}: {readonly signal?: AbortSignal | undefined} = {},
): Promise<EditPlan> {
	await checkPatch(context, id, patch);
	return planOf(
		await presentOf(
			context,
			id,
			onExchange.filter(field => patch[field] !== undefined),
			signal,
		),
		patch,
	);
}

/**
 * Throws `invalid`, `name-taken`, `site-unknown` or `vault-too-large` for a patch that no present values of the key
 * would allow.
 */
export async function checkPatch(context: Context, id: string, patch: EditPatch): Promise<void> {
	refuse(problemOf(patch, keyInUse(context.vault.read(), id)));
	refuse(frozenProblem(patch, keyInUse(context.vault.read(), id)));
	if (patch.site !== undefined) await checkSite(context, patch.site);
	const content = context.vault.read();
	if (patch.name !== undefined) checkNameFree(content, patch.name, id);
	// Only a description can be too large, and a check of room costs as much as making a save.
	if (patch.description !== undefined)
		context.vault.checkRoom(withoutSteps(withChangedKey(content, id, key => ({...key, ...asStored(patch)}))));
}

export type PresentKey = Pick<EditPlan, 'base' | 'listed'>;

/** Asks the exchange only where the key can be managed from here; `listed` is null elsewhere. */
export async function presentOf(
	context: Context,
	id: string,
	wanted: readonly (keyof EditPatch)[],
	signal?: AbortSignal,
): Promise<PresentKey> {
	const base = keyInUse(context.vault.read(), id);
	const authority = authorityOver(context, base);
	const asksExchange = authority.by !== 'none' && isOnExchange(base) && wanted.length > 0;
	return {base, listed: asksExchange ? await listedKey(context, authority, base, signal) : null};
}

/** Expects a patch that has passed `checkPatch`. */
export function planOf({base, listed}: PresentKey, given: EditPatch): EditPlan {
	const wanted = asStored(given);
	// A write replaces the whole list, so the permissions that this program does not know are kept in it.
	const patch = wanted.permissions
		? {...wanted, permissions: orderPermissions([...wanted.permissions, ...unknownPermissions(base.permissions)])}
		: wanted;
	const kept = patch.permissions && listed ? unknownPermissions(listed.permissions) : [];
	refuse(keptProblem(kept, base));
	const live = {...base, ...(listed && {permissions: listed.permissions, ip: listed.ip})};
	const after = {...base, ...patch, ...toldBy(patch)};
	const changes = fields
		.filter(field => patch[field] !== undefined)
		.flatMap((field): Change[] => {
			const [declared, to] = [textOf(field, base), textOf(field, after)];
			const there = field === 'permissions' || field === 'ip' ? textOf(field, live) : declared;
			const written =
				field === 'permissions' && listed
					? textOf('permissions', {...after, permissions: [...after.permissions, ...kept]})
					: to;
			if (written !== there) return [{field, from: there, to: written, where: whereChanged(field, listed)}];
			// The exchange has this value already; the declared one catches up.
			return to === declared ? [] : [{field, from: declared, to, where: 'vault'}];
		});
	return {id: base.id, patch, changes, base, listed, kept};
}

/** A named type counts as told, even when it is the usual one. */
export function toldBy({type}: EditPatch): Partial<StoredKey> {
	return type === undefined ? {} : {isTypeTold: true};
}

function keptProblem(kept: readonly UnknownPermission[], base: StoredKey): Problem | undefined {
	const unsendable = kept.find(word => !isSendable(word));
	return (
		unsendable && {
			problem: t`The exchange has the permission ${unsendable}, which cannot be sent back, so a change here would take
				it away.`,
			fix: t`Change the permissions on its page: ${apiPage(base)}`,
		}
	);
}

function asStored(patch: EditPatch): EditPatch {
	return {
		...patch,
		...(patch.name !== undefined && {name: normalizeName(patch.name)}),
		...(patch.tags !== undefined && {tags: patch.tags.map(tag => normalizeName(tag))}),
	};
}

function whereChanged(field: keyof EditPatch, listed: ListedKey | null): Change['where'] {
	if (!onExchange.includes(field as 'ip')) return 'vault';
	return listed ? 'exchange' : 'declared';
}

/** Throws `gone-on-exchange` when the exchange no longer lists the key. */
export async function listedKey(
	context: Context,
	authority: ManagedAuthority,
	key: StoredKey,
	signal?: AbortSignal,
): Promise<ListedKey> {
	const found = (await listedKeys(context, authority, signal)).find(({apiKey}) => apiKey === key.credential.apiKey);
	if (found) return found;
	throw new AppError('gone-on-exchange', {name: key.name});
}
