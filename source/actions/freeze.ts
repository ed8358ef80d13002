import {AppError, isAppError} from '../core/errors.ts';
import type {Exit} from '../core/exit-status.ts';
import {fieldWord} from '../core/key/field-words.ts';
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
import {changeHere} from './several.ts';
import {changeUndoably, newStep, withStep, type ChangedKey, type StepId} from './undo-steps.ts';
import {isGoneError} from './revoke.ts';
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
	step = newStep(context),
): Promise<StoredKey> {
	refuseReadonly(context);
	const before = keyInUse(context.vault.read(), id);
	if (!readOnly) return changeOneHere(context, id, step, key => frozen(key, context.clock()));
	const authority = requireAuthority(context, before);
	const content = await change(context, fresh => withChangedKey(fresh, id, key => frozen(key, context.clock())));
	const key = keyById(content, id);
	return setReadOnly(context, authority, key, step).catch((error: unknown) => {
		throw unfinished('freeze-unfinished', key, error);
	});
}

/** Freezes several keys in this vault, in one save; gives the failure of each key that could not be. */
export async function freezeHere(
	context: Context,
	ids: readonly string[],
	step: StepId,
): Promise<Map<string, AppError>> {
	return changeHere(context, ids, step, before => ({before, after: frozen(before, context.clock())}));
}

async function changeOneHere(
	context: Context,
	id: string,
	step: StepId,
	changed: (key: StoredKey) => StoredKey,
): Promise<StoredKey> {
	const content = await changeUndoably(context, fresh => {
		const before = keyInUse(fresh, id);
		const after = changed(before);
		return withStep(
			withChangedKey(fresh, id, () => after),
			step,
			[{before, after}],
		);
	});
	return keyById(content, id);
}

function frozen(key: StoredKey, now: number): StoredKey {
	refuseFreezing(key);
	return key.status === 'frozen' ? key : {...key, status: 'frozen', freeze: {at: now}, updatedAt: now};
}

/** Throws `invalid` for a revoked key. */
export function refuseFreezing({name, status}: Pick<StoredKey, 'name' | 'status'>): void {
	refuse(
		status === 'revoked' ? {problem: t`${sanitize(name)} is revoked, so it needs no freezing.`, fix: ''} : undefined,
	);
}

async function setReadOnly(
	context: Context,
	authority: ManagedAuthority,
	key: StoredKey,
	step: StepId,
): Promise<StoredKey> {
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
	const content = await changeFrozen(
		context,
		key.id,
		(one, freeze) => ({
			...one,
			permissions: onlyRead,
			freeze: {...freeze, readOnly: {before, state: 'set'}},
			...withListed(one, answer),
		}),
		step,
	);
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
	step = newStep(context),
): Promise<StoredKey> {
	refuseReadonly(context);
	const key = keyInUse(context.vault.read(), id);
	const readOnly = keepReadOnly ? undefined : key.freeze?.readOnly;
	if (!readOnly) return changeOneHere(context, id, step, one => thawed(one, context.clock(), {keepReadOnly}));
	const answer = await setBack(context, requireAuthority(context, key), key, readOnly);
	const content = await changeUndoably(context, fresh => {
		const before = keyById(fresh, id);
		const after = thawed(before, context.clock(), {keepReadOnly, answer});
		return withStep(
			withChangedKey(fresh, id, () => after),
			step,
			liveOnly(before),
		);
	}).catch((error: unknown) => {
		throw new AppError('thaw-unfinished', whyOf(key, error), {cause: error});
	});
	return keyById(content, id);
}

/** Thaws several keys in this vault, in one save; gives the failure of each key that could not be. */
export async function thawHere(
	context: Context,
	ids: readonly string[],
	{keepReadOnly}: {readonly keepReadOnly: boolean},
	step: StepId,
): Promise<Map<string, AppError>> {
	return changeHere(context, ids, step, before => ({before, after: thawed(before, context.clock(), {keepReadOnly})}));
}

/** What was suspected of the key is forgotten with the freeze. */
function thawed(
	before: StoredKey,
	now: number,
	{keepReadOnly, answer}: {readonly keepReadOnly: boolean; readonly answer?: ListedKey},
): StoredKey {
	if (before.status !== 'frozen') return before;
	const {freeze, incident: _, ...key} = before;
	// Another program has told the exchange meanwhile.
	if (freeze?.readOnly && !keepReadOnly && !answer) throw conflictOf(key);
	const permissions = answer && freeze?.readOnly?.before.declared;
	return {...key, status: 'active', ...(permissions && {permissions}), updatedAt: now, ...withListed(key, answer)};
}

/** What undo cannot take back, because the exchange was told. */
function liveOnly(key: StoredKey): readonly ChangedKey[] {
	return [{before: key, after: key, live: ['permissions']}];
}

function conflictOf({name}: Pick<StoredKey, 'name'>): AppError {
	return new AppError('edit-conflict', {name: sanitize(name), fields: fieldWord('status')});
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
		throw unfinished('thaw-unfinished', key, error);
	}
}

/** No repetition can finish it where the exchange no longer has the key. */
function unfinished(code: 'freeze-unfinished' | 'thaw-unfinished', key: StoredKey, error: unknown): AppError {
	return isAppError(error, 'gone-on-exchange') || isGoneError(error)
		? new AppError('gone-on-exchange', {name: sanitize(key.name)}, {cause: error})
		: new AppError(code, whyOf(key, error), {cause: error});
}

/** Where the answer was lost, the list of the exchange says whether it has acted. */
export async function setPermissions(
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
	step?: StepId,
): ReturnType<typeof change> {
	return changeUndoably(context, content => {
		const before = keyById(content, id);
		if (!before.freeze) throw conflictOf(before);
		const after = {...changed(before, before.freeze), updatedAt: context.clock()};
		const next = withChangedKey(content, id, () => after);
		return step ? withStep(next, step, liveOnly(before)) : next;
	});
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
