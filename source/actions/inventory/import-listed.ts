import {AppError} from '../../core/errors.ts';
import {suggestedCommand} from '../../core/invocation.ts';
import type {Credential, StoredKey} from '../../core/key/key.ts';
import {knownPermissions} from '../../core/key/permission.ts';
import {refuse} from '../../core/problem.ts';
import {looksLike} from '../../core/text/name.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {isPlausibleDate} from '../../core/text/time.ts';
import {existingNameProblem} from '../../core/validate.ts';
import {addKey, checkDetails} from '../add.ts';
import type {Context} from '../context.ts';
import {shownKeys} from '../keys.ts';
import type {TestResult} from '../test-result.ts';
import {labelOf, pathOf, type InventoryEntry} from './inventory.ts';
import {withoutKnown} from './known.ts';
import {t} from '../../language/translate.ts';

type ImportOptions = {
	readonly name: string;
	/** Stores only a key that works. */
	readonly test: boolean;
	readonly signal?: AbortSignal | undefined;
};

/** The name that a key gets unless another is chosen; empty where its label cannot be one, or is taken. */
export function nameFor({vault}: Context, entry: InventoryEntry): string {
	const label = labelOf(entry);
	const isTaken = shownKeys(vault.read()).some(({name}) => looksLike(label)(name));
	return isTaken || existingNameProblem(label) ? '' : label;
}

/** Checks all but the credential, so that nobody enters secrets in vain. Throws `invalid` or `name-taken`. */
export async function checkImport(context: Context, entry: InventoryEntry, name: string): Promise<void> {
	refuse(importProblem(entry));
	await checkDetails(context, detailsOf(context, entry, name));
}

/**
 * Stores a key that the exchange has listed, with its account and its label there; the credential is given, since no
 * API tells it. Throws `other-api-key` where it is that of another key, and as `addKey` does; then nothing is stored.
 */
export async function importListed(
	context: Context,
	entry: InventoryEntry,
	credential: Credential,
	{name, test, signal}: ImportOptions,
): Promise<{readonly key: StoredKey; readonly result: TestResult | null}> {
	refuse(importProblem(entry));
	const {listed} = entry;
	if (credential.apiKey !== listed?.apiKey) throw new AppError('other-api-key', {label: sanitize(pathOf(entry))});
	const {permissions, ip} = listed;
	return addKey(
		context,
		{
			...detailsOf(context, entry, name),
			credential,
			...(!test && {permissions: knownPermissions(permissions), ip}),
		},
		{test, signal, noting: content => withoutKnown(content, [entry])},
	);
}

function importProblem(entry: InventoryEntry) {
	const {state, key} = entry;
	if (state === 'unknown' || state === 'known') return undefined;
	const label = sanitize(pathOf(entry));
	if (state === 'unfinished')
		return {
			problem: t`${label} comes from a creation that was cut off, so its secret key is lost.`,
			fix: t`Delete it, and create it again.`,
		};
	const name = sanitize(key?.name ?? '');
	return state === 'trash'
		? {
				problem: t`${label} is in the trash of this vault, as ${name}.`,
				fix: t`${suggestedCommand('restore-key', name)} brings it back.`,
			}
		: {problem: t`${label} is in this vault already, as ${name}.`, fix: ''};
}

function detailsOf(
	{clock}: Context,
	{listed, place: {site, environment, subAccount, mainUid}}: InventoryEntry,
	name: string,
) {
	const {label, createdAt = 0} = listed ?? {};
	return {
		name,
		description: '',
		type: 'api',
		isTypeTold: false,
		environment,
		site,
		tags: [],
		known: {
			account: {
				kind: 'sub',
				subAccount: subAccount.name,
				...(subAccount.uid !== '' && {uid: subAccount.uid}),
				...(mainUid !== undefined && {mainUid}),
			},
			...(label !== undefined && {label}),
			...(isPlausibleDate(createdAt, clock()) && {createdAt}),
		},
	} as const;
}
