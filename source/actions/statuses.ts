import {AppError} from '../core/errors.ts';
import {asLastSeen, type StoredKey} from '../core/key/key.ts';
import {isUnfinished, statusWord, type ShownKey} from '../core/key/operation.ts';
import {orderPermissions} from '../core/key/permission.ts';
import {authorityOver, requireAuthority} from './authority.ts';
import type {Context} from './context.ts';
import {freezeHere, freezeKey, refuseFreezing, thawHere, thawKey} from './freeze.ts';
import {finished, refuseReadonly, shownKeys} from './keys.ts';
import {revokeKey, type Revoked} from './revoke.ts';
import {expected, oneByOne, type KeyResult, type Steps} from './several.ts';
import {newStep} from './undo-steps.ts';

/** What is to become of keys; the options as `freezeKey` and `thawKey` take them. */
export type StatusChange =
	| {readonly act: 'freeze'; readonly readOnly: boolean}
	| {readonly act: 'thaw'; readonly keepReadOnly: boolean}
	| {readonly act: 'revoke'};

export type StatusDifference = {
	readonly field: 'status' | 'permissions';
	readonly from: string;
	readonly to: string;
	readonly where: 'vault' | 'exchange';
};

/** What would become of one of several keys; without changes it is so already. */
export type PlannedStatus = {
	readonly key: ShownKey;
	readonly changes: readonly StatusDifference[];
	/** Why it cannot be changed so. */
	readonly error: AppError | undefined;
};

export type StatusResult = KeyResult & {readonly outcome?: Revoked['outcome'] | undefined};

/** For the keys that are still there. Asks nothing of the exchange: permissions are those of the last answer. */
export function planStatuses(context: Context, ids: readonly string[], change: StatusChange): readonly PlannedStatus[] {
	const present = new Map(shownKeys(context.vault.read()).map(key => [key.id, key]));
	return ids.flatMap((id): PlannedStatus[] => {
		const key = present.get(id);
		if (!key) return [];
		try {
			return [{key, changes: changesOf(context, key, change), error: undefined}];
		} catch (error) {
			return [{key, changes: [], error: expected(error)}];
		}
	});
}

export function isLive({changes}: Pick<PlannedStatus, 'changes'>): boolean {
	return changes.some(({where}) => where === 'exchange');
}

/** Whether freezing can take permissions from the key on the exchange too. */
export function canBeReadOnly(context: Context, key: ShownKey): boolean {
	return !isUnfinished(key) && authorityOver(context, key).by !== 'none';
}

function changesOf(context: Context, shown: ShownKey, change: StatusChange): readonly StatusDifference[] {
	if (change.act === 'revoke') return revocationOf(context, shown);
	const key = finished(shown);
	return change.act === 'freeze' ? freezingOf(context, key, change) : thawingOf(context, key, change);
}

function revocationOf(context: Context, key: ShownKey): readonly StatusDifference[] {
	if (key.status === 'revoked') return [];
	if (isUnfinished(key)) {
		if (authorityOver(context, key).by === 'none') throw new AppError('no-managing-key', {name: key.name});
	} else {
		requireAuthority(context, key);
	}

	return [{field: 'status', from: statusWord(key), to: statusWord({...key, status: 'revoked'}), where: 'exchange'}];
}

function freezingOf(
	context: Context,
	key: StoredKey,
	{readOnly}: {readonly readOnly: boolean},
): readonly StatusDifference[] {
	refuseFreezing(key);
	const here = key.status === 'frozen' ? [] : [statusDifference(key, 'frozen')];
	if (!readOnly) return here;
	requireAuthority(context, key);
	const readOnlyNow = key.freeze?.readOnly;
	if (readOnlyNow?.state === 'set') return here;
	return [...here, permissionDifference(readOnlyNow?.before.live ?? asLastSeen(key).permissions, ['read'])];
}

function thawingOf(
	context: Context,
	key: StoredKey,
	{keepReadOnly}: {readonly keepReadOnly: boolean},
): readonly StatusDifference[] {
	if (key.status !== 'frozen') return [];
	const here = [statusDifference(key, 'active')];
	const before = keepReadOnly ? undefined : key.freeze?.readOnly?.before;
	if (!before) return here;
	requireAuthority(context, key);
	return [...here, permissionDifference(['read'], before.live)];
}

function statusDifference(key: StoredKey, status: 'active' | 'frozen'): StatusDifference {
	return {field: 'status', from: statusWord(key), to: statusWord({...key, status}), where: 'vault'};
}

function permissionDifference(from: StoredKey['permissions'], to: StoredKey['permissions']): StatusDifference {
	const [before = '', after = ''] = [from, to].map(words => orderPermissions(words).join(', '));
	return {field: 'permissions', from: before, to: after, where: 'exchange'};
}

/**
 * Carries out what was planned: what concerns this vault alone in one save, and what the exchange is told one after
 * another, each stored once it is done. The failure of a key does not stop the others; after an abort the rest is told
 * as `aborted`.
 */
export async function changeStatuses(
	context: Context,
	planned: readonly PlannedStatus[],
	change: StatusChange,
	{signal, onDone}: Steps = {},
): Promise<readonly StatusResult[]> {
	refuseReadonly(context);
	const step = newStep(context);
	const wanted = planned.filter(({changes}) => changes.length > 0);
	const local = wanted.filter(one => !isLive(one)).map(({key}) => key.id);
	const failures =
		change.act === 'thaw' ? await thawHere(context, local, change, step) : await freezeHere(context, local, step);
	onDone?.(local.length);
	const outcomes = new Map<string, Revoked['outcome']>();
	const liveFailures = await oneByOne(
		managersLast(wanted.filter(one => isLive(one)).map(({key}) => key)),
		{
			signal,
			onDone(done) {
				onDone?.(local.length + done);
			},
		},
		async ({id}) => {
			if (change.act === 'freeze') await freezeKey(context, id, change, step);
			else if (change.act === 'thaw') await thawKey(context, id, change, step);
			else outcomes.set(id, (await revokeKey(context, id, step)).outcome);
		},
	);
	return wanted.map(({key: {id, name}}) => ({
		id,
		name,
		error: failures.get(id) ?? liveFailures.get(id),
		outcome: outcomes.get(id),
	}));
}

/** A key of the main account is needed until those of its sub-accounts are done. */
function managersLast(keys: readonly ShownKey[]): readonly ShownKey[] {
	return keys.toSorted((one, other) => Number(one.account.kind === 'main') - Number(other.account.kind === 'main'));
}
