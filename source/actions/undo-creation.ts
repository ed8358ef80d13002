import {AppError} from '../core/errors.ts';
import type {CreateOperation} from '../core/key/operation.ts';
import type {ListedKey} from '../exchange/endpoint.ts';
import type {Target} from '../exchange/target.ts';
import {authorityOver, deleteKey, listedKeys, type ManagedAuthority} from './authority.ts';
import type {Context} from './context.ts';
import {change} from './keys.ts';
import {withoutOperation} from './operations.ts';
import {failureReason, definitelyNotApplied} from './write-outcome.ts';

/** Clears away what a failed creation may have left, and gives the error to throw. */
export async function undoCreation(
	context: Context,
	authority: ManagedAuthority,
	creation: CreateOperation,
	error: unknown,
): Promise<unknown> {
	const {name} = creation.key;
	const isSure = definitelyNotApplied(error);
	const unknown = new AppError('creation-unknown', {name, reason: failureReason(error)}, {cause: error});
	try {
		const isDeleted = !isSure && (await deleteLost(context, authority, creation));
		// The key may still appear, so the note stays for another look.
		if (!isSure && !isDeleted) return unknown;
		await change(context, content => withoutOperation(content, creation.id));
		return isDeleted ? new AppError('creation-undone', {name, reason: failureReason(error)}, {cause: error}) : error;
	} catch {
		return unknown;
	}
}

/**
 * The most that the exchange's time of a creation may differ from ours, ms. It refuses calls beyond the clock
 * window, and a call takes seconds.
 */
const clockLeeway = 300_000;

/**
 * Whether a listed key, which the vault must not have, may come from an unanswered creation of the same account;
 * `skew` is how far our clock, which noted its beginning, is behind the exchange's, ms.
 */
export function mayComeFrom({startedAt, key: {label}}: CreateOperation, listed: ListedKey, skew = 0): boolean {
	return listed.label === label && Math.abs(listed.createdAt - startedAt - skew) <= clockLeeway;
}

/**
 * Deletes the key that an unanswered creation may have left. It must have our label, date from the attempt and be
 * unknown to the vault, so that no key in use is ever deleted.
 */
async function deleteLost(context: Context, authority: ManagedAuthority, creation: CreateOperation): Promise<boolean> {
	const {label, site, environment} = creation.key;
	const known = new Set(context.vault.read().keys.map(({credential}) => credential.apiKey));
	const alike = (await listedKeys(context, authority)).filter(key => key.label === label && !known.has(key.apiKey));
	const isPlain = alike.every(key => mayComeFrom(creation, key));
	const skew = isPlain ? 0 : await skewOf(context, {site, environment});
	const lost = alike.filter(key => mayComeFrom(creation, key, skew));
	for (const {apiKey} of lost) await deleteKey(context, authority, apiKey);
	return lost.length > 0;
}

async function skewOf({exchange, clock}: Context, target: Pick<Target, 'site' | 'environment'>): Promise<number> {
	const {serverTime} = await exchange.call('time', {}, target);
	return serverTime - clock();
}

/** Deletes what the creation may have left on the exchange, then its note in the vault. */
export async function clearUnfinished(context: Context, creation: CreateOperation): Promise<void> {
	const authority = authorityOver(context, creation.key);
	if (authority.by === 'none') throw new AppError('no-managing-key', {name: creation.key.name});
	await deleteLost(context, authority, creation);
	await change(context, content => withoutOperation(content, creation.id));
}
