import {AppError, isAppError} from '../../core/errors.ts';
import {asLastSeen, type KeyIncident, type PermissionWord, type StoredKey} from '../../core/key/key.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {apiPage, isSandboxSite} from '../../exchange/sites.ts';
import {authorityOver, type ManagedAuthority} from '../authority.ts';
import type {Context} from '../context.ts';
import {setPermissions} from '../freeze.ts';
import {change, keyById, withChangedKey, withListed} from '../keys.ts';
import {revokeKey} from '../revoke.ts';
import {isGone, markRevoked} from '../rotation-end.ts';
import {definitelyNotApplied, failureReason} from '../write-outcome.ts';

const onlyRead: readonly PermissionWord[] = ['read'];

/**
 * Freezes the key here and notes the incident with it, before the exchange is told anything. A vault that cannot be
 * saved must not keep a leaked key alive: then it is deleted at once where that is possible.
 */
export async function noteIncident(context: Context, key: StoredKey, since: number | undefined): Promise<StoredKey> {
	const now = context.clock();
	const note = async () =>
		keyById(await change(context, content => withChangedKey(content, key.id, one => begun(one, since, now))), key.id);
	return note().catch(async (error: unknown) => {
		if (isAppError(error, 'key-gone') || authorityOver(context, key).by === 'none') throw error;
		await revokeOnce(context, key.id);
		return note();
	});
}

function begun(key: StoredKey, since: number | undefined, now: number): StoredKey {
	const {incident} = key;
	if (isDeleted(key)) {
		const noted = incident ?? {at: now, since: since ?? usualStart(now), before: beforeOf(key)};
		return {...key, incident: {...noted, since: since ?? noted.since, step: 'done'}};
	}

	const isOpen = incident !== undefined && incident.step !== 'done';
	const noted: KeyIncident = isOpen
		? {...incident, since: since ?? incident.since}
		: {at: now, since: since ?? usualStart(now), before: beforeOf(key), step: 'cutting'};
	return {...key, status: 'frozen', freeze: key.freeze ?? {at: now}, incident: noted, updatedAt: now};
}

/** Not one that is marked as revoked, and has passed a test since. */
function isDeleted({status, lastTest, updatedAt}: StoredKey): boolean {
	return status === 'revoked' && !(lastTest?.ok === true && lastTest.at > updatedAt);
}

const usualDays = 7;

/** How far back an incident looks, unless it is told. */
export function usualStart(now: number): number {
	return now - usualDays * 86_400_000;
}

/** A key that was frozen Read only could do more before. */
function beforeOf(key: StoredKey): KeyIncident['before'] {
	const {permissions, ip} = asLastSeen(key);
	return {permissions: key.freeze?.readOnly?.before.live ?? permissions, ip};
}

/**
 * Ends the harm on the exchange, unless only its page can: deletes the key, or, with `keepsReading`, leaves it only
 * Read for now; the other way where the exchange refuses one. Throws `incident-not-cut`.
 */
export async function cutOff(
	context: Context,
	key: StoredKey,
	{keepsReading}: {readonly keepsReading: boolean},
): Promise<StoredKey> {
	const authority = authorityOver(context, key);
	if (key.status === 'revoked' || key.incident?.step === 'read-only' || authority.by === 'none') return key;
	const remove = async () => deleteLeaked(context, key.id);
	const limit = async () => leaveOnlyRead(context, authority, key);
	try {
		return await (keepsReading ? limit() : remove());
	} catch (error) {
		// A change that the vault could not note has ended the harm.
		if (isAppError(error, 'applied-not-stored')) throw error;
		return (keepsReading ? remove() : limit()).catch(() => {
			throw new AppError('incident-not-cut', whyNot(key, error), {cause: error});
		});
	}
}

async function leaveOnlyRead(context: Context, authority: ManagedAuthority, key: StoredKey): Promise<StoredKey> {
	const answer = await setPermissions(context, authority, key, onlyRead);
	const now = context.clock();
	const content = await change(context, fresh =>
		withChangedKey(fresh, key.id, one => ({
			...one,
			...withIncident(one, {step: 'read-only', cutAt: now}),
			permissions: onlyRead,
			freeze: {
				at: one.freeze?.at ?? now,
				readOnly: one.freeze?.readOnly ?? {
					before: {declared: one.permissions, live: asLastSeen(one).permissions},
					state: 'set',
				},
			},
			updatedAt: now,
			...withListed(one, answer),
		})),
	);
	return keyById(content, key.id);
}

async function deleteLeaked(context: Context, id: string): Promise<StoredKey> {
	await revokeOnce(context, id);
	return noteEnd(context, id);
}

async function noteEnd(context: Context, id: string): Promise<StoredKey> {
	const now = context.clock();
	const content = await change(context, fresh =>
		withChangedKey(fresh, id, one => ({
			...one,
			...withIncident(one, {step: 'done', cutAt: one.incident?.cutAt ?? now, deletedAt: now}),
		})),
	);
	return keyById(content, id);
}

function withIncident({incident}: StoredKey, changed: Partial<KeyIncident>): Pick<StoredKey, 'incident'> {
	return incident ? {incident: {...incident, ...changed}} : {};
}

/** A lost answer is followed by a second call, which finds the key gone if the first one has acted. */
async function revokeOnce(context: Context, id: string): Promise<void> {
	await revokeKey(context, id).catch(async (error: unknown) => {
		if (definitelyNotApplied(error)) throw error;
		await revokeKey(context, id);
	});
}

/**
 * Deletes a key that was left only Read; of one that only the page can delete, looks whether its owner has. Throws
 * `incident-not-ended` or `incident-page-only` where the exchange still has it.
 */
export async function endIncident(context: Context, id: string): Promise<StoredKey> {
	const key = keyById(context.vault.read(), id);
	if (key.status === 'revoked') return key;
	const name = sanitize(key.name);
	const link = apiPage(key);
	try {
		if (authorityOver(context, key).by !== 'none') return await deleteLeaked(context, id);
		if (!(await isGone(context, key))) throw new AppError('incident-page-only', {name, link});
		await markRevoked(context, id);
		return await noteEnd(context, id);
	} catch (error) {
		if (isAppError(error, 'incident-page-only')) throw error;
		throw new AppError('incident-not-ended', whyNot(key, error), {cause: error});
	}
}

function whyNot(key: StoredKey, error: unknown) {
	return {
		name: sanitize(key.name),
		link: isSandboxSite(key.site) ? undefined : apiPage(key),
		reason: failureReason(error),
		exit: isAppError(error) ? error.exit : ('unexpected' as const),
	};
}
