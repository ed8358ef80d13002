import {AppError} from '../core/errors.ts';
import {exitOfStatus} from '../core/exit-status.ts';
import type {Credential, StoredKey} from '../core/key/key.ts';
import type {RotateOperation} from '../core/key/operation.ts';
import {knownPermissions, unknownPermissions} from '../core/key/permission.ts';
import {refuse} from '../core/problem.ts';
import {randomId} from '../core/random.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {apiPage} from '../exchange/sites.ts';
import type {VaultContent} from '../vault/vault.ts';
import {addKey} from './add.ts';
import {listedKeys, requireAuthority, type ManagedAuthority} from './authority.ts';
import type {Context} from './context.ts';
import {createKey, type CreateTarget} from './create.ts';
import {change, keyByName, keyInUse, refuseFrozen, refuseReadonly} from './keys.ts';
import {creationById, withChangedOperation} from './operations.ts';
import {generatePassphrase} from './passphrase.ts';
import {freeLabel, freeName, rotationById, withHandover, withoutRotation, withRotation} from './rotation.ts';
import {checkPresent} from './rotation-end.ts';
import {testKey} from './test.ts';
import type {TestProgress} from './tester.ts';
import {clearUnfinished} from './undo-creation.ts';
import {t} from '../language/translate.ts';

export type RotateOptions = {
	/** Hands over only a new key that the exchange has accepted. */
	readonly test: boolean;
	readonly signal?: AbortSignal | undefined;
	/** Called for each step of the test. */
	readonly onLayer?: TestProgress['onLayer'];
};

/**
 * Makes a key with the settings of this one on the exchange. Where that fails for good, nothing is left of it. Throws
 * `rotation-under-way`, and `page-only` or `no-managing-key` where no API makes the key: `beginWith` takes one then.
 */
export async function beginRotation(context: Context, id: string): Promise<RotateOperation> {
	const old = rotatable(context, id);
	const operation = operationOf(context, old);
	await makeReplacement(context, old, (content, newId) => withRotation(content, {...operation, newId})).catch(
		async (error: unknown) => {
			await dropEmpty(context, operation).catch(() => undefined);
			throw error;
		},
	);
	return rotationById(context.vault.read(), operation);
}

/** As `beginRotation`, with a key that was made on the exchange's page. Throws as `addKey` does, and stores nothing. */
export async function beginWith(
	context: Context,
	id: string,
	credential: Credential,
	{test, signal, onLayer}: RotateOptions,
): Promise<RotateOperation> {
	const old = rotatable(context, id);
	const operation = operationOf(context, old);
	const {subAccount} = old.account;
	await addKey(
		context,
		{
			...settingsOf(old, context),
			credential,
			isTypeTold: old.isTypeTold ?? false,
			environment: old.environment,
			site: old.site,
			...(subAccount !== undefined && {subAccount}),
		},
		{test, signal, onLayer, noting: (content, newId) => withRotation(content, {...operation, newId})},
	);
	return rotationById(context.vault.read(), operation);
}

/** Returns the key to be rotated. Throws AppError for one that cannot be, such as a frozen or a revoked key. */
export function rotatable(context: Context, id: string): StoredKey {
	refuseReadonly(context);
	const old = keyInUse(context.vault.read(), id);
	refuseFrozen(old);
	const unknown = unknownPermissions(old.permissions)[0];
	refuse(
		old.status === 'revoked'
			? {problem: t`${sanitize(old.name)} is revoked, so there is nothing to rotate.`, fix: t`Make a new key.`}
			: unknown === undefined
				? undefined
				: {
						problem: t`${sanitize(old.name)} has the permission ${unknown}, which no new key can be given here.`,
						fix: t`Make the new key on its page: ${apiPage(old)}`,
					},
	);
	return old;
}

function operationOf({random, clock}: Context, {id, name}: StoredKey): RotateOperation {
	return {kind: 'rotate', id: randomId(random), startedAt: clock(), name, oldId: id, newId: '', step: 'creating'};
}

/** An expiry date moves on by the time that the old key had. */
function settingsOf(old: StoredKey, {vault, clock}: Context) {
	const {description, type, permissions, ip, tags, usedBy, expiresAt, createdAt} = old;
	return {
		name: freeName(vault.read(), old.name, '-new'),
		description,
		type,
		permissions: knownPermissions(permissions),
		ip,
		tags,
		...(usedBy && {usedBy}),
		...(typeof expiresAt === 'number' && {expiresAt: clock() + Math.max(0, expiresAt - createdAt)}),
	};
}

async function makeReplacement(
	context: Context,
	old: StoredKey,
	noting: (content: VaultContent, newId: string) => VaultContent,
): Promise<StoredKey> {
	const authority = requireAuthority(context, old);
	const taken = new Set((await listedKeys(context, authority)).map(({label}) => label));
	const input = {
		...settingsOf(old, context),
		label: freeLabel(old.label ?? old.name, taken),
		passphrase: generatePassphrase(context.random),
		environment: old.environment,
		target: targetOf(context, authority),
	};
	return createKey(context, input, noting);
}

function targetOf({vault}: Context, authority: ManagedAuthority): CreateTarget {
	if (authority.by === 'page') return {kind: 'main'};
	return {kind: 'sub', subAccount: authority.subAccount, using: keyByName(vault.read(), authority.name).id};
}

/** Forgets a rotation that has neither a new key nor one that may exist on the exchange. */
async function dropEmpty(context: Context, operation: RotateOperation): Promise<void> {
	await change(context, content => {
		const {newId} = rotationById(content, operation);
		const isThere = creationById(content, newId) ?? content.keys.find(({id}) => id === newId);
		return isThere ? content : withoutRotation(content, operation, newId, context.clock());
	});
}

/**
 * Gives the name to the new key, which is made again where its creation was cut off, and freezes the old one. Throws
 * `replacement-fails` where the new key does not pass its test, `replacement-gone` where the exchange does not have it,
 * and `rotation-aborting`.
 */
export async function handOver(
	context: Context,
	given: RotateOperation,
	{test, signal}: RotateOptions,
): Promise<RotateOperation> {
	refuseReadonly(context);
	await context.vault.refresh();
	const operation = rotationById(context.vault.read(), given);
	if (operation.step === 'handed-over') return operation;
	if (operation.step === 'aborting') throw new AppError('rotation-aborting', {name: sanitize(operation.name)});
	const {id} = await replacementOf(context, operation);
	if (test) await testReplacement(context, operation, id, signal);
	else await checkPresent(context, {...operation, newId: id});
	const content = await change(context, fresh => withHandover(fresh, operation, context.clock()));
	return rotationById(content, operation);
}

async function replacementOf(context: Context, operation: RotateOperation): Promise<StoredKey> {
	const content = context.vault.read();
	const creation = creationById(content, operation.newId);
	if (creation) await clearUnfinished(context, creation);
	const made = content.keys.find(({id}) => id === operation.newId);
	if (made?.status === 'active' && made.trashedAt === null) return made;
	return makeReplacement(context, keyInUse(content, operation.oldId), (fresh, newId) =>
		withChangedOperation(fresh, {...rotationById(fresh, operation), newId}),
	);
}

async function testReplacement(
	context: Context,
	{name}: RotateOperation,
	id: string,
	signal: AbortSignal | undefined,
): Promise<void> {
	const {live, cause, code} = await testKey(context, id, {signal});
	if (!live) throw new AppError('replacement-fails', {name: sanitize(name), cause, exit: exitOfStatus(code)});
}
