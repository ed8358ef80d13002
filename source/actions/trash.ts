import {AppError} from '../core/errors.ts';
import {isUnfinished, withUnfinished, type ShownKey} from '../core/key/operation.ts';
import {similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {checkKeyFree, checkNameFree, shownById, withChangedKey} from './keys.ts';
import {creationById, withChangedOperation} from './operations.ts';
import {changeUndoably, newStep, withStep} from './undo-steps.ts';

/** The exchange is not told: a working key goes on working there. */
export async function removeKey(context: Context, id: string): Promise<ShownKey> {
	return moved(context, id, context.clock());
}

/** Throws `name-taken` or `key-already-stored` while another key in use has its name or its API key. */
export async function restoreKey(context: Context, id: string): Promise<ShownKey> {
	return moved(context, id, null, (fresh, key) => {
		checkNameFree(fresh, key.name, id);
		if (!isUnfinished(key)) checkKeyFree(fresh, key.credential.apiKey, id);
	});
}

async function moved(
	context: Context,
	id: string,
	trashedAt: number | null,
	check: (fresh: VaultContent, key: ShownKey) => void = () => {},
): Promise<ShownKey> {
	const step = newStep(context);
	const content = await changeUndoably(context, fresh => {
		const before = shownById(fresh, id);
		check(fresh, before);
		return withStep(withTrashedAt(fresh, id, trashedAt), step, [{before, after: {...before, trashedAt}}]);
	});
	return shownById(content, id);
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
