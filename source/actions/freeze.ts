import {AppError, isAppError} from '../core/errors.ts';
import type {Exit} from '../core/exit-status.ts';
import type {Freeze, PermissionWord, StoredKey} from '../core/key/key.ts';
import {isSendable, orderPermissions} from '../core/key/permission.ts';
import {refuse} from '../core/problem.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {ListedKey} from '../exchange/endpoint.ts';
import {apiPage} from '../exchange/sites.ts';
import {modifyKey, requireAuthority, type ManagedAuthority} from './authority.ts';
import type {Context} from './context.ts';
import {change, keyById, keyInUse, refuseReadonly, withChangedKey, withListed} from './keys.ts';
import {listedKey} from './plan-edit.ts';
import {definitelyNotApplied, failureReason} from './write-outcome.ts';
import {t} from '../language/translate.ts';

const onlyRead: readonly PermissionWord[] = ['read'];

/**
 * From the return on, nothing is given the key. With `readOnly` the exchange is told too; repeating it goes on where an
 * earlier one was cut off. Throws `freeze-unfinished` where the key is frozen here and the exchange could not be told.
 */
export async function freezeKey(
	context: Context,
	id: string,
	{readOnly}: {readonly readOnly: boolean},
): Promise<StoredKey> {
	refuseReadonly(context);
	const before = keyInUse(context.vault.read(), id);
	const authority = readOnly ? requireAuthority(context, before) : undefined;
	const content = await change(context, fresh => withChangedKey(fresh, id, key => frozen(key, context.clock())));
	const key = keyById(content, id);
	if (!authority) return key;
	return setReadOnly(context, authority, key).catch((error: unknown) => {
		throw new AppError('freeze-unfinished', whyOf(key, error), {cause: error});
	});
}

function frozen(key: StoredKey, now: number): StoredKey {
	if (key.status === 'frozen') return key;
	refuse(
		key.status === 'revoked'
			? {problem: t`${sanitize(key.name)} is revoked, so it needs no freezing.`, fix: ''}
			: undefined,
	);
	return {...key, status: 'frozen', freeze: {at: now}, updatedAt: now};
}

async function setReadOnly(context: Context, authority: ManagedAuthority, key: StoredKey): Promise<StoredKey> {
	const listed = await listedKey(context, authority, key);
	const before = key.freeze?.readOnly?.before ?? {declared: key.permissions, live: listed.permissions};
	if (isSame(before.live, onlyRead)) return key;
	const unsendable = before.live.find(word => !isSendable(word));
	refuse(
		unsendable === undefined
			? undefined
			: {
					problem: t`The exchange has the permission ${unsendable}, which could not be set back.`,
					fix: t`Change the permissions on its page: ${apiPage(key)}`,
				},
	);
	await noteReadOnly(context, key.id, {before, state: 'setting'});
	const answer = isSame(listed.permissions, onlyRead)
		? listed
		: await setPermissions(context, authority, key, onlyRead);
	const content = await changeFrozen(context, key.id, (one, freeze) => ({
		...one,
		permissions: onlyRead,
		freeze: {...freeze, readOnly: {before, state: 'set'}},
		...withListed(one, answer),
	}));
	return keyById(content, key.id);
}

/**
 * Lets the key be used again, after its permissions are set back on the exchange where freezing has taken them; with
 * `keepReadOnly` the exchange is not told. Throws `thaw-unfinished` where that failed: the key is frozen still.
 */
export async function thawKey(
	context: Context,
	id: string,
	{keepReadOnly}: {readonly keepReadOnly: boolean},
): Promise<StoredKey> {
	refuseReadonly(context);
	const key = keyInUse(context.vault.read(), id);
	const readOnly = keepReadOnly ? undefined : key.freeze?.readOnly;
	const answer = readOnly && (await setBack(context, requireAuthority(context, key), key, readOnly));
	const content = await change(context, fresh =>
		withChangedKey(fresh, id, one => (one.status === 'frozen' ? thawed(one, answer, context.clock()) : one)),
	).catch((error: unknown) => {
		throw answer ? new AppError('thaw-unfinished', whyOf(key, error), {cause: error}) : error;
	});
	return keyById(content, id);
}

function thawed({freeze, ...key}: StoredKey, answer: ListedKey | undefined, now: number): StoredKey {
	const permissions = answer && freeze?.readOnly?.before.declared;
	return {...key, status: 'active', ...(permissions && {permissions}), updatedAt: now, ...withListed(key, answer)};
}

async function setBack(
	context: Context,
	authority: ManagedAuthority,
	key: StoredKey,
	{before}: NonNullable<Freeze['readOnly']>,
): Promise<ListedKey> {
	try {
		await noteReadOnly(context, key.id, {before, state: 'lifting'});
		return await setPermissions(context, authority, key, before.live);
	} catch (error) {
		throw new AppError('thaw-unfinished', whyOf(key, error), {cause: error});
	}
}

/** Where the answer was lost, the list of the exchange says whether it has acted. */
async function setPermissions(
	context: Context,
	authority: ManagedAuthority,
	key: StoredKey,
	wanted: readonly PermissionWord[],
): Promise<ListedKey> {
	try {
		return await modifyKey(context, authority, key.credential.apiKey, {permissions: orderPermissions(wanted)});
	} catch (error) {
		if (definitelyNotApplied(error)) throw error;
		const listed = await listedKey(context, authority, key).catch(() => undefined);
		if (listed && isSame(listed.permissions, wanted)) return listed;
		throw error;
	}
}

async function noteReadOnly(context: Context, id: string, readOnly: NonNullable<Freeze['readOnly']>): Promise<void> {
	await changeFrozen(context, id, (key, freeze) => ({...key, freeze: {...freeze, readOnly}}));
}

/** Throws `edit-conflict` where another program has thawed the key meanwhile. */
async function changeFrozen(
	context: Context,
	id: string,
	changed: (key: StoredKey, freeze: Freeze) => StoredKey,
): ReturnType<typeof change> {
	return change(context, content =>
		withChangedKey(content, id, key => {
			if (!key.freeze) throw new AppError('edit-conflict', {name: sanitize(key.name), fields: t`status`});
			return {...changed(key, key.freeze), updatedAt: context.clock()};
		}),
	);
}

function isSame(one: readonly PermissionWord[], other: readonly PermissionWord[]): boolean {
	return orderPermissions(one).join(' ') === orderPermissions(other).join(' ');
}

function whyOf({name}: StoredKey, error: unknown): {name: string; reason: string; exit: Exit} {
	return {
		name: sanitize(name),
		reason: failureReason(error),
		exit: isAppError(error) ? error.exit : 'unexpected',
	};
}
