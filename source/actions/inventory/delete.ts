import {AppError, isAppError} from '../../core/errors.ts';
import {isOnExchange} from '../../core/key/operation.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {VaultContent} from '../../vault/vault.ts';
import {deleteKey, listedKeys, managing, type ManagedAuthority} from '../authority.ts';
import type {Context} from '../context.ts';
import {change, keyInUse, refuseFrozen, refuseReadonly, withChangedKey} from '../keys.ts';
import {withoutOperation} from '../operations.ts';
import {asRevoked, isGoneError} from '../revoke.ts';
import {clearUnfinished} from '../undo-creation.ts';
import {definitelyNotApplied, failureReason} from '../write-outcome.ts';
import {pathOf, type InventoryEntry, type InventoryPlace} from './inventory.ts';
import {withoutKnown} from './known.ts';

/** Without an error, the exchange does not have the key any more. */
export type Deletion = {
	readonly entry: InventoryEntry;
	readonly outcome: 'deleted' | 'already-gone' | 'failed';
	readonly error: AppError | undefined;
};

type Steps = {
	readonly signal?: AbortSignal | undefined;
	/** Called after each key, with how many are done. */
	readonly onDone?: ((done: number) => void) | undefined;
};

/**
 * Deletes keys on the exchange that this vault does not use, one after another, and notes each deletion in the vault.
 * The failure of a key is told with it and does not stop the others; after an abort the rest is told as `aborted`. It
 * may be repeated after any interruption: what is gone counts as deleted.
 */
export async function deleteListed(
	context: Context,
	entries: readonly InventoryEntry[],
	{signal, onDone}: Steps = {},
): Promise<readonly Deletion[]> {
	refuseReadonly(context);
	const deletions: Deletion[] = [];
	for (const entry of entries) {
		try {
			if (signal?.aborted) throw new AppError('aborted');
			deletions.push({entry, outcome: await deleteOne(context, entry), error: undefined});
		} catch (error) {
			// Any other error ends the program, because its text may hold secrets.
			if (!isAppError(error)) throw error;
			deletions.push({entry, outcome: 'failed', error});
		}

		onDone?.(deletions.length);
	}

	return deletions;
}

async function deleteOne(context: Context, entry: InventoryEntry): Promise<'deleted' | 'already-gone'> {
	await context.vault.refresh();
	const label = sanitize(pathOf(entry));
	const {listed, creation, place} = entry;
	if (!listed) {
		if (creation) await clearUnfinished(context, creation);
		return 'already-gone';
	}

	refuseUsed(context.vault.read(), listed.apiKey, label);
	const outcome = await deleteOnExchange(context, authorityAt(context, place), listed.apiKey, label);
	const now = context.clock();
	await noteDeletion(context, entry, now).catch((error: unknown) => {
		throw new AppError('deleted-not-noted', {label, reason: failureReason(error)}, {cause: error});
	});
	return outcome;
}

/** Throws `listed-key-in-use` where another program has stored the key since it was listed. */
function refuseUsed({keys}: VaultContent, apiKey: string, label: string): void {
	const used = keys.find(key => key.credential.apiKey === apiKey && key.trashedAt === null && isOnExchange(key));
	if (used) throw new AppError('listed-key-in-use', {label, name: sanitize(used.name)});
}

/** Throws `key-gone` or `key-frozen` where the managing key cannot be used any more. */
export function authorityAt({vault}: Context, {managerId, subAccount}: InventoryPlace): ManagedAuthority {
	const manager = keyInUse(vault.read(), managerId);
	refuseFrozen(manager);
	return managing(manager, subAccount.name);
}

/** Where the answer was lost, the list of the exchange says whether it has acted. */
async function deleteOnExchange(
	context: Context,
	authority: ManagedAuthority,
	apiKey: string,
	label: string,
): Promise<'deleted' | 'already-gone'> {
	try {
		await deleteKey(context, authority, apiKey);
		return 'deleted';
	} catch (error) {
		if (isGoneError(error)) return 'already-gone';
		if (definitelyNotApplied(error)) throw error;
		const left = await listedKeys(context, authority).catch(() => undefined);
		if (left?.every(key => key.apiKey !== apiKey)) return 'deleted';
		throw new AppError('deletion-unknown', {label}, {cause: error});
	}
}

async function noteDeletion(context: Context, entry: InventoryEntry, now: number): Promise<void> {
	const {key, creation} = entry;
	// What is done to keys and creations of the vault is recorded by itself.
	const events = key || creation ? [] : [{what: 'deleted-on-exchange', detail: sanitize(pathOf(entry))} as const];
	await change(
		context,
		content => {
			const left = withoutKnown(creation ? withoutOperation(content, creation.id) : content, [entry]);
			const isHere = key && content.keys.some(({id, status}) => id === key.id && status !== 'revoked');
			return isHere ? withChangedKey(left, key.id, one => asRevoked(one, now)) : left;
		},
		{activity: {events}},
	);
}
