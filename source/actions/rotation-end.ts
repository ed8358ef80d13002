import {AppError} from '../core/errors.ts';
import {exitOfStatus} from '../core/exit-status.ts';
import type {StoredKey} from '../core/key/key.ts';
import type {RotateOperation} from '../core/key/operation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {apiPage} from '../exchange/sites.ts';
import {authorityOver, listedKeys} from './authority.ts';
import type {Context} from './context.ts';
import {change, keyById, refuseReadonly, withChangedKey} from './keys.ts';
import {creationById} from './operations.ts';
import {rotationById, withAbort, withoutRotation} from './rotation.ts';
import {asRevoked, revokeKey} from './revoke.ts';
import {testerFor} from './tester.ts';
import {clearUnfinished} from './undo-creation.ts';

/** Whether something in this vault can delete the key on the exchange. */
export function isManaged(context: Context, key: StoredKey): boolean {
	return authorityOver(context, key).by !== 'none';
}

/**
 * Deletes the old key on the exchange and puts it into the trash, with its history. While the exchange has it, throws
 * `replacement-gone` where the new key is gone, and `old-key-alive` where only the exchange's page can delete it.
 */
export async function finishRotation(context: Context, given: RotateOperation): Promise<StoredKey> {
	refuseReadonly(context);
	await context.vault.refresh();
	const operation = rotationById(context.vault.read(), given);
	if (operation.step !== 'handed-over') throw new AppError('rotation-under-way', {name: sanitize(operation.name)});
	const old = keyById(context.vault.read(), operation.oldId);
	if (old.status !== 'revoked') {
		if (await isGone(context, old)) await markRevoked(context, old.id);
		else {
			await checkPresent(context, operation);
			if (!isManaged(context, old))
				throw new AppError('old-key-alive', {name: sanitize(operation.name), link: apiPage(old)});
			await revoke(context, old.id);
		}
	}

	const content = await change(context, fresh => withoutRotation(fresh, operation, operation.oldId, context.clock()));
	return keyById(content, operation.newId);
}

/** `left` is a new key that only the exchange's page can delete. */
export type Aborted = {readonly old: StoredKey; readonly left: StoredKey | undefined};

/**
 * Gives the name back to the old key, and deletes the new one on the exchange. Throws `rotation-past-abort` where the
 * exchange has only the new key.
 */
export async function abortRotation(context: Context, given: RotateOperation): Promise<Aborted> {
	refuseReadonly(context);
	await context.vault.refresh();
	const begun = rotationById(context.vault.read(), given);
	const {oldId, newId, name, step} = begun;
	const old = keyById(context.vault.read(), oldId);
	const isPast = async () =>
		(old.status === 'revoked' || (await isGone(context, old))) && (await isMade(context, newId));
	if (step !== 'aborting' && (await isPast())) throw new AppError('rotation-past-abort', {name: sanitize(name)});
	// From here on, the old key is what programs are given, whatever becomes of the rest.
	if (step !== 'aborting') await change(context, fresh => withAbort(fresh, begun, context.clock()));
	const left = await deleteReplacement(context, newId);
	const content = await change(context, fresh => withoutRotation(fresh, begun, newId, context.clock()));
	return {old: keyById(content, oldId), left};
}

async function isMade(context: Context, id: string): Promise<boolean> {
	const made = context.vault.read().keys.find(key => key.id === id);
	return made !== undefined && made.status !== 'revoked' && !(await isGone(context, made));
}

/** Throws `replacement-gone` where the exchange does not have the new key. */
export async function checkPresent(context: Context, {name, newId}: RotateOperation): Promise<void> {
	if (await isGone(context, keyById(context.vault.read(), newId)))
		throw new AppError('replacement-gone', {name: sanitize(name)});
}

async function deleteReplacement(context: Context, id: string): Promise<StoredKey | undefined> {
	const content = context.vault.read();
	const creation = creationById(content, id);
	if (creation) await clearUnfinished(context, creation);
	const made = content.keys.find(key => key.id === id);
	if (!made || made.status === 'revoked') return undefined;
	if (!isManaged(context, made)) return made;
	await revoke(context, id);
	return undefined;
}

/** Also a key that was put into the trash meanwhile. */
async function revoke(context: Context, id: string): Promise<void> {
	await change(context, content =>
		withChangedKey(content, id, key => (key.trashedAt === null ? key : {...key, trashedAt: null})),
	);
	await revokeKey(context, id);
}

export async function markRevoked(context: Context, id: string): Promise<void> {
	const now = context.clock();
	await change(context, content => withChangedKey(content, id, key => asRevoked(key, now)));
}

/** Refusals that the exchange gives only for a key that it has (docs/okx-api.md §6). */
const refusalsOfPresent: ReadonlySet<string> = new Set(['50100', '50105', '50110', '50113', '50120']);

/** Whether the exchange no longer has the key. Throws `exchange` where it did not say. */
export async function isGone(context: Context, key: StoredKey): Promise<boolean> {
	const authority = authorityOver(context, key);
	if (authority.by !== 'none')
		return !(await listedKeys(context, authority)).some(({apiKey}) => apiKey === key.credential.apiKey);
	const {live, exchangeCode, cause, fix, code} = await testerFor(context).test(key);
	if (live || refusalsOfPresent.has(exchangeCode ?? '')) return false;
	if (exchangeCode === '50119') return true;
	throw new AppError('exchange', {cause, fix, exit: exitOfStatus(code)});
}
