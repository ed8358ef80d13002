import type {Secret} from './secret.ts';

/** What a key may be allowed to do, in the order the exchange lists them. Read is always on (docs/okx-api.md §4.1). */
export const permissions = ['read', 'trade', 'withdraw'] as const;
export type Permission = (typeof permissions)[number];

declare const unknownPermission: unique symbol;
/** A word of the exchange for a permission that this program does not know; cleaned and bounded (permission.ts). */
export type UnknownPermission = string & {readonly [unknownPermission]: true};
/** What the exchange says that a key may do. */
export type PermissionWord = Permission | UnknownPermission;

export const environments = ['live', 'demo'] as const;
export type Environment = (typeof environments)[number];

/** `api` is for one's own trading, `app` for a third-party application chosen on the exchange's page. */
export const keyTypes = ['api', 'app'] as const;
export type KeyType = (typeof keyTypes)[number];

/** What signs a call: the key is an identifier, the other two are secrets. */
export type Credential = {
	readonly apiKey: string;
	readonly secretKey: Secret;
	readonly passphrase: Secret;
};

export type Account = {
	readonly kind: 'main' | 'sub';
	/** The exchange's numeric user id, known after the first test. */
	readonly uid?: string;
	/** The user id of the main account above a sub-account: it says which main key here may manage this one. */
	readonly mainUid?: string;
	/** The sub-account's name; only for `sub`. */
	readonly subAccount?: string;
};

export type KeyStatus = 'active' | 'revoked';

/** What the exchange itself said of a key when it was last asked (docs/okx-api.md §3.1). */
export type LiveKey = {
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
	readonly label: string;
	readonly uid: string;
	readonly mainUid: string;
	readonly kycLv: string;
};

/** What is kept of the last live test of a key. `code` is an exit status; times are ms since 1970. */
export type TestSummary = {
	readonly at: number;
	readonly ok: boolean;
	readonly code: number;
	readonly cause: string;
	readonly latencyMs: number | null;
	/** What the exchange said when it was last asked with success, perhaps by an earlier test. */
	readonly live: LiveKey | null;
	/** The exchange's own code, where it refused. Absent in summaries of earlier versions. */
	readonly exchangeCode?: string | null;
	/** Since when every test has ended with this exit status. Absent in summaries of earlier versions. */
	readonly since?: number;
	/** When a test last found all well; null where none did. */
	readonly goodAt?: number | null;
	/** The last addresses of this machine that the exchange refused, the newest last. Absent where none was. */
	readonly refusedAddresses?: readonly string[];
};

/**
 * One earlier test, small enough to keep many: when, its exit status, and how long the signed call took (ms), if it
 * was answered.
 */
export type TestRecord = readonly [at: number, code: number, latencyMs: number | null];

/**
 * A key as the vault keeps it. Times are ms since 1970. Name, description and tags are ours; the rest mirrors the
 * exchange.
 */
export type StoredKey = {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly type: KeyType;
	/** Whether somebody has said so; without it, `api` is only what is usual. Absent in vaults of earlier versions. */
	readonly isTypeTold?: boolean;
	/** Whether it was made by a call, which links no app: an empty IP list of it is empty whatever it is for. */
	readonly isMadeByApi?: boolean;
	readonly environment: Environment;
	/** A site of exchange/sites.ts, `sandbox`, or a loopback URL. */
	readonly site: string;
	readonly account: Account;
	/**
	 * The key's name on the exchange: set at its creation or learnt by the first test. Renaming the key here does not
	 * change it.
	 */
	readonly label: string | null;
	/** Declared: what the owner believes. A test compares it with what the exchange says. */
	readonly permissions: readonly PermissionWord[];
	/** Declared allow-list: IPv4, IPv6 or CIDR, as typed; what an empty one means, `bindingOf` says. */
	readonly ip: readonly string[];
	readonly credential: Credential;
	readonly status: KeyStatus;
	readonly tags: readonly string[];
	readonly createdAt: number;
	readonly updatedAt: number;
	/** Last authenticated use that this program knows of; bots use keys too, so the key may be fresher than that. */
	readonly lastUsedAt: number | null;
	readonly lastTest: TestSummary | null;
	/** Its tests, the oldest first and the last one included; at most `limits.history`. */
	readonly history?: readonly TestRecord[];
	/** When it was put into the trash; null for a key in use. */
	readonly trashedAt: number | null;
};

/** What a key may do and from where: as the exchange last said, or as declared where it has said nothing. */
export function asLastSeen({
	permissions,
	ip,
	lastTest,
}: Pick<StoredKey, 'permissions' | 'ip'> & {readonly lastTest?: Pick<TestSummary, 'live'> | null}): Pick<
	StoredKey,
	'permissions' | 'ip'
> {
	return lastTest?.live ?? {permissions, ip};
}

/** One field on which what is declared and what the exchange says part. */
export type Drift = {
	readonly field: 'permissions' | 'ip' | 'label' | 'account' | 'environment';
	readonly declared: string;
	readonly live: string;
	/** A permission that appeared is worse than one that went: somebody may have given it. */
	readonly alarm: boolean;
};
