import type {Credential, LiveKey, StoredKey} from '../../core/key/key.ts';
import {isOnExchange} from '../../core/key/operation.ts';
import type {Target} from '../../exchange/target.ts';
import {managerOf} from '../authority.ts';
import type {Context} from '../context.ts';
import {liveKeys} from '../keys.ts';
import {failureReason} from '../write-outcome.ts';

export type Reader = {readonly name: string; readonly target: Target & {readonly credential: Credential}};

export type FoundReader =
	/** With what the exchange says of the account. */
	| {readonly reader: Reader; readonly account: Pick<LiveKey, 'uid' | 'mainUid'>}
	| {readonly reader?: never; readonly reason: string | undefined};

/** The other keys in use that may read the account of this one; an unknown account is that of no other key. */
export function otherReaders({vault}: Pick<Context, 'vault'>, key: StoredKey): readonly StoredKey[] {
	return liveKeys(vault.read()).filter(
		other => other.id !== key.id && other.status === 'active' && isOfSameAccount(key, other),
	);
}

/** Whether both are known to be of one account, of one environment. */
export function isOfSameAccount(one: StoredKey, other: StoredKey): boolean {
	if (one.site !== other.site || one.environment !== other.environment) return false;
	const [left, right] = [one.account, other.account];
	if (left.uid !== undefined && right.uid !== undefined) return left.uid === right.uid;
	const isOneMain = left.mainUid === undefined || right.mainUid === undefined || left.mainUid === right.mainUid;
	return left.kind === 'sub' && left.subAccount !== undefined && left.subAccount === right.subAccount && isOneMain;
}

/**
 * A key that reads the account of this one, asked once to make sure: another one first, and the key itself while the
 * exchange has it. Otherwise the reason why the last one could not; undefined if there is none.
 */
export async function readerOf(
	context: Context,
	key: StoredKey,
	signal: AbortSignal | undefined,
): Promise<FoundReader> {
	let reason: string | undefined;
	for (const candidate of [...otherReaders(context, key), ...(isOnExchange(key) ? [key] : [])]) {
		const reader = readerWith(candidate);
		try {
			const {uid, mainUid} = await context.exchange.call('config', {}, reader.target, {signal});
			if (key.account.uid === undefined || key.account.uid === uid) return {reader, account: {uid, mainUid}};
		} catch (error) {
			signal?.throwIfAborted();
			reason = failureReason(error);
		}
	}

	return {reason};
}

/** The key of the main account that reads the transfers of a sub-account. */
export function managerReading(context: Context, key: StoredKey): Reader | undefined {
	const manager = key.account.kind === 'sub' ? managerOf(context.vault.read(), key) : undefined;
	return manager && readerWith(manager);
}

function readerWith({name, site, environment, credential}: StoredKey): Reader {
	return {name, target: {site, environment, credential}};
}
