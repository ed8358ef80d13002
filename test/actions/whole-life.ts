import crypto from 'node:crypto';
import {onTestFinished, vi} from 'vitest';
import {acceptLive} from '../../source/actions/accept.ts';
import type {Context} from '../../source/actions/context.ts';
import {editKey} from '../../source/actions/edit.ts';
import {thawKey} from '../../source/actions/freeze.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {handOver} from '../../source/actions/rotate.ts';
import {abortRotation, finishRotation} from '../../source/actions/rotation-end.ts';
import {testKey} from '../../source/actions/test.ts';
import {restoreKey, trashedKeys} from '../../source/actions/trash.ts';
import {isAppError} from '../../source/core/errors.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {creationsIn, isOnExchange, rotationsIn} from '../../source/core/key/operation.ts';
import {createExchange} from '../../source/exchange/client.ts';
import {startSandbox} from '../../source/sandbox/server.ts';
import {seedSandbox} from '../../source/sandbox/seed.ts';
import {memoryStorage} from '../../source/sandbox/storage.ts';
import {fakeVault} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {settingsAt} from '../helpers/settings.ts';
import {stopTime} from '../helpers/time.ts';
import {bots, subAccounts} from './deeds.ts';
import {otherClient} from './other-client.ts';

/** An exchange of its own on loopback, and a vault with the key that manages the sub-accounts. */
export async function desk() {
	// The limits of the exchange count by this clock, which each call moves on.
	stopTime('performance');
	const clock = () => Date.now();
	const random = (bytes: number): Uint8Array => crypto.randomBytes(bytes);
	const {state, main: credential} = seedSandbox({clock, random});
	const sandbox = await startSandbox({storage: memoryStorage(state), clock, random});
	onTestFinished(async () => sandbox.close());
	const site = sandbox.baseUrl.origin;
	const {permissions, ip} = {permissions: ['read', 'trade'], ip: ['127.0.0.1', '::1']} as const;
	const manager = storedKey({id: 'm', name: 'main', label: 'main', site, permissions, ip, credential});
	const vault = fakeVault({keys: [manager]});
	const context: Context = {
		vault,
		exchange: {
			...createExchange({clock}),
			async call(name, ...given) {
				vi.advanceTimersByTime(6000);
				return createExchange({clock}).call(name, ...given);
			},
		},
		clock,
		random,
		sandbox: false,
		readonly: false,
		seed: () => ({keys: []}),
		settings: settingsAt(),
	};
	return {context, manager, url: sandbox.baseUrl};
}

/** What the program itself offers for whatever was cut off: nothing more than a person can do. */
export async function settle(context: Context): Promise<void> {
	const {vault} = context;
	for (const {id} of trashedKeys(vault.read())) await restoreKey(context, id).catch(() => undefined);
	for (const operation of rotationsIn(vault.read())) {
		await abortRotation(context, operation).catch(async (error: unknown) => {
			if (!isAppError(error, 'rotation-past-abort')) throw error;
			await finishRotation(context, await handOver(context, operation, {test: false}));
		});
	}

	for (const {id} of creationsIn(vault.read())) await revokeKey(context, id);
	for (const {id, status, freeze} of bots(context)) {
		if (status === 'revoked') continue;
		const {exchangeCode} = await testKey(context, id, {testsFrozen: true});
		if (exchangeCode !== '50119' && freeze) {
			await thawKey(context, id, {keepReadOnly: false});
			await testKey(context, id);
		}

		if (exchangeCode === '50119') await revokeKey(context, id);
		else await editKey(context, acceptLive(context, id));
	}
}

/** The keys that the vault says are on the exchange, as the exchange lists them. */
export function told({vault}: Context): readonly string[] {
	return vault
		.read()
		.keys.filter(key => key.id !== 'm' && isOnExchange(key))
		.map(({account, credential, label, permissions, ip}) =>
			lineOf(account.subAccount!, credential.apiKey, label!, permissions, ip),
		)
		.toSorted();
}

function lineOf(
	subAccount: string,
	apiKey: string,
	label: string,
	permissions: readonly string[],
	ip: readonly string[],
): string {
	return [subAccount, apiKey, label, permissions.join('+'), ip.toSorted().join('+')].join(' ');
}

/** The keys that another client finds on the exchange. */
export async function found(url: URL, {credential}: StoredKey): Promise<readonly string[]> {
	const keysOf = otherClient(url, credential);
	const lines: string[] = [];
	for (const subAccount of subAccounts) {
		vi.advanceTimersByTime(6000);
		for (const {apiKey, label, perm, ip} of await keysOf(subAccount)) {
			const permissions = perm.split(',').map(word => (word === 'read_only' ? 'read' : word));
			lines.push(lineOf(subAccount, apiKey, label, permissions, ip === '' ? [] : ip.split(',')));
		}
	}

	return lines.toSorted();
}
