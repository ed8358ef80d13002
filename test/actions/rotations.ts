import {expect} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {liveKeys, shownKeys} from '../../source/actions/keys.ts';
import {beginRotation, handOver} from '../../source/actions/rotate.ts';
import {finishRotation} from '../../source/actions/rotation-end.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {fakeContext} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';

export const at = 1_800_000_000_000;
export const manager = storedKey({
	id: 'm',
	name: 'main',
	permissions: ['read', 'trade'],
	ip: ['127.0.0.1'],
	credential: credentialWith({apiKey: 'main'}),
});
export const grid = storedKey({
	name: 'grid',
	description: 'night grid',
	label: 'grid',
	tags: ['eu'],
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7'],
	account: {kind: 'sub', subAccount: 'quantdesk01', mainUid: '1'},
	createdAt: at - 1000,
	expiresAt: at + 4000,
	uses: [{at, by: 'exec', program: 'bot.py'}],
});

/** A vault with a key of a sub-account and the one that manages it, and the exchange that has the first. */
export function desk(keys: readonly StoredKey[] = [manager, grid]) {
	const fake = fakeContext({keys}, {sandbox: false});
	const {credential, permissions, ip} = grid;
	fake.listed.push({label: 'grid', apiKey: credential.apiKey, permissions, ip, createdAt: 1});
	return fake;
}

export type Desk = ReturnType<typeof desk>;

export const untested = {test: false} as const;

/** The whole of it, without a test of the new key. */
export async function rotate(context: Context) {
	const handedOver = await handOver(context, await beginRotation(context, 'a1'), untested);
	return finishRotation(context, handedOver);
}

/** The one key that both sides have, and nothing else of a rotation. */
export function agreed({vault, listed}: Desk): StoredKey {
	const content = vault.read();
	expect(content.operations).toBeUndefined();
	expect(shownKeys(content).map(({name, status}) => [name, status])).toEqual([
		['grid', 'active'],
		['main', 'active'],
	]);
	const [key] = liveKeys(content);
	expect(listed.map(({apiKey}) => apiKey)).toEqual([key!.credential.apiKey]);
	expect(content.keys.filter(({status}) => status !== 'revoked')).toHaveLength(2);
	expect(content.keys.filter(({rotation, freeze}) => rotation ?? freeze)).toEqual([]);
	return key!;
}
