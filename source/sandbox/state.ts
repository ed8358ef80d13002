import {dayMs} from '../core/text/time.ts';
import type {Random} from '../core/random.ts';
import {createHmac, timingSafeEqual} from 'node:crypto';
import type {Credential, Environment, KeyType, PermissionWord} from '../core/key.ts';
import {idleDaysLeft} from '../core/health/idle.ts';
import {Secret} from '../core/secret.ts';

/** One account of the embedded exchange; the main one has no name. Times are ms since 1970. */
export type SandboxAccount = {
	readonly uid: string;
	readonly name: string;
	readonly label: string;
	readonly createdAt: number;
};

/**
 * A key as the exchange keeps it: the secret as it is, since signatures are checked with it; of the passphrase only a
 * salted hash.
 */
export type SandboxKey = {
	readonly apiKey: string;
	readonly secretKey: string;
	readonly salt: string;
	readonly passphraseHash: string;
	/** The account it belongs to. */
	readonly uid: string;
	readonly label: string;
	readonly permissions: readonly PermissionWord[];
	readonly ip: readonly string[];
	readonly environment: Environment;
	readonly type: KeyType;
	readonly createdAt: number;
	/** The last use that was written down, at most an hour behind (last-use.ts). */
	readonly lastUsedAt: number | null;
	readonly frozen?: true;
};

/** All that the embedded exchange remembers. Plain JSON, so that a vault can keep it. */
export type SandboxState = {
	readonly version: 1;
	/** The first one is the main account. */
	readonly accounts: readonly [SandboxAccount, ...SandboxAccount[]];
	readonly kycLevel: string;
	readonly keys: readonly SandboxKey[];
};

/** What was stored, or undefined when it is not a state of this version. */
export function asState(stored: unknown): SandboxState | undefined {
	return typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === 1
		? (stored as SandboxState)
		: undefined;
}

export function mainAccount({accounts}: SandboxState): SandboxAccount {
	return accounts[0];
}

/** An account by the name that only sub-accounts have; names are case sensitive. */
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

/**
 * Days until an idle key dies; null for one that does not. What is linked to an app is bound to the addresses of the
 * app.
 */
export function lifeOf(key: SandboxKey, now: number): number | null {
	return key.type === 'app' ? null : idleDaysLeft(key, now);
}

/**
 * The state as time has left it: keys that were idle too long are gone (docs/okx-api.md §4.2). The same object when
 * none is.
 */
export function withoutExpired(state: SandboxState, now: number): SandboxState {
	const keys = state.keys.filter(key => lifeOf(key, now) !== 0);
	return keys.length === state.keys.length ? state : {...state, keys};
}

function hex(random: Random, bytes: number): string {
	return Buffer.from(random(bytes)).toString('hex');
}

function hashed(passphrase: string, salt: string): string {
	return createHmac('sha256', salt).update(passphrase).digest('hex');
}

/** Whether a passphrase is the key's, in a time that does not tell how much of it was right. */
export function isPassphrase({salt, passphraseHash}: SandboxKey, passphrase: string): boolean {
	return timingSafeEqual(Buffer.from(hashed(passphrase, salt)), Buffer.from(passphraseHash));
}

export type NewKey = Pick<SandboxKey, 'uid' | 'label' | 'permissions' | 'ip' | 'environment' | 'type'> & {
	readonly passphrase: string;
};

/**
 * Makes a key in the exchange's shapes: a UUID, and a secret of 32 upper-case hexadecimal digits (docs/okx-api.md
 * §4.7).
 */
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

/** 18 digits, the first of them not 0. */
function newUid(random: Random): string {
	const digits = BigInt(`0x${hex(random, 8)}`) % 900_000_000_000_000_000n;
	return String(digits + 100_000_000_000_000_000n);
}

/**
 * A fresh exchange: a verified main account with two sub-accounts and one main key bound to this machine, and that
 * key's credential.
 */
export function seedSandbox({clock, random}: {readonly clock: () => number; readonly random: Random}): {
	readonly state: unknown;
	readonly main: Credential;
} {
	const now = clock();
	const account = (name: string, label: string, index: number): SandboxAccount => ({
		uid: newUid(random),
		name,
		label,
		createdAt: now - 90 * dayMs + index * 60_000,
	});
	const main = account('', '', 0);
	// Letters of both cases, a sign and a digit whatever chance brings, as the exchange demands.
	const passphrase = `Sb-${hex(random, 8)}-1`;
	const key = newKey(
		{
			uid: main.uid,
			label: 'main',
			permissions: ['read', 'trade'],
			ip: ['127.0.0.1', '::1'],
			environment: 'live',
			type: 'api',
			passphrase,
		},
		now,
		random,
	);
	const state: SandboxState = {
		version: 1,
		accounts: [main, account('gridbots01', 'Grid bots', 1), account('quantdesk01', 'Quant desk', 2)],
		kycLevel: '2',
		keys: [key],
	};
	return {state, main: {apiKey: key.apiKey, secretKey: new Secret(key.secretKey), passphrase: new Secret(passphrase)}};
}
