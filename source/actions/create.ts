import {failureReason} from './write-outcome.ts';
import {AppError, isAppError} from '../core/errors.ts';
import type {Environment, KeyType, Permission, StoredKey} from '../core/key/key.ts';
import type {CreateOperation} from '../core/key/operation.ts';
import {randomId} from '../core/random.ts';
import {normalizeName} from '../core/text/name.ts';
import {
	descriptionProblem,
	existingNameProblem,
	nameProblem,
	passphraseProblem,
	permissionsProblem,
	subAccountProblem,
	tagsProblem,
	usedByProblem,
} from '../core/validate.ts';
import {ipListProblem} from '../core/ip/validate.ts';
import {refuse} from '../core/problem.ts';
import {orderPermissions} from '../core/key/permission.ts';
import {Secret} from '../core/secret.ts';
import type {CreatedKey} from '../exchange/endpoint.ts';
import {sandboxSite} from '../exchange/sites.ts';
import {canManage, deleteKey, listedKeys, managing, type ManagedAuthority} from './authority.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {change, checkNameFree, keyById, liveKeys, refuseFrozen, refuseReadonly, withKey} from './keys.ts';
import {creationById, withOperation, withoutOperation} from './operations.ts';
import {undoCreation} from './undo-creation.ts';
import {t} from '../language/translate.ts';

/** `using` is the id of the main-account key that makes the key. */
export type CreateTarget =
	| {readonly kind: 'main'}
	| {readonly kind: 'sub'; readonly subAccount: string; readonly using: string};

export type CreateInput = {
	readonly name: string;
	/** The name on the exchange; without it, `name`, which then has the length of a new one. */
	readonly label?: string;
	readonly description: string;
	readonly type: KeyType;
	readonly permissions: readonly Permission[];
	readonly ip: readonly string[];
	readonly tags?: readonly string[];
	readonly usedBy?: readonly string[];
	readonly passphrase: Secret;
	readonly environment: Environment;
	/** ms since 1970. */
	readonly expiresAt?: number | null;
	readonly target: CreateTarget;
};

/**
 * In the sandbox the main account, and every enabled sub-account of the managing keys, once, with the first key that
 * manages it. Asks the exchange once per managing key; one that fails adds a problem instead of its sub-accounts.
 */
export async function createTargets(
	context: Context,
	{signal}: {readonly signal?: AbortSignal | undefined} = {},
): Promise<{readonly targets: readonly CreateTarget[]; readonly problems: readonly string[]}> {
	const targets: CreateTarget[] = context.sandbox ? [{kind: 'main'}] : [];
	const problems: string[] = [];
	const known = new Set<string>();
	for (const manager of liveKeys(context.vault.read()).filter(key => canManage(key))) {
		try {
			const subAccounts = await context.exchange.call('subAccounts', {}, manager, {signal});
			targets.push(
				...subAccounts
					.filter(({enabled, uid}) => enabled && !known.has(`${manager.site} ${uid}`))
					.map(({name}) => ({kind: 'sub' as const, subAccount: name, using: manager.id})),
			);
			for (const {uid} of subAccounts) known.add(`${manager.site} ${uid}`);
		} catch (error) {
			if (!isAppError(error)) throw error;
			problems.push(`${manager.name}: ${error.message}`);
		}
	}

	return {targets, problems};
}

function createProblem(input: Omit<CreateInput, 'environment'>) {
	return (
		(input.label === undefined ? nameProblem(input.name) : existingNameProblem(input.name)) ??
		descriptionProblem(input.description) ??
		(input.target.kind === 'sub' ? subAccountProblem(input.target.subAccount) : undefined) ??
		tagsProblem(input.tags ?? []) ??
		usedByProblem(input.usedBy ?? []) ??
		permissionsProblem(input.permissions, input.target.kind) ??
		ipListProblem(input.ip) ??
		passphraseProblem(input.passphrase.reveal())
	);
}

/**
 * Notes the creation in the vault, makes the key on the exchange, and resolves once its secret is stored, so that a
 * crash in between is found afterwards. When the exchange's answer is lost, any key that it made is deleted,
 * because its secret is gone. `noting` adds to what is saved before the exchange is asked; `id` is that of the key.
 */
export async function createKey(
	context: Context,
	given: CreateInput,
	noting: (content: VaultContent, id: string) => VaultContent = content => content,
): Promise<StoredKey> {
	const input = {...given, name: normalizeName(given.name)};
	const label = input.label ?? input.name;
	refuseReadonly(context);
	refuse(createProblem(input));
	if (input.target.kind === 'main' && !context.sandbox)
		throw new AppError('sandbox-only', {what: t`Making a main-account key by program`});
	const creation = await creationOf(context, input);
	const authority = authorityFor(context, input, creation);
	if ((await listedKeys(context, authority)).some(listed => listed.label === label))
		throw new AppError('name-taken-on-exchange', {name: label});

	await change(context, content => {
		// What is under way says more than that its name is taken.
		const noted = noting(withOperation(content, creation), creation.id);
		checkNameFree(content, input.name);
		return noted;
	});
	const created = await makeOnExchange(context, authority, input).catch(async (error: unknown) => {
		throw await undoCreation(context, authority, creation, error);
	});
	return storeCreated(context, authority, creation, {created, passphrase: input.passphrase});
}

async function creationOf(context: Context, input: CreateInput): Promise<CreateOperation> {
	const begun = {kind: 'create', id: randomId(context.random), startedAt: context.clock()} as const;
	const base = {
		name: input.name,
		description: input.description,
		type: input.type,
		isTypeTold: true,
		environment: input.environment,
		label: input.label ?? input.name,
		permissions: orderPermissions(input.permissions),
		ip: input.ip,
		tags: input.tags ?? [],
		...(input.usedBy && {usedBy: input.usedBy}),
		...(input.expiresAt !== undefined && {expiresAt: input.expiresAt}),
		trashedAt: null,
	};
	if (input.target.kind === 'main') return {...begun, key: {...base, site: sandboxSite, account: {kind: 'main'}}};
	const manager = keyById(context.vault.read(), input.target.using);
	refuseFrozen(manager);
	// A manager that cannot do this reports its own error before anything is noted or made.
	const {uid} = await context.exchange.call('config', {}, manager);
	return {
		...begun,
		key: {
			...base,
			site: manager.site,
			environment: manager.environment,
			isMadeByApi: true,
			account: {kind: 'sub', subAccount: input.target.subAccount, mainUid: uid},
		},
	};
}

function authorityFor(context: Context, {target}: CreateInput, {key}: CreateOperation): ManagedAuthority {
	if (target.kind === 'main') return {by: 'page', target: {site: key.site, environment: key.environment}};
	return managing(keyById(context.vault.read(), target.using), target.subAccount);
}

async function makeOnExchange(
	{exchange}: Context,
	authority: ManagedAuthority,
	input: CreateInput,
): Promise<CreatedKey> {
	const wanted = {
		label: input.label ?? input.name,
		passphrase: input.passphrase.reveal(),
		permissions: orderPermissions(input.permissions),
		ip: input.ip,
	};
	if (authority.by === 'page')
		return exchange.call('pageCreate', {...wanted, type: input.type, environment: input.environment}, authority.target);
	return exchange.call('createSubKey', {...wanted, subAccount: authority.subAccount}, authority.target);
}

async function storeCreated(
	context: Context,
	authority: ManagedAuthority,
	{id, key: {name}}: CreateOperation,
	{created: {apiKey, secretKey}, passphrase}: {readonly created: CreatedKey; readonly passphrase: Secret},
): Promise<StoredKey> {
	const withCreated = (content: VaultContent): VaultContent => {
		const noted = creationById(content, id);
		if (!noted) throw new AppError('key-gone');
		return withKey(withoutOperation(content, id), {
			// Declares what was requested; if the exchange made something else, the first test shows it.
			...noted.key,
			id,
			status: 'active',
			credential: {apiKey, secretKey: new Secret(secretKey), passphrase},
			createdAt: noted.startedAt,
			updatedAt: context.clock(),
			lastUsedAt: null,
			lastTest: null,
		});
	};
	try {
		return keyById(await change(context, withCreated), id);
	} catch (error) {
		if (isAppError(error, 'saved-not-durable') || isAppError(error, 'save-state-unknown')) throw error;
		const undone = await deleteKey(context, authority, apiKey).then(
			() => true,
			() => false,
		);
		if (undone) await change(context, content => withoutOperation(content, id)).catch(() => undefined);
		throw new AppError('created-not-stored', {name, reason: failureReason(error), undone}, {cause: error});
	}
}
