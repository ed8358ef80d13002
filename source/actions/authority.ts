import {AppError, isAppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Target} from '../exchange/target.ts';
import type {ListedKey} from '../exchange/endpoint.ts';
import {apiPage, sandboxSite} from '../exchange/sites.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {t} from '../language/translate.ts';

/**
 * What can change a key on the exchange: the sandbox's page, or a main-account key of this vault for keys of its
 * sub-accounts. OKX has no API that changes main-account and demo keys (docs/okx-api.md §0.1).
 */
export type Authority =
	| {readonly by: 'page'; readonly target: Target}
	| {readonly by: 'manager'; readonly target: Target; readonly subAccount: string; readonly name: string}
	| {readonly by: 'none'};

export type ManagedAuthority = Exclude<Authority, {by: 'none'}>;

/**
 * Managing sub-accounts needs a main-account key with trade and a bound address (docs/okx-api.md §0.3). These are
 * declared values, so the exchange may still refuse.
 */
export function canManage(key: StoredKey): boolean {
	return (
		key.account.kind === 'main' &&
		key.status === 'active' &&
		key.trashedAt === null &&
		key.permissions.includes('trade') &&
		key.ip.length > 0
	);
}

/** The key of this vault that manages those of the sub-account that the key belongs to. */
export function managerOf(
	content: VaultContent,
	key: Pick<StoredKey, 'account' | 'site' | 'environment'>,
): StoredKey | undefined {
	const candidates = content.keys.filter(
		candidate => canManage(candidate) && candidate.site === key.site && candidate.environment === key.environment,
	);
	const {mainUid} = key.account;
	if (mainUid === undefined) return candidates.length === 1 ? candidates[0] : undefined;
	return (
		candidates.find(candidate => candidate.account.uid === mainUid) ??
		candidates.find(candidate => candidate.account.uid === undefined)
	);
}

export function authorityOver(context: Context, key: Pick<StoredKey, 'account' | 'site' | 'environment'>): Authority {
	const target: Target = {site: key.site, environment: key.environment};
	if (key.account.kind === 'main')
		return context.sandbox && key.site === sandboxSite ? {by: 'page', target} : {by: 'none'};
	const manager = managerOf(context.vault.read(), key);
	if (!manager || key.account.subAccount === undefined) return {by: 'none'};
	return managing(manager, key.account.subAccount);
}

/** Throws `page-only` with the page's link, or `no-managing-key`, where nothing here can change the key. */
export function requireAuthority(context: Context, key: StoredKey): ManagedAuthority {
	const authority = authorityOver(context, key);
	if (authority.by !== 'none') return authority;
	const name = sanitize(key.name);
	throw key.account.kind === 'sub'
		? new AppError('no-managing-key', {name})
		: new AppError('page-only', {name, link: apiPage(key)});
}

export function managing({site, environment, credential, name}: StoredKey, subAccount: string): ManagedAuthority {
	return {by: 'manager', target: {site, environment, credential}, subAccount, name};
}

export async function listedKeys(
	{exchange}: Context,
	authority: ManagedAuthority,
	signal?: AbortSignal,
): Promise<readonly ListedKey[]> {
	const options = {signal};
	if (authority.by === 'page') return exchange.call('pageKeys', {}, authority.target, options);
	return naming(authority, exchange.call('subKeys', {subAccount: authority.subAccount}, authority.target, options));
}

/**
 * Replaces the sent fields and keeps the absent ones (docs/okx-api.md §2.4). Not cancellable, because a write that
 * was sent must be awaited.
 */
export async function modifyKey(
	{exchange}: Context,
	authority: ManagedAuthority,
	apiKey: string,
	changes: Partial<Pick<ListedKey, 'permissions' | 'ip'>>,
): Promise<ListedKey> {
	if (authority.by === 'page') return exchange.call('pageEdit', {apiKey, ...changes}, authority.target);
	return naming(
		authority,
		exchange.call('modifySubKey', {subAccount: authority.subAccount, apiKey, ...changes}, authority.target),
	);
}

export async function deleteKey({exchange}: Context, authority: ManagedAuthority, apiKey: string): Promise<void> {
	await (authority.by === 'page'
		? exchange.call('pageDelete', {apiKey}, authority.target)
		: naming(authority, exchange.call('deleteSubKey', {subAccount: authority.subAccount, apiKey}, authority.target)));
}

/** An error about the managing key must not be read as one about the managed key. */
async function naming<Result>({name}: {readonly name: string}, call: Promise<Result>): Promise<Result> {
	return call.catch((error: unknown) => {
		if (!isAppError(error, 'exchange') || !/^50(?:035|1\d\d)$/.test(error.details.failure?.exchangeCode ?? ''))
			throw error;
		throw new AppError(
			'exchange',
			{...error.details, cause: t`The managing key ${sanitize(name)} was refused: ${error.message}`},
			{cause: error},
		);
	});
}
