import {AppError, isAppError} from '../../core/errors.ts';
import type {Environment, StoredKey} from '../../core/key/key.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {similar} from '../../core/text/similar.ts';
import type {ListedKey, SubAccount} from '../../exchange/endpoint.ts';
import {canManage, listedKeys, managing} from '../authority.ts';
import type {Context} from '../context.ts';
import {keyInUse, liveKeys, refuseFrozen} from '../keys.ts';
import {sideBySide} from '../side-by-side.ts';

/** A sub-account with its keys, or with the reason why they could not be read. */
export type ListedSubAccount = SubAccount &
	(
		| {readonly keys: readonly ListedKey[]; readonly problem?: undefined}
		| {readonly keys?: undefined; readonly problem: AppError}
	);

/** A main account as one of its keys sees it, or with the reason why no key could. */
export type ListedAccount = {
	readonly site: string;
	readonly environment: Environment;
	/** Undefined where the exchange did not tell it. */
	readonly mainUid: string | undefined;
	/** The key of this vault that was used, or the last one that was tried. */
	readonly manager: Pick<StoredKey, 'id' | 'name'>;
	/** Those that were asked for. */
	readonly subAccounts: readonly ListedSubAccount[];
	/** The uids and names of all sub-accounts that the exchange has. */
	readonly existing: readonly Pick<SubAccount, 'uid' | 'name'>[];
	readonly problem?: AppError | undefined;
};

export type ReadOptions = {
	/** Names of sub-accounts; without any, all of them are read. */
	readonly subAccounts?: readonly string[];
	/** The id of the main-account key to use; otherwise every one that can manage sub-accounts. */
	readonly using?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Called after each sub-account. */
	readonly onDone?: ((progress: {readonly done: number; readonly total: number}) => void) | undefined;
};

/**
 * Lists the keys of all sub-accounts on the exchange, by each main account once; side by side within its rate limits.
 * What cannot be read is told with its reason. Throws `no-manager`, `no-such-sub-account`, and for `using` as
 * `keyInUse` does or `key-frozen`; rejects with the reason of an abort.
 */
export async function readAccounts(context: Context, options: ReadOptions = {}): Promise<readonly ListedAccount[]> {
	const {subAccounts: wanted = [], using, signal, onDone} = options;
	const groups = await groupByAccount(context, managersFor(context, using), signal);
	const accounts = await Promise.all(groups.map(async group => subAccountsOf(context, group, signal)));
	refuseUnknown(accounts, wanted);
	const read = new Map<SubAccount, ListedSubAccount>();
	const items = accounts.flatMap(({manager, found}) =>
		found.filter(({name}) => wanted.length === 0 || wanted.includes(name)).map(subAccount => ({manager, subAccount})),
	);
	await sideBySide(context, {
		items,
		keyOf: ({manager}) => manager,
		signal,
		async work({manager, subAccount}, stop) {
			read.set(subAccount, await withKeys(context, manager, subAccount, stop));
			onDone?.({done: read.size, total: items.length});
		},
	});
	return accounts.map(({manager, found, mainUid, problem}) => ({
		site: manager.site,
		environment: manager.environment,
		mainUid,
		manager: {id: manager.id, name: manager.name},
		subAccounts: found.flatMap(subAccount => read.get(subAccount) ?? []),
		existing: found,
		problem,
	}));
}

function managersFor({vault}: Context, using: string | undefined): readonly StoredKey[] {
	if (using === undefined) {
		// No document says that these calls exist for demo trading (docs/okx-api.md §9).
		const all = liveKeys(vault.read()).filter(key => canManage(key) && key.environment === 'live');
		if (all.length === 0) throw new AppError('no-manager');
		return all;
	}

	const key = keyInUse(vault.read(), using);
	refuseFrozen(key);
	return [key];
}

type Group = {readonly mainUid: string | undefined; readonly managers: readonly [StoredKey, ...StoredKey[]]};

/** Keys of one main account list the same. The exchange is asked for an account that no test has told yet. */
async function groupByAccount(
	context: Context,
	managers: readonly StoredKey[],
	signal: AbortSignal | undefined,
): Promise<readonly Group[]> {
	const told = await Promise.all(
		managers.map(async manager => ({manager, mainUid: manager.account.uid ?? (await uidOf(context, manager, signal))})),
	);
	const groups = Map.groupBy(told, ({manager: {id, site, environment}, mainUid}) =>
		[site, environment, mainUid ?? `key ${id}`].join(' '),
	);
	return [...groups.values()].map(([first, ...rest]) => ({
		mainUid: first!.mainUid,
		managers: [first!.manager, ...rest.map(({manager}) => manager)],
	}));
}

/** Undefined where the exchange does not say it: the list of sub-accounts then tells why. */
async function uidOf({exchange}: Context, manager: StoredKey, signal: AbortSignal | undefined) {
	return exchange.call('config', {}, manager, {signal}).then(
		({mainUid}) => mainUid,
		(error: unknown) => {
			expected(error, signal);
			return undefined;
		},
	);
}

type Found = {
	readonly manager: StoredKey;
	readonly mainUid: string | undefined;
	readonly found: readonly SubAccount[];
	readonly problem?: AppError | undefined;
};

/** The first key that the exchange accepts is used; otherwise the reason of the first one is told. */
async function subAccountsOf(
	{exchange}: Context,
	{mainUid, managers}: Group,
	signal: AbortSignal | undefined,
): Promise<Found> {
	let problem: AppError | undefined;
	for (const manager of managers) {
		try {
			return {manager, mainUid, found: distinct(await exchange.call('subAccounts', {}, manager, {signal}))};
		} catch (error) {
			problem ??= expected(error, signal);
		}
	}

	return {manager: managers[0], mainUid, found: [], problem};
}

/** Pages of a list that grows meanwhile may overlap. */
function distinct(subAccounts: readonly SubAccount[]): readonly SubAccount[] {
	return [...new Map(subAccounts.map(one => [`${one.uid} ${one.name}`, one])).values()];
}

async function withKeys(
	context: Context,
	manager: StoredKey,
	subAccount: SubAccount,
	signal: AbortSignal,
): Promise<ListedSubAccount> {
	try {
		return {...subAccount, keys: await listedKeys(context, managing(manager, subAccount.name), signal)};
	} catch (error) {
		return {...subAccount, problem: expected(error, signal)};
	}
}

/** Any other error ends the program, because its text may hold secrets; an abort ends the reading. */
function expected(error: unknown, signal: AbortSignal | undefined): AppError {
	signal?.throwIfAborted();
	if (isAppError(error)) return error;
	throw error;
}

function refuseUnknown(accounts: readonly Found[], wanted: readonly string[]): void {
	if (accounts.some(({problem}) => problem)) return;
	const names = accounts.flatMap(({found}) => found.map(({name}) => name));
	const unknown = wanted.find(name => !names.includes(name));
	if (unknown !== undefined)
		throw new AppError('no-such-sub-account', {name: sanitize(unknown), near: similar(unknown, names)});
}
