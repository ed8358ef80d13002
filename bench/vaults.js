import {randomBytes, randomUUID} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {Secret} from '../source/core/secret.ts';
import {fileStoreAt} from '../source/vault/store/file.ts';
import {vaultIn} from '../source/vault/vault.ts';
import {storedKey} from '../test/helpers/keys.ts';

/** So many keys of some 640 bytes, no two with one API key. */
export function benchKeys(count) {
	return Array.from({length: count}, (_, index) =>
		storedKey({
			id: `id-${index}`,
			name: `key-${index}`,
			description: `Made for the bench ${'x'.repeat(180)}`,
			tags: ['bench'],
			createdAt: Date.now(),
			credential: {
				apiKey: randomUUID(),
				secretKey: new Secret(randomBytes(16).toString('hex').toUpperCase()),
				passphrase: new Secret('Correct-Horse9!'),
			},
		}),
	);
}

/** The vault at that path, as the program opens it. */
export function vaultAt(file) {
	return vaultIn({
		store: fileStoreAt({path: file, clock: Date.now}),
		clock: Date.now,
		random: randomBytes,
		kdf: {m: 19 * 1024, t: 2, p: 1},
	});
}

/**
 * Makes a vault of those keys in a new folder, left open. The recovery key, of which `recoveryFile` is a copy, opens it
 * without a KDF.
 */
export async function createVault(folder, keys) {
	const file = path.join(folder, 'vault.json');
	const recoveryFile = path.join(folder, 'recovery-key');
	const vault = vaultAt(file);
	const {recoveryKey} = await vault.create(new Secret('a passphrase for the bench'), {keys});
	fs.writeFileSync(recoveryFile, recoveryKey.reveal(), {mode: 0o600});
	return {file, vault, recoveryKey, recoveryFile};
}
