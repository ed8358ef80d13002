import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {largestContent} from '../../source/vault/format/encode.ts';
import {largest} from '../../source/vault/store/file-guard.ts';
import {storedKey} from '../helpers/keys.ts';
import {adding, failureOf, ids, newVault, openable, opener} from './world.ts';

/** A key that alone fills a vault but for `free` bytes. */
function filling(free: number) {
	const bare = Buffer.byteLength(
		JSON.stringify({
			keys: [
				{
					...storedKey(),
					credential: {
						apiKey: storedKey().credential.apiKey,
						secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
						passphrase: 'Correct-Horse9!',
					},
				},
			],
		}),
	);
	return storedKey({description: 'x'.repeat(largestContent(largest) - bare - free)});
}

describe('the most that a vault can hold', () => {
	it('disk-blamed-for-large-vault: what would be larger is refused as that, and nothing is lost', async () => {
		const {vault, path} = await newVault();
		await vault.change(adding('a'));
		const before = readFileSync(path);
		const refusal = {
			code: 'vault-too-large',
			exit: 'usage',
			message: `The vault ${path} would be larger than 64 MiB, the most that a vault can hold; nothing was saved.`,
			hint: 'Shorten what you were adding, or store it in another vault.',
		};
		expect(await failureOf(vault.change(content => ({...content, keys: [...content.keys, filling(0)]})))).toMatchObject(
			refusal,
		);
		expect(
			await failureOf(() => {
				vault.checkRoom({keys: [filling(-1)]});
			}),
		).toMatchObject(refusal);
		expect(readFileSync(path)).toEqual(before);
		expect(ids(vault)).toEqual(['a']);
		await vault.change(adding('b'));
		expect(ids(vault)).toEqual(['a', 'b']);
	});

	it('is what can be read again, to the last byte', async () => {
		const {vault, path} = await newVault();
		const key = filling(1024);
		expect(() => {
			vault.checkRoom({keys: [key]});
		}).not.toThrow();
		await vault.change(content => ({...content, keys: [key]}));
		const longer = (by: number) => ({...vault.read(), keys: [{...key, description: key.description + 'x'.repeat(by)}]});
		expect(() => {
			vault.checkRoom(longer(vault.room()));
		}).not.toThrow();
		expect(() => {
			vault.checkRoom(longer(vault.room() + 1));
		}).toThrow();
		expect(readFileSync(path).length).toBeLessThanOrEqual(largest);
		const again = openable(path);
		await again.unlock(opener);
		expect(again.read().keys[0]!.description).toHaveLength(key.description.length);
	});
});
