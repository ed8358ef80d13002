import {fakeContext} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';

export const apiKey = '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6';

export const key = storedKey({site: 'sandbox', permissions: ['read'], ip: ['203.0.113.7']});

export function world(wanted: Parameters<typeof fakeContext>[1] = {}) {
	const made = fakeContext({keys: [key, storedKey({id: 'b2', name: 'bot2'})], sandbox: {}}, wanted);
	made.listed.push({label: 'bot1', apiKey, permissions: ['read'], ip: ['203.0.113.7'], createdAt: 0});
	return made;
}
