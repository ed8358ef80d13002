import {msg, type Translatable} from '../../language/translate.ts';
import type {StoredKey} from './key.ts';
import {Secret} from '../secret.ts';

export type PlannedKey = Omit<
	StoredKey,
	| 'id'
	| 'credential'
	| 'status'
	| 'freeze'
	| 'rotation'
	| 'incident'
	| 'createdAt'
	| 'updatedAt'
	| 'lastUsedAt'
	| 'lastTest'
	| 'history'
	| 'copies'
>;

/** The creation of a key on the exchange; the key gets the same id. */
export type CreateOperation = {
	readonly kind: 'create';
	readonly id: string;
	/** ms since 1970. */
	readonly startedAt: number;
	readonly key: PlannedKey;
};

/** A key takes the place of another one under the same name. */
export type RotateOperation = {
	readonly kind: 'rotate';
	readonly id: string;
	/** ms since 1970. */
	readonly startedAt: number;
	/** The name that the old key had and the new one gets. */
	readonly name: string;
	readonly oldId: string;
	/** Of the key, or of the creation that was cut off. */
	readonly newId: string;
	/** When `handed-over`, the new key has the name; when `aborting`, it may be deleted already. */
	readonly step: 'creating' | 'handed-over' | 'aborting';
};

/**
 * Work on the exchange, noted in the vault from before its first call until its end, so that an interruption can be
 * found; without secrets. Newer versions may store other kinds: check `kind`.
 */
export type Operation = CreateOperation | RotateOperation;

type Noted = {readonly operations?: readonly Operation[]};

export type UnfinishedKey = Omit<StoredKey, 'status'> & {readonly status: 'creating'};

export type ShownKey = StoredKey | UnfinishedKey;

export function isUnfinished(key: ShownKey): key is UnfinishedKey {
	return key.status === 'creating';
}

/** As far as is known here: a frozen key goes on existing there. */
export function isOnExchange({status}: Pick<ShownKey, 'status'>): boolean {
	return status === 'active' || status === 'frozen';
}

const statusWords: Readonly<Record<ShownKey['status'], Translatable>> = {
	active: msg`active`,
	frozen: msg`frozen`,
	revoked: msg`revoked`,
	creating: msg`unfinished`,
};

export function statusWord({status}: ShownKey): string {
	return statusWords[status]();
}

export function creationsIn({operations = []}: Noted): readonly CreateOperation[] {
	return operations.filter(operation => operation.kind === 'create');
}

export function rotationsIn({operations = []}: Noted): readonly RotateOperation[] {
	return operations.filter(operation => operation.kind === 'rotate');
}

/** Includes keys in the trash. */
export function withUnfinished(content: Noted & {readonly keys: readonly StoredKey[]}): readonly ShownKey[] {
	const creations = creationsIn(content);
	if (creations.length === 0) return content.keys;
	return [...content.keys, ...creations.map(creation => unfinishedKey(creation))];
}

function unfinishedKey({id, startedAt, key}: CreateOperation): UnfinishedKey {
	return {
		...key,
		id,
		credential: {apiKey: '', secretKey: new Secret(''), passphrase: new Secret('')},
		status: 'creating',
		createdAt: startedAt,
		updatedAt: startedAt,
		lastUsedAt: null,
		lastTest: null,
	};
}
