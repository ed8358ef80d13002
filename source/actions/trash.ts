import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {change, checkKeyFree, checkNameFree, keyById, withChangedKey} from './keys.ts';

/** Puts a key into the vault's trash. The exchange is not told: a key that works goes on working there. */
export async function removeKey(context: Context, id: string): Promise<StoredKey> {
	const content = await change(context, fresh =>
		withChangedKey(fresh, id, key => ({...key, trashedAt: context.clock()})),
	);
	return keyById(content, id);
}

/** Takes a key out of the trash again; refused while another key has its name or its API key. */
export async function restoreKey(context: Context, id: string): Promise<StoredKey> {
	const content = await change(context, fresh => {
		const {name, credential} = keyById(fresh, id);
		checkNameFree(fresh, name, id);
		checkKeyFree(fresh, credential.apiKey, id);
		return withChangedKey(fresh, id, key => ({...key, trashedAt: null}));
	});
	return keyById(content, id);
}

/** The keys in the trash, the one that was removed last first. */
export function trashedKeys({keys}: VaultContent): StoredKey[] {
	return keys.filter(({trashedAt}) => trashedAt !== null).toSorted((left, right) => right.trashedAt! - left.trashedAt!);
}

/** The key of this name that was put into the trash last; throws `not-in-trash`. */
export function trashedKeyByName({vault}: Context, name: string): StoredKey {
	const content = vault.read();
	const found = trashedKeys(content).find(key => key.name === name);
	if (!found)
		throw new AppError('not-in-trash', {name: sanitize(name), isInUse: content.keys.some(key => key.name === name)});
	return found;
}
