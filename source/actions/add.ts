import {AppError} from '../core/errors.ts';
import {exitOfStatus} from '../core/exit-status.ts';
import type {Credential, Environment, KeyType, LiveKey, PermissionWord, StoredKey} from '../core/key/key.ts';
import {knownPermissions} from '../core/key/permission.ts';
import {randomId} from '../core/random.ts';
import {normalizeName} from '../core/text/name.ts';
import {
	descriptionProblem,
	existingNameProblem,
	subAccountProblem,
	tagsProblem,
	usedByProblem,
} from '../core/validate.ts';
import {ipListProblem} from '../core/ip/validate.ts';
import {refuse, type Problem} from '../core/problem.ts';
import {orderPermissions} from '../core/key/permission.ts';
import {isPlausibleDate} from '../core/text/time.ts';
import {isSandboxSite} from '../exchange/sites.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {change, checkKeyFree, checkNameFree, keyById, refuseReadonly, withKey} from './keys.ts';
import {withResult} from './test.ts';
import type {TestResult} from './test-result.ts';
import {testerFor, type TestProgress, type Tester} from './tester.ts';
import {t} from '../language/translate.ts';

export type AddInput = {
	readonly name: string;
	readonly description: string;
	readonly type: KeyType;
	/** False: `type` is only the usual value, and the owner has not said what the key is for. */
	readonly isTypeTold?: boolean;
	readonly environment: Environment;
	readonly site: string;
	readonly credential: Credential;
	/** Absent: the test takes them from the exchange; without a test, read only. */
	readonly permissions?: readonly PermissionWord[];
	readonly ip?: readonly string[];
	readonly subAccount?: string;
	readonly tags: readonly string[];
	readonly usedBy?: readonly string[];
	/** ms since 1970. */
	readonly expiresAt?: number | null;
	readonly known?: Partial<
		Pick<StoredKey, 'account' | 'label' | 'isMadeByApi' | 'status' | 'createdAt' | 'updatedAt' | 'lastUsedAt'>
	>;
};

/**
 * Refuses only what can never work: the exchange does not promise the shape of its keys (docs/okx-api.md §4.7),
 * and an old passphrase may follow an older rule.
 */
export function credentialProblem({apiKey, secretKey, passphrase}: Credential): Problem | undefined {
	const parts = [
		[t`API key`, apiKey],
		[t`secret key`, secretKey.reveal()],
		['passphrase', passphrase.reveal()],
	] as const;
	for (const [what, value] of parts) {
		if (value === '')
			return {
				problem: t`The ${what} is missing.`,
				fix: t`Copy all three from where they were shown: API key, secret key and passphrase.`,
			};
		if (!/^[\u{21}-\u{7E}]+$/u.test(value))
			return {
				problem: t`The ${what} has a space, a line break or a character outside ASCII.`,
				fix: t`Copy it again, without anything around it.`,
			};
	}

	return secretKey.reveal() === passphrase.reveal()
		? {
				problem: t`Secret key and passphrase are the same.`,
				fix: t`The passphrase is the one that was chosen when the key was made.`,
			}
		: undefined;
}

export type AddOptions = TestProgress & {
	readonly test: boolean;
	readonly tester?: Tester;
	/** Adds to the save that stores the key. */
	readonly noting?: (content: VaultContent, id: string) => VaultContent;
};

/**
 * Tests a key that was made on the exchange's page, then stores it; drift is in the result and does not prevent
 * storing. Throws AppError `exchange` with the cause, and stores nothing, when the key does not work.
 */
export async function addKey(
	context: Context,
	input: AddInput,
	{test, tester = testerFor(context), noting = content => content, ...attention}: AddOptions,
): Promise<{readonly key: StoredKey; readonly result: TestResult | null}> {
	refuseReadonly(context);
	const draft = await draftOf(context, input);
	checkFree(context.vault.read(), draft);

	const {key, result} = test ? await testedKey(draft, input, tester, attention) : {key: draft, result: null};
	const content = await change(context, fresh => {
		const noted = noting(withKey(fresh, key), key.id);
		checkFree(fresh, draft);
		return noted;
	});
	return {key: keyById(content, key.id), result};
}

/** The key with what its test has found. Throws AppError `exchange` with the cause when the key does not work. */
export async function testedKey(
	draft: StoredKey,
	input: AddInput,
	tester: Tester,
	attention: TestProgress,
): Promise<{readonly key: StoredKey; readonly result: TestResult}> {
	const adopt = (live: LiveKey) => withLive(draft, input, live);
	const result = await tester.test(draft, attention, adopt);
	if (!result.live)
		throw new AppError('exchange', {cause: result.cause, fix: result.fix, exit: exitOfStatus(result.code)});
	return {key: withResult(adopt(result.live), result), result};
}

type AddDetails = Omit<AddInput, 'credential'>;

function detailsProblem(
	{name, description, ip = [], subAccount, tags, usedBy = [], known = {}}: AddDetails,
	now: number,
): Problem | undefined {
	return (
		existingNameProblem(name) ??
		descriptionProblem(description) ??
		ipListProblem(ip) ??
		(subAccount === undefined ? undefined : subAccountProblem(subAccount)) ??
		tagsProblem(tags) ??
		usedByProblem(usedBy) ??
		datesProblem(known, now)
	);
}

function datesProblem(
	{createdAt, updatedAt, lastUsedAt}: NonNullable<AddInput['known']>,
	now: number,
): Problem | undefined {
	const wrong = Object.entries({createdAt, updatedAt, lastUsedAt}).find(
		([, at]) => at !== undefined && at !== null && !isPlausibleDate(at, now),
	);
	return (
		wrong && {
			problem: t`Its date ${wrong[0]} does not lie between 2017 and tomorrow.`,
			fix: t`Correct it or leave it out; if it is right, the clock of this machine is wrong.`,
		}
	);
}

function normalized<Details extends AddDetails>(input: Details): Details {
	return {...input, name: normalizeName(input.name), tags: input.tags.map(tag => normalizeName(tag))};
}

/** Throws `name-taken` or `key-already-stored`. */
export function checkFree(content: VaultContent, {name, credential}: Pick<StoredKey, 'name' | 'credential'>): void {
	checkNameFree(content, name);
	checkKeyFree(content, credential.apiKey);
}

/**
 * Checks a new key without its credential, so that nobody enters secrets in vain. Throws what `addKey` would throw:
 * `readonly`, `invalid`, `site-unknown` or `name-taken`.
 */
export async function checkDetails(context: Context, given: AddDetails): Promise<void> {
	refuseReadonly(context);
	const details = normalized(given);
	await refuseDetails(context, details);
	checkNameFree(context.vault.read(), details.name);
}

async function refuseDetails({clock, exchange, sandbox}: Context, details: AddDetails): Promise<void> {
	refuse(detailsProblem(details, clock()));
	await exchange.locate(details.site);
	if (sandbox && !isSandboxSite(details.site))
		throw new AppError('invalid', {
			problem: t`A real key cannot be stored in the sandbox.`,
			fix: t`Leave --sandbox out.`,
		});
}

/** The key as it would be stored, checked without a call to the exchange. Throws `invalid` or `site-unknown`. */
export async function draftOf(context: Context, given: AddInput): Promise<StoredKey> {
	const input = normalized(given);
	const now = context.clock();
	await refuseDetails(context, input);
	refuse(credentialProblem(input.credential));
	const {permissions, ip, subAccount, known, ...own} = input;
	return {
		...own,
		id: randomId(context.random),
		account: subAccount === undefined ? {kind: 'main'} : {kind: 'sub', subAccount},
		label: null,
		permissions: orderPermissions(permissions ?? []),
		ip: ip ?? [],
		status: 'active',
		createdAt: now,
		updatedAt: now,
		lastUsedAt: null,
		lastTest: null,
		trashedAt: null,
		...known,
	};
}

/**
 * Takes undeclared fields from the exchange, except permissions that this program does not know. Declared fields
 * stay, so that a difference shows as drift.
 */
function withLive(draft: StoredKey, {permissions, ip, subAccount, known}: AddInput, live: LiveKey): StoredKey {
	const isMain = live.uid === live.mainUid;
	return {
		...draft,
		permissions: permissions ? draft.permissions : knownPermissions(live.permissions),
		ip: ip ?? live.ip,
		account: subAccount === undefined && !known?.account && !isMain ? {kind: 'sub'} : draft.account,
	};
}
