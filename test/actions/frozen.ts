import type {StoredKey} from '../../source/core/key/key.ts';
import {fakeContext} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';

export const at = 1_800_000_000_000;
export const frozen = (wanted: Partial<StoredKey> = {}) => storedKey({status: 'frozen', freeze: {at}, ...wanted});
export const manager = storedKey({
	id: 'm',
	name: 'main',
	permissions: ['read', 'trade'],
	ip: ['127.0.0.1'],
	credential: credentialWith({apiKey: 'main'}),
});
export const managed = storedKey({
	createdAt: at,
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7'],
	account: {kind: 'sub', subAccount: 'quantdesk01'},
	lastTest: {
		at,
		ok: true,
		code: 0,
		cause: 'The key works.',
		latencyMs: 1,
		live: {permissions: ['read', 'trade'], ip: ['203.0.113.7'], label: 'bot1', uid: '2', mainUid: '1', kycLv: '2'},
	},
});

/** A key of a sub-account with a key that manages it, and the same key on the exchange. */
export function desk(key = managed, keys: readonly StoredKey[] = [manager]) {
	const fake = fakeContext({keys: [...keys, key]}, {sandbox: false});
	const {credential, permissions, ip} = managed;
	fake.listed.push({label: 'bot1', apiKey: credential.apiKey, permissions, ip, createdAt: 1});
	const stored = () => fake.vault.read().keys.find(({id}) => id === 'a1')!;
	const live = () => fake.listed[0]!.permissions;
	return {...fake, stored, live};
}
