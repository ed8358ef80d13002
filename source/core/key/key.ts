import type {Message} from '../../language/translate.ts';
import type {Secret} from '../secret.ts';

/** In the exchange's order. Read is always included (docs/okx-api.md §4.1). */
export const permissions = ['read', 'trade', 'withdraw'] as const;
export type Permission = (typeof permissions)[number];

declare const unknownPermission: unique symbol;
/** A permission that this program does not know, as the exchange spells it; sanitized and bounded (permission.ts). */
export type UnknownPermission = string & {readonly [unknownPermission]: true};
export type PermissionWord = Permission | UnknownPermission;

export const environments = ['live', 'demo'] as const;
export type Environment = (typeof environments)[number];

/** `api` is for one's own trading, `app` for a third-party application chosen on the exchange's page. */
export const keyTypes = ['api', 'app'] as const;
export type KeyType = (typeof keyTypes)[number];

export type Credential = {
	readonly apiKey: string;
	readonly secretKey: Secret;
	readonly passphrase: Secret;
};

export type Account = {
	readonly kind: 'main' | 'sub';
	/** Numeric user id, known after the first test. */
	readonly uid?: string;
	/** User id of the main account; it shows which main key can manage a sub-account's key. */
	readonly mainUid?: string;
	/** Only for `sub`. */
	readonly subAccount?: string;
};

/** Nothing may use a `frozen` key for now; the exchange still knows it. */
export type KeyStatus = 'active' | 'frozen' | 'revoked';

export type Freeze = {
	/** ms since 1970. */
	readonly at: number;
	/** Present where Read only is set on the exchange too, or is being set or lifted there. */
	readonly readOnly?: {
		/** The permissions before it, which are set back. */
		readonly before: {readonly declared: readonly PermissionWord[]; readonly live: readonly PermissionWord[]};
		/** Noted before the exchange is asked, so that an interruption is found. */
		readonly state: 'setting' | 'set' | 'lifting';
	};
};

/** A suspected leak of the key; times are ms since 1970. */
export type KeyIncident = {
	readonly at: number;
	/** How far back it looks at what the account did. */
	readonly since: number;
	/** What the key could do before it was cut off. */
	readonly before: {readonly permissions: readonly PermissionWord[]; readonly ip: readonly string[]};
	/** Noted before the exchange is asked; when `read-only`, it may only read there, and is yet to be deleted. */
	readonly step: 'cutting' | 'read-only' | 'done';
	/** When it could do no more harm. */
	readonly cutAt?: number;
	readonly deletedAt?: number;
};

/** The last answer of the exchange about a key (docs/okx-api.md §3.1). */
export type LiveKey = {
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
	readonly label: string;
	readonly uid: string;
	readonly mainUid: string;
	readonly kycLv: string;
};

/** `code` is an exit status; times are ms since 1970. */
export type TestSummary = {
	readonly at: number;
	readonly ok: boolean;
	readonly code: number;
	/** In English; `causeOf` says it in the language that was chosen. */
	readonly cause: string;
	/** Absent where the cause has no values, and in summaries of earlier versions. */
	readonly said?: Message;
	readonly latencyMs: number | null;
	/** The last successful answer, possibly from an earlier test. */
	readonly live: LiveKey | null;
	/** The code of a refusal. Absent in summaries of earlier versions. */
	readonly exchangeCode?: string | null;
	/** Start of the unbroken run of tests with this exit status. Absent in summaries of earlier versions. */
	readonly since?: number;
	/** When a test last passed; null if none did. */
	readonly goodAt?: number | null;
	/** The last addresses of this machine that the exchange refused, newest last. */
	readonly refusedAddresses?: readonly string[];
};

/** One earlier test, kept small: when, exit status, and duration of the signed call in ms if it was answered. */
export type TestRecord = readonly [at: number, code: number, latencyMs: number | null];

/** One time that a key left the vault. */
export type KeyUse = {
	readonly at: number;
	readonly by: 'exec' | 'export' | 'copy';
	/** The program that was given the key, the format of the export with its file, or the part that was copied. */
	readonly program: string;
};

/** A place where the last search found a secret of the key in plain text: a file, or the folder of a repository. */
export type KeyCopy = {readonly at: number; readonly path: string; readonly part: 'secretKey' | 'passphrase'};

/** Times are ms since 1970. Name, description and tags are local; the rest mirrors the exchange. */
export type StoredKey = {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly type: KeyType;
	/** Whether the owner chose the type; otherwise `api` is a default. Absent in vaults of earlier versions. */
	readonly isTypeTold?: boolean;
	/** A key made by an API call has no app, so an empty IP list means that it has none. */
	readonly isMadeByApi?: boolean;
	readonly environment: Environment;
	/** A site of exchange/sites.ts, `sandbox`, or a loopback URL. */
	readonly site: string;
	readonly account: Account;
	/**
	 * The key's name on the exchange, set at creation or learnt by the first test. Renaming the key here does not
	 * change it.
	 */
	readonly label: string | null;
	/** What the owner expects; a test compares it with the exchange's answer. */
	readonly permissions: readonly PermissionWord[];
	/** Expected allow-list: IPv4, IPv6 or CIDR, as typed. `bindingOf` interprets an empty one. */
	readonly ip: readonly string[];
	readonly credential: Credential;
	readonly status: KeyStatus;
	/** Present while the status is `frozen`. */
	readonly freeze?: Freeze;
	readonly tags: readonly string[];
	/** The owner's notes of who uses it, such as `grid bot on vps1`; others may too. Absent where there are none. */
	readonly usedBy?: readonly string[];
	/** When the owner wants it gone, whatever the exchange says; ms since 1970. Absent or null: never. */
	readonly expiresAt?: number | null;
	/** Present while another key takes its place under this name. */
	readonly rotation?: {readonly name: string};
	readonly incident?: KeyIncident;
	readonly createdAt: number;
	readonly updatedAt: number;
	/** Last authenticated use known here; bots may have used the key later. */
	readonly lastUsedAt: number | null;
	readonly lastTest: TestSummary | null;
	/** Oldest first, including the last test; at most `limits.history` entries. */
	readonly history?: readonly TestRecord[];
	/** The programs that it was given to, the latest last; at most `limits.uses` entries. */
	readonly uses?: readonly KeyUse[];
	/** The gravest first, at most `limits.copies` entries; a search that no longer finds one takes it away. */
	readonly copies?: readonly KeyCopy[];
	readonly trashedAt: number | null;
};

/** Permissions and list of the last answer, or the declared ones before the first answer. */
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

export type Drift = {
	readonly field: 'permissions' | 'ip' | 'label' | 'account' | 'environment';
	readonly declared: string;
	readonly live: string;
	/** An added permission is worse than a lost one: an intruder may have granted it. */
	readonly alarm: boolean;
};
