import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {rotationsIn, type RotateOperation} from '../core/key/operation.ts';
import {usersOf, type KeyUser} from '../core/key/users.ts';
import {limits} from '../core/limits.ts';
import {looksLike} from '../core/text/name.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {graphemes} from '../core/text/width.ts';
import type {VaultContent} from '../vault/vault.ts';
import {keyById, shownKeys, withChangedKey} from './keys.ts';
import {withChangedOperation, withOperation, withoutOperation} from './operations.ts';

/** The rotation of the key of this name, of the name before it, or of the name that its replacement has for now. */
export function rotationByName(content: VaultContent, name: string): RotateOperation | undefined {
	const isMeant = looksLike(name);
	const ids = new Set(content.keys.filter(key => isMeant(key.name)).map(({id}) => id));
	const all = rotationsIn(content);
	return (
		all.find(operation => isMeant(operation.name)) ?? all.find(({oldId, newId}) => ids.has(oldId) || ids.has(newId))
	);
}

/** The rotation that a key is part of, as the old or the new one. */
export function rotationOf(content: VaultContent, id: string): RotateOperation | undefined {
	return rotationsIn(content).find(({oldId, newId}) => oldId === id || newId === id);
}

/** Whether something may have the old key still: all that this vault knows, since the exchange does not tell. */
export function usersIn({keys}: VaultContent, {oldId, newId}: RotateOperation): readonly KeyUser[] {
	const [old, fresh] = [oldId, newId].map(id => keys.find(key => key.id === id));
	return usersOf(old?.uses, fresh?.uses);
}

/** Throws `no-rotation` where another program has ended it. */
export function rotationById(content: VaultContent, {id, name}: RotateOperation): RotateOperation {
	const found = rotationsIn(content).find(operation => operation.id === id);
	if (!found) throw new AppError('no-rotation', {name: sanitize(name)});
	return found;
}

/** Throws `rotation-under-way` where one of the old key has begun, or it is the new key of one. */
export function withRotation(content: VaultContent, operation: RotateOperation): VaultContent {
	const {oldId, name} = operation;
	if (rotationOf(content, oldId)) throw new AppError('rotation-under-way', {name: sanitize(name)});
	return withChangedKey(withOperation(content, operation), oldId, key => ({...key, rotation: {name}}));
}

/** The new key gets the name of the old one, which keeps a name of its own and is frozen. */
export function withHandover(content: VaultContent, given: RotateOperation, now: number): VaultContent {
	const operation = rotationById(content, given);
	const {name} = keyById(content, operation.oldId);
	const oldName = freeName(content, name, '-old');
	const renamed = withChangedKey(content, operation.oldId, old => ({
		...old,
		name: oldName,
		rotation: {name},
		...(old.status === 'active' && {status: 'frozen', freeze: {at: now}}),
		updatedAt: now,
	}));
	return withChangedOperation(
		withChangedKey(renamed, operation.newId, key => ({...key, name, updatedAt: now})),
		{...operation, name, step: 'handed-over'},
	);
}

/** Gives the name back to the old key, and notes that the new one is to be deleted. */
export function withAbort(content: VaultContent, given: RotateOperation, now: number): VaultContent {
	const operation = rotationById(content, given);
	if (operation.step !== 'handed-over') return withChangedOperation(content, {...operation, step: 'aborting'});
	const {name} = keyById(content, operation.newId);
	const newName = freeName(content, name, '-new');
	const renamed = withChangedKey(content, operation.newId, key => ({...key, name: newName, updatedAt: now}));
	return withChangedOperation(
		withChangedKey(renamed, operation.oldId, before => {
			const {freeze: _, ...old} = before;
			return {...old, name, rotation: {name}, status: old.status === 'frozen' ? 'active' : old.status, updatedAt: now};
		}),
		{...operation, name, step: 'aborting'},
	);
}

/** Puts the key that is no longer wanted into the trash, under the name that both had. */
export function withoutRotation(content: VaultContent, given: RotateOperation, unwanted: string, now: number) {
	const {id, oldId, name} = rotationById(content, given);
	const known = content.keys.some(key => key.id === unwanted);
	const unmarked = withChangedKey(withoutOperation(content, id), oldId, withoutMark);
	return known
		? withChangedKey(unmarked, unwanted, key => ({...key, name, trashedAt: key.trashedAt ?? now}))
		: unmarked;
}

function withoutMark(key: StoredKey): StoredKey {
	const {rotation: _, ...others} = key;
	return others;
}

/** A name that no key in use has, as long as names may be. */
export function freeName(content: VaultContent, name: string, ending: string): string {
	const isTaken = (wanted: string) => shownKeys(content).some(key => looksLike(wanted)(key.name));
	const named = (number: number) => {
		const end = number === 1 ? ending : `${ending}${number}`;
		return `${graphemes(name)
			.slice(0, limits.existingNameLength - end.length)
			.join('')
			.trim()}${end}`;
	};
	let number = 1;
	while (isTaken(named(number))) number++;
	return named(number);
}

/** Letters and digits, as the exchange takes them: `grid`, then `gridr2`, `gridr3` and so on. */
export function freeLabel(label: string, taken: ReadonlySet<string>): string {
	const stem = label.replaceAll(/[^\dA-Za-z]/g, '').replace(/r\d+$/, '') || 'key';
	const named = (number: number) => {
		const end = `r${number}`;
		return `${stem.slice(0, limits.existingNameLength - end.length)}${end}`;
	};
	let number = 2;
	while (taken.has(named(number))) number++;
	return named(number);
}
