import type {Operation, PlannedKey} from '../../core/key/operation.ts';
import {isObject} from '../../core/is-object.ts';

export type PlainCredential = {readonly apiKey: string; readonly secretKey: string; readonly passphrase: string};

export type PlainKey = PlannedKey & {
	readonly id: string;
	readonly status: string;
	readonly createdAt: number;
	readonly credential: PlainCredential;
};

export type PlainContent = {readonly keys: readonly PlainKey[]; readonly operations?: readonly Operation[]};

const texts = ['name', 'description', 'type', 'environment', 'site'] as const;
const lists = ['permissions', 'ip', 'tags'] as const;
const rotationTexts = ['id', 'name', 'oldId', 'newId', 'step'] as const;
const credentials = ['apiKey', 'secretKey', 'passphrase'] as const;

/** Loops, not `every`: this runs 13 times for each of up to 10,000 keys before the list can be shown. */
function isPlannedKey(value: unknown): value is Record<string, unknown> {
	if (!isObject(value) || !isObject(value['account'])) return false;
	for (const member of texts) if (typeof value[member] !== 'string') return false;
	for (const member of lists) if (!Array.isArray(value[member])) return false;
	return true;
}

export function isKey(value: unknown): value is PlainKey {
	if (!isPlannedKey(value) || typeof value['id'] !== 'string' || typeof value['status'] !== 'string') return false;
	const credential = value['credential'];
	if (!isObject(credential)) return false;
	for (const member of credentials) if (typeof credential[member] !== 'string') return false;
	return true;
}

/** Operations of a kind unknown to this program are kept unchecked and written again. */
export function isOperation(value: unknown): value is Operation {
	if (!isObject(value) || typeof value['kind'] !== 'string') return false;
	if (value['kind'] === 'rotate') return rotationTexts.every(member => typeof value[member] === 'string');
	if (value['kind'] !== 'create') return true;
	return typeof value['id'] === 'string' && isPlannedKey(value['key']);
}

/**
 * Earlier programs noted the creation of a key as a key of the status `creating`, without API key and secret key. Its
 * passphrase is dropped, because it is useless without them.
 */
export function withoutUnfinishedKeys(content: PlainContent): PlainContent {
	const unfinished = content.keys.filter(key => isNoteOfCreation(key));
	if (unfinished.length === 0) return content;
	return {
		...content,
		keys: content.keys.filter(key => !isNoteOfCreation(key)),
		operations: [...(content.operations ?? []), ...unfinished.map(key => creationOf(key))],
	};
}

function isNoteOfCreation({status, credential}: PlainKey): boolean {
	return status === 'creating' && credential.apiKey === '' && credential.secretKey === '';
}

function creationOf(written: PlainKey): Operation {
	const {id, createdAt: startedAt, ...rest} = written;
	const key: Record<string, unknown> & PlannedKey = {...rest};
	for (const member of ['credential', 'status', 'updatedAt', 'lastUsedAt', 'lastTest', 'history']) delete key[member];
	return {kind: 'create', id, startedAt, key};
}
