import {isObject} from '../is-object.ts';
import type {StoredKey} from './key.ts';

/** What can be changed of a key in this vault alone. */
export const undoableFields = [
	'name',
	'description',
	'type',
	'isTypeTold',
	'environment',
	'site',
	'label',
	'account',
	'permissions',
	'ip',
	'tags',
	'usedBy',
	'expiresAt',
	'status',
	'trashedAt',
] as const;
export type UndoableField = (typeof undoableFields)[number];

/** One key, changed in this vault alone. */
export type UndoableEdit = {
	readonly id: string;
	/** The values before. A change of site or environment also forgets the last test, and a frozen key has its freeze. */
	readonly before: Partial<Pick<StoredKey, UndoableField | 'lastTest' | 'freeze'>>;
	/** Digests of the values after, which show whether something else was changed since. */
	readonly after: Readonly<Partial<Record<UndoableField, string>>>;
};

/** What was changed of a key on the exchange, where undo does not reach. */
export type LiveEdit = {readonly id: string; readonly fields: readonly ('permissions' | 'ip' | 'status')[]};

/** All that one action of a person changed. */
export type UndoStep = {
	readonly id: string;
	/** ms since 1970. */
	readonly at: number;
	readonly edits: readonly UndoableEdit[];
	readonly live?: readonly LiveEdit[];
	/** The edits are not kept, because they were too large. */
	readonly isTooLarge?: true;
};

const known: ReadonlySet<string> = new Set([...undoableFields, 'lastTest', 'freeze']);

/** False for a step that a newer program has written with fields that this one does not know. */
export function isUndoStep(value: unknown): value is UndoStep {
	if (!isObject(value) || typeof value['id'] !== 'string' || !Array.isArray(value['edits'])) return false;
	const {edits, live = []} = value;
	return edits.every(edit => isUndoableEdit(edit)) && Array.isArray(live) && live.every(one => isLiveEdit(one));
}

function isUndoableEdit(value: unknown): value is UndoableEdit {
	return (
		isObject(value) &&
		typeof value['id'] === 'string' &&
		isObject(value['before']) &&
		Object.keys(value['before']).every(field => known.has(field)) &&
		isObject(value['after'])
	);
}

function isLiveEdit(value: unknown): value is LiveEdit {
	return isObject(value) && typeof value['id'] === 'string' && Array.isArray(value['fields']);
}
