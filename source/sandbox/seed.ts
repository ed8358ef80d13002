import type {Credential} from '../core/key/key.ts';
import type {Random} from '../core/random.ts';
import {Secret} from '../core/secret.ts';
import {dayMs} from '../core/text/time.ts';
import {hex, newKey, type SandboxAccount, type SandboxKey, type SandboxState} from './state.ts';

/**
 * The credential of a key that the exchange has and the vault has not, so that one can be found and imported. It is
 * the same in every sandbox, and docs/sandbox.md prints it.
 */
export const strayCredential = {
	apiKey: '5a4db0c5-0000-4000-a000-00000000c0de',
	secretKey: '5A4DB0C50000000000000000FEEDC0DE',
	passphrase: 'Sandbox-1',
} as const;

function newUid(random: Random): string {
	const digits = BigInt(`0x${hex(random, 8)}`) % 900_000_000_000_000_000n;
	return String(digits + 100_000_000_000_000_000n);
}

/**
 * A verified main account with one main key, bound to this machine, with its credential. Two sub-accounts have no keys,
 * one has a key that no vault knows, and one is frozen and has another.
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
	const abandoned = account('oldbots01', 'Old bots', 1);
	const frozen: SandboxAccount = {...account('pausedbots01', 'Paused bots', 2), frozen: true};
	// Both cases, a sign and a digit for certain, as the exchange demands.
	const passphrase = `Sb-${hex(random, 8)}-1`;
	const bound = {ip: ['127.0.0.1', '::1'], environment: 'live', type: 'api'} as const;
	const key = newKey({...bound, uid: main.uid, label: 'main', permissions: ['read', 'trade'], passphrase}, now, random);
	const stray = (uid: string, label: string, random: Random): SandboxKey =>
		newKey(
			{...bound, uid, label, permissions: ['read', 'trade'], passphrase: strayCredential.passphrase},
			now - 60 * dayMs,
			random,
		);
	const {apiKey, secretKey} = strayCredential;
	const state: SandboxState = {
		version: 1,
		accounts: [main, account('gridbots01', 'Grid bots', 3), account('quantdesk01', 'Quant desk', 4), abandoned, frozen],
		kycLevel: '2',
		keys: [
			key,
			{...stray(abandoned.uid, 'telegrambot', random), apiKey, secretKey},
			stray(frozen.uid, 'pausedbot', random),
		],
	};
	return {state, main: {apiKey: key.apiKey, secretKey: new Secret(key.secretKey), passphrase: new Secret(passphrase)}};
}
