import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {creationsIn, isUnfinished, withUnfinished, type ShownKey} from '../core/key/operation.ts';
import {similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {checkKeyFree, checkNameFree, shownById, withChangedKey} from './keys.ts';
import {creationById, withChangedOperation} from './operations.ts';
import {changeUndoably, newStep, withStep, type ChangedKey} from './undo-steps.ts';

/** The exchange is not told: a working key goes on working there. */
export async function removeKey(context: Context, id: string): Promise<ShownKey> {
	const [removed] = await removeKeys(context, [id]);
	if (!removed) throw new AppError('key-gone');
	return removed;
}

/** As `removeKey`, in one save and undone at once; gives those that were still there. */
export async function removeKeys(context: Context, ids: readonly string[]): Promise<readonly ShownKey[]> {
	const wanted = new Set(ids);
	const step = newStep(context);
	const trashedAt = context.clock();
	let moved: readonly ChangedKey[] = [];
	await changeUndoably(context, fresh => {
		const found = withUnfinished(fresh).filter(key => wanted.has(key.id) && key.trashedAt === null);
		moved = found.map(before => moveOf(before, trashedAt));
		const there = new Set(found.map(({id}) => id));
		const keys = fresh.keys.map(key => (there.has(key.id) ? withTime(key, trashedAt) : key));
		const creations = creationsIn(fresh).filter(({id}) => there.has(id));
		return withStep(
			creations.reduce((changed: VaultContent, {id}) => withTrashedAt(changed, id, trashedAt), {...fresh, keys}),
			step,
			moved,
		);
	});
	return moved.map(({after}) => after);
}

/** Throws `name-taken` or `key-already-stored` while another key in use has its name or its API key. */
export async function restoreKey(context: Context, id: string): Promise<ShownKey> {
	const step = newStep(context);
	const content = await changeUndoably(context, fresh => {
		const key = shownById(fresh, id);
		checkNameFree(fresh, key.name, id);
		if (!isUnfinished(key)) checkKeyFree(fresh, key.credential.apiKey, id);
		return withStep(withTrashedAt(fresh, id, null), step, [moveOf(key, null)]);
	});
	return shownById(content, id);
}

function moveOf(before: ShownKey, trashedAt: number | null): ChangedKey {
	return {before, after: {...before, trashedAt}};
}

function withTime(key: StoredKey, trashedAt: number): StoredKey {
	return {...key, trashedAt};
}

export function withTrashedAt(content: VaultContent, id: string, trashedAt: number | null): VaultContent {
	const creation = creationById(content, id);
	return creation
		? withChangedOperation(content, {...creation, key: {...creation.key, trashedAt}})
		: withChangedKey(content, id, key => ({...key, trashedAt}));
}

export function trashedKeys(content: VaultContent): ShownKey[] {
	return withUnfinished(content)
		.filter(({trashedAt}) => trashedAt !== null)
		.toSorted((left, right) => right.trashedAt! - left.trashedAt!);
}

/** The last removed of this name; throws `not-in-trash` with similar names. */
export function trashedKeyByName({vault}: Context, name: string): ShownKey {
	const content = vault.read();
	const trashed = trashedKeys(content);
	const found = trashed.find(key => key.name === name);
	if (!found)
		throw new AppError('not-in-trash', {
			name: sanitize(name),
			near: similar(
				name,
				trashed.map(key => key.name),
			).map(near => sanitize(near)),
			isInUse: withUnfinished(content).some(key => key.name === name),
		});
	return found;
}
