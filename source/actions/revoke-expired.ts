import {isAppError, type AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {isOnExchange} from '../core/key/operation.ts';
import type {Context} from './context.ts';
import {revokeKey} from './revoke.ts';

export type Revocation =
	| {readonly outcome: 'revoked' | 'already-gone'; readonly error?: never}
	| {readonly outcome: 'failed'; readonly error: AppError};

/**
 * Revokes a key of a sub-account that is past its owner's expiry date, also by the exchange's clock: ours may have
 * jumped. Undefined for any other key, for which nothing is sent unless ours says that it has expired.
 */
export async function revokeIfExpired(context: Context, key: StoredKey): Promise<Revocation | undefined> {
	const {account, expiresAt, site, environment} = key;
	if (account.kind !== 'sub' || !isOnExchange(key) || typeof expiresAt !== 'number') return undefined;
	if (expiresAt > context.clock()) return undefined;
	try {
		const {serverTime} = await context.exchange.call('time', {}, {site, environment});
		if (expiresAt > serverTime) return undefined;
		const {outcome} = await revokeKey(context, key.id);
		return outcome === 'cleared' ? undefined : {outcome};
	} catch (error) {
		if (!isAppError(error)) throw error;
		return {outcome: 'failed', error};
	}
}
