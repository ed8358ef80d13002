import {AppError, isAppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import type {ShownKey} from '../core/key/operation.ts';
import {deleteKey, requireAuthority} from './authority.ts';
import type {Context} from './context.ts';
import {keyById, keyInUse, refuseReadonly, shownInUse, withChangedKey} from './keys.ts';
import {creationById} from './operations.ts';
import {clearUnfinished} from './undo-creation.ts';
import {changeUndoably, newStep, withStep} from './undo-steps.ts';
import {failureReason} from './write-outcome.ts';

export type Revoked = {readonly key: ShownKey; readonly outcome: 'revoked' | 'already-gone' | 'cleared'};

/** The exchange's code for a managed key that does not exist; 50119 would speak of the key that signs the call. */
const gone = '59506';

export function asRevoked(before: StoredKey, now: number): StoredKey {
	const {freeze: _, ...key} = before;
	return {...key, status: 'revoked', updatedAt: now};
}

/** Whether the exchange has answered that there is no such key to delete. */
export function isGoneError(error: unknown): boolean {
	return isAppError(error, 'exchange') && error.details.failure?.exchangeCode === gone;
}

/**
 * Deletes a key on the exchange at once, then marks it as revoked; a missing key counts as revoked, and a creation
 * that was cut off is cleared away. Throws `page-only` with the page's link where OKX has no API for it.
 */
export async function revokeKey(context: Context, id: string, step = newStep(context)): Promise<Revoked> {
	refuseReadonly(context);
	const before = context.vault.read();
	const creation = creationById(before, id);
	if (creation) {
		const key = shownInUse(before, id);
		await clearUnfinished(context, creation);
		return {key, outcome: 'cleared'};
	}

	const key = keyInUse(before, id);
	const authority = requireAuthority(context, key);
	const outcome = await deleteKey(context, authority, key.credential.apiKey).then(
		() => 'revoked' as const,
		(error: unknown) => {
			if (isGoneError(error)) return 'already-gone' as const;
			throw error;
		},
	);
	const content = await changeUndoably(context, fresh => {
		const revoked = withChangedKey(fresh, id, before => asRevoked(before, context.clock()));
		return withStep(revoked, step, [{before: keyById(fresh, id), after: keyById(revoked, id), live: ['status']}]);
	}).catch((error: unknown) => {
		throw new AppError(
			'applied-not-stored',
			{name: key.name, what: 'deleted', reason: failureReason(error)},
			{cause: error},
		);
	});
	return {key: keyById(content, id), outcome};
}
