import {valuesOf} from '../../source/actions/program-values.ts';
import type {Credential, StoredKey} from '../../source/core/key/key.ts';
import type {CreateOperation, PlannedKey} from '../../source/core/key/operation.ts';
import {Secret} from '../../source/core/secret.ts';
import {siteUrl} from '../../source/exchange/sites.ts';
import type {PrintableKey} from '../../source/formats/format.ts';

/** A key as the vault keeps it, made up, with what a test wants otherwise. */
export function storedKey(wanted: Partial<StoredKey> = {}): StoredKey {
	return {
		id: 'a1',
		name: 'bot1',
		description: '',
		type: 'api',
		isTypeTold: true,
		environment: 'live',
		site: 'global',
		account: {kind: 'main'},
		label: null,
		permissions: ['read'],
		ip: [],
		status: 'active',
		tags: [],
		createdAt: 0,
		updatedAt: 0,
		lastUsedAt: null,
		lastTest: null,
		trashedAt: null,
		credential: {
			apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
			secretKey: new Secret('9F86D081884C7D659A2FEAA0C55AD015'),
			passphrase: new Secret('Correct-Horse9!'),
		},
		...wanted,
	};
}

/** The note of a creation in the sandbox that was cut off, made up, with what a test wants otherwise. */
export function creation(
	wanted: Partial<PlannedKey> = {},
	{id = 'p', startedAt = 0}: Partial<Pick<CreateOperation, 'id' | 'startedAt'>> = {},
): CreateOperation {
	return {
		kind: 'create',
		id,
		startedAt,
		key: {
			name: 'bot1',
			description: '',
			type: 'api',
			isTypeTold: true,
			environment: 'live',
			site: 'sandbox',
			account: {kind: 'main'},
			label: wanted.name ?? 'bot1',
			permissions: ['read'],
			ip: [],
			tags: [],
			trashedAt: null,
			...wanted,
		},
	};
}

/** A key as formats print it. */
export function printable(wanted: Partial<StoredKey> = {}, prefix = ''): PrintableKey {
	const key = storedKey(wanted);
	return {...key, prefix, values: () => valuesOf(key, siteUrl(key.site))};
}

/** The credential of a key, with one part otherwise. */
export function credentialWith(wanted: Partial<Record<'apiKey' | 'secretKey' | 'passphrase', string>>): Credential {
	const {apiKey, secretKey, passphrase} = storedKey().credential;
	return {
		apiKey: wanted.apiKey ?? apiKey,
		secretKey: new Secret(wanted.secretKey ?? secretKey.reveal()),
		passphrase: new Secret(wanted.passphrase ?? passphrase.reveal()),
	};
}
