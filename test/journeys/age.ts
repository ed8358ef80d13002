import {createHash} from 'node:crypto';
import fs from 'node:fs';
import {expect} from 'vitest';
import {keysIn} from './age-file.ts';
import {test as journey} from './journey.ts';
import type {Run} from './program.ts';
import {vaultIn} from './vaults.ts';

type Given = {readonly vault?: string; readonly input?: string};

/**
 * A test with a sandbox vault of two keys, `all.age`, which has both, and `id.txt`, which opens that. Whatever the test
 * does, a secret is only ever inside what age made.
 */
export const test = journey
	.extend('vault', async ({home}) => vaultIn(home, 'exported'))
	.extend('age', ({home, vault}, {onCleanup}) => {
		const keys = keysIn(home, 'all.age');
		const secrets = keys.flatMap(({secretKey, passphrase}) => [secretKey, passphrase]);
		expect(secrets).toHaveLength(4);
		onCleanup(() => {
			for (const {name, bytes} of home.files())
				for (const secret of secrets) expect(bytes.includes(secret), `${name} holds a secret`).toBe(false);
		});
		/** A command on the vault, or on another one beside it. */
		const sandbox = async (words: readonly string[], {vault: other, input = ''}: Given = {}): Promise<Run> => {
			const where = other === undefined ? [] : ['--vault', home.file(other)];
			const result = await vault.runWith({input}, ...words, ...where);
			for (const secret of secrets) expect(result.out + result.err, words.join(' ')).not.toContain(secret);
			return result;
		};
		return {
			/** What age itself finds in `all.age`. */
			keys,
			recipient: /(age1\S+)/.exec(fs.readFileSync(home.file('id.txt'), 'utf8'))![1]!,
			sandbox,
			/** Another vault of the sandbox, beside that of the home, as it was before its second key. */
			newVault(name: string): string {
				fs.copyFileSync(home.file('before.json'), home.file(name));
				return name;
			},
			async list(given: Given = {}): Promise<readonly Record<string, unknown>[]> {
				return JSON.parse((await sandbox(['list', '--json'], given)).out) as Record<string, unknown>[];
			},
			hashOf(name: string): string {
				return createHash('sha256')
					.update(fs.readFileSync(home.file(name)))
					.digest('hex');
			},
		};
	});
