import type {Random} from '../core/random.ts';
import {createHmac, timingSafeEqual} from 'node:crypto';
import type {Environment, KeyType, PermissionWord} from '../core/key/key.ts';
import {idleDaysLeft} from '../core/health/idle.ts';

/** The main account has no name. Times are ms since 1970. */
export type SandboxAccount = {
	readonly uid: string;
	readonly name: string;
	readonly label: string;
	readonly createdAt: number;
	/** Its keys can be listed, and nothing else can be done with them. */
	readonly frozen?: true;
};

/** The secret is in clear, since signatures are checked with it; of the passphrase, only a salted hash is kept. */
export type SandboxKey = {
	readonly apiKey: string;
	readonly secretKey: string;
	readonly salt: string;
	readonly passphraseHash: string;
	readonly uid: string;
	readonly label: string;
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
	readonly environment: Environment;
	readonly type: KeyType;
	readonly createdAt: number;
	/** The last saved use, at most an hour behind (`createLastUse`). */
	readonly lastUsedAt: number | null;
	readonly frozen?: true;
};

/** An order at the market that a client has placed, filled at once. */
export type SandboxOrder = {
	readonly id: number;
	readonly at: number;
	readonly uid: string;
	readonly environment: Environment;
	readonly clientId: string;
	readonly instId: string;
	readonly side: 'buy' | 'sell';
	readonly size: string;
};

/** Plain JSON, so that a vault can keep it. */
export type SandboxState = {
	readonly version: 1;
	/** The first one is the main account. */
	readonly accounts: readonly [SandboxAccount, ...SandboxAccount[]];
	readonly kycLevel: string;
	readonly keys: readonly SandboxKey[];
	/** The latest last; absent in states of earlier versions. */
	readonly orders?: readonly SandboxOrder[];
};

export function parseSandboxState(stored: unknown): SandboxState | undefined {
	return typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === 1
		? (stored as SandboxState)
		: undefined;
}

export function mainAccount({accounts}: SandboxState): SandboxAccount {
	return accounts[0];
}

/** Only sub-accounts have names, which are case-sensitive. */
export function subAccountNamed({accounts}: SandboxState, name: string): SandboxAccount | undefined {
	return accounts.slice(1).find(account => account.name === name);
}

export function keysOf({keys}: SandboxState, {uid}: SandboxAccount): SandboxKey[] {
	return keys.filter(key => key.uid === uid);
}

export function withSandboxKey(state: SandboxState, key: SandboxKey): SandboxState {
	return {...state, keys: [...state.keys, key]};
}

export function withChanged(state: SandboxState, apiKey: string, change: Partial<SandboxKey>): SandboxState {
	return {...state, keys: state.keys.map(key => (key.apiKey === apiKey ? {...key, ...change} : key))};
}

export function withoutSandboxKey(state: SandboxState, apiKey: string): SandboxState {
	return {...state, keys: state.keys.filter(key => key.apiKey !== apiKey)};
}

/** Days until an idle key expires; null for the key of an app, which is bound to the app's addresses. */
export function lifeOf(key: SandboxKey, now: number): number | null {
	return key.type === 'app' ? null : idleDaysLeft(key, now);
}

/** Without keys that were idle for too long (docs/okx-api.md §4.2); the same object if there are none. */
export function withoutExpired(state: SandboxState, now: number): SandboxState {
	const keys = state.keys.filter(key => lifeOf(key, now) !== 0);
	return keys.length === state.keys.length ? state : {...state, keys};
}

export function hex(random: Random, bytes: number): string {
	return Buffer.from(random(bytes)).toString('hex');
}

function hashed(passphrase: string, salt: string): string {
	return createHmac('sha256', salt).update(passphrase).digest('hex');
}

/** Takes the same time however much of the passphrase is right. */
export function isPassphrase({salt, passphraseHash}: SandboxKey, passphrase: string): boolean {
	return timingSafeEqual(Buffer.from(hashed(passphrase, salt)), Buffer.from(passphraseHash));
}

export type NewKey = Pick<SandboxKey, 'uid' | 'label' | 'permissions' | 'ip' | 'environment' | 'type'> & {
	readonly passphrase: string;
};

/** A UUID, and a secret of 32 upper-case hexadecimal digits (docs/okx-api.md §4.7). */
export function newKey({passphrase, ...chosen}: NewKey, now: number, random: Random): SandboxKey {
	const salt = hex(random, 16);
	const uuid = hex(random, 16).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
	return {
		...chosen,
		apiKey: uuid,
		secretKey: hex(random, 16).toUpperCase(),
		salt,
		passphraseHash: hashed(passphrase, salt),
		createdAt: now,
		lastUsedAt: null,
	};
}
