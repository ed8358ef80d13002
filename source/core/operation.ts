import type {StoredKey} from './key.ts';
import {Secret} from './secret.ts';

/** All that is known of a key before the exchange has made it. */
export type PlannedKey = Omit<
	StoredKey,
	'id' | 'credential' | 'status' | 'createdAt' | 'updatedAt' | 'lastUsedAt' | 'lastTest' | 'history'
>;

/** The creation of a key on the exchange; the key will have the same id. */
export type CreateOperation = {
	readonly kind: 'create';
	readonly id: string;
	/** ms since 1970. */
	readonly startedAt: number;
	readonly key: PlannedKey;
};

/**
 * Work on the exchange, noted in the vault before its first call and until its end, so that it is found where it was
 * cut off. It holds no secret. A newer program may have noted kinds that are not among these: ask for the kind.
 */
export type Operation = CreateOperation;

/** What is noted in a vault. */
type Noted = {readonly operations?: readonly Operation[]};

/** A key whose creation was cut off, as lists show it. */
export type UnfinishedKey = Omit<StoredKey, 'status'> & {readonly status: 'creating'};

/** What lists show: a key, or one whose creation was cut off. */
export type ShownKey = StoredKey | UnfinishedKey;

export function isUnfinished(key: ShownKey): key is UnfinishedKey {
	return key.status === 'creating';
}

/** The status of a key in a word. */
export function statusWord(key: ShownKey): string {
	return isUnfinished(key) ? 'unfinished' : key.status;
}

export function creationsIn({operations = []}: Noted): readonly CreateOperation[] {
	return operations.filter(({kind}) => kind === 'create');
}

/** Every key, and every one whose creation was cut off; those in the trash included. */
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
