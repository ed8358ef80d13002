import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {looksLike} from '../core/text/name.ts';
import {isUnfinished, withUnfinished, type ShownKey} from '../core/key/operation.ts';
import {sortedByName} from '../core/text/natural-order.ts';
import {similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {ListedKey} from '../exchange/endpoint.ts';
import type {ChangeOptions, VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';

/** Sorted by name, without the trash. */
export function liveKeys(content: VaultContent): StoredKey[] {
	return inUse(content.keys);
}

/** Includes keys whose creation was interrupted. */
export function shownKeys(content: VaultContent): ShownKey[] {
	return inUse(withUnfinished(content));
}

function inUse<Key extends ShownKey>(keys: readonly Key[]): Key[] {
	return sortedByName(
		keys.filter(key => key.trashedAt === null),
		({name}) => name,
	);
}

/**
 * Finds a key in use by its name, or by the only name that looks the same; includes keys whose creation was cut
 * off. Throws `no-such-key` with similar names.
 */
export function shownByName(content: VaultContent, name: string): ShownKey {
	const all = withUnfinished(content);
	const live = all.filter(key => key.trashedAt === null);
	// A name may be typed as it is displayed, or with another Unicode composition than the stored one.
	const looksAlike = looksLike(name);
	const alike = live.filter(key => looksAlike(key.name));
	const found =
		live.find(key => key.name === name) ??
		live.find(key => sanitize(key.name) === name) ??
		(alike.length === 1 ? alike[0] : undefined);
	if (found) return found;
	const near = similar(
		name,
		live.map(({name}) => name),
	).map(near => sanitize(near));
	throw new AppError('no-such-key', {
		name: sanitize(name),
		near,
		isInTrash: all.some(key => key.name === name),
	});
}

/** As `shownByName`, each key once. */
export function shownByNames(content: VaultContent, names: readonly string[]): readonly ShownKey[] {
	return [...new Map(names.map(name => shownByName(content, name)).map(key => [key.id, key])).values()];
}

/** As `shownByName`; throws `creation-unfinished` for a key whose creation was interrupted. */
export function keyByName(content: VaultContent, name: string): StoredKey {
	return finished(shownByName(content, name));
}

/** Includes the trash; throws `key-gone` when another program has removed the key. */
export function keyById(content: VaultContent, id: string): StoredKey {
	return withId(content.keys, id);
}

export function shownById(content: VaultContent, id: string): ShownKey {
	return withId(withUnfinished(content), id);
}

function withId<Key extends ShownKey>(keys: readonly Key[], id: string): Key {
	const found = keys.find(key => key.id === id);
	if (!found) throw new AppError('key-gone');
	return found;
}

/**
 * Throws `key-gone` when another program has trashed or removed the key, and `creation-unfinished` when its
 * creation was interrupted.
 */
export function keyInUse(content: VaultContent, id: string): StoredKey {
	return finished(shownInUse(content, id));
}

export function shownInUse(content: VaultContent, id: string): ShownKey {
	return withId(
		withUnfinished(content).filter(({trashedAt}) => trashedAt === null),
		id,
	);
}

/** Throws `creation-unfinished` for a key whose creation was interrupted. */
export function finished(key: ShownKey): StoredKey {
	if (isUnfinished(key)) throw new AppError('creation-unfinished', {name: key.name});
	return key;
}

/** Throws `name-taken` when another key, in use or being made, has this name or one that looks the same. */
export function checkNameFree(content: VaultContent, name: string, exceptId?: string): void {
	const looksAlike = looksLike(name);
	if (withUnfinished(content).some(key => looksAlike(key.name) && key.trashedAt === null && key.id !== exceptId))
		throw new AppError('name-taken', {name: sanitize(name)});
}

/** Throws `key-already-stored` when another key in use has the API key. */
export function checkKeyFree(content: VaultContent, apiKey: string, exceptId?: string): void {
	const twin = content.keys.find(
		key => key.credential.apiKey === apiKey && key.trashedAt === null && key.id !== exceptId,
	);
	if (twin) throw new AppError('key-already-stored', {name: twin.name});
}

export function withKey(content: VaultContent, key: StoredKey): VaultContent {
	return {...content, keys: [...content.keys, key]};
}

/** Throws `key-gone` when another program has removed the key. */
export function withChangedKey(content: VaultContent, id: string, change: (key: StoredKey) => StoredKey): VaultContent {
	const before = keyById(content, id);
	const after = change(before);
	return after === before ? content : {...content, keys: content.keys.map(key => (key === before ? after : key))};
}

/** Brings the last test up to date with what the exchange lists now, or a change of ours would look like drift. */
export function withListed(
	{lastTest}: Pick<StoredKey, 'lastTest'>,
	listed: Pick<ListedKey, 'permissions' | 'ip' | 'label'> | undefined,
): Partial<Pick<StoredKey, 'lastTest'>> {
	if (!listed || !lastTest?.live) return {};
	const {permissions, ip, label} = listed;
	return {lastTest: {...lastTest, live: {...lastTest.live, permissions, ip, label}}};
}

/** Call this before a key is used, or its secret leaves the vault. Throws `key-frozen`. */
export function refuseFrozen({name, status}: Pick<StoredKey, 'name' | 'status'>, {mayTest = false} = {}): void {
	if (status === 'frozen') throw new AppError('key-frozen', {name: sanitize(name), mayTest});
}

/** The vault's `change`, refused under --readonly before anything happens. */
export async function change(
	context: Context,
	changeContent: (content: VaultContent) => VaultContent,
	options?: ChangeOptions,
): Promise<VaultContent> {
	refuseReadonly(context);
	return context.vault.change(changeContent, options);
}

/** Call this before anything that ends with a secret being shown. */
export function refuseSecrets({noSecrets}: Pick<Context, 'noSecrets'>): void {
	if (noSecrets) throw new AppError('no-secrets');
}

/** Call this before the first change on the exchange. */
export function refuseReadonly(context: Context): void {
	if (context.readonly) throw new AppError('readonly');
}
