import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {run} from './program.ts';
import {passphrase} from './vaults.ts';

describe.concurrent('secrets', () => {
	test('are printed only by show --reveal', async ({sandbox}) => {
		const {secretKey, passphrase: own} = await sandbox.json<{readonly secretKey: string; readonly passphrase: string}>(
			'show',
			'main',
			'--reveal',
		);
		expect(secretKey).toMatch(/^[\dA-F]{32}$/);
		for (const words of [
			['list'],
			['list', '--json'],
			['show', 'main'],
			['show', 'main', '--json'],
			['test', 'main'],
			['test', 'main', '--json'],
			['create', 'bot7'],
			['edit', 'bot7', '--perm', 'trade', '--yes'],
		]) {
			const {out, err} = await sandbox.run(...words);
			expect(out + err).not.toContain(secretKey);
			expect(out + err).not.toContain(own);
		}
	});

	test('masked-text-taken-for-the-key: JSON has apiKey only with --reveal, else a masked text by another name', async ({
		sandbox,
	}) => {
		const {apiKey, apiKeyMasked} = await sandbox.json<Record<string, string>>('show', 'main', '--reveal');
		expect(apiKey).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
		expect(apiKeyMasked).toBe(`${apiKey!.slice(0, 4)}••••${apiKey!.slice(-4)}`);
		const shown = [
			await sandbox.json('show', 'main'),
			await sandbox.json('edit', 'main', '--tag', 'x'),
			await sandbox.json('create', 'bot8'),
			await sandbox.json('remove', 'bot8', '--yes'),
			await sandbox.json('restore-key', 'bot8'),
			...(await sandbox.json<object[]>('list')),
		];
		for (const key of shown) {
			expect(key).toHaveProperty('apiKeyMasked', expect.stringContaining('••••'));
			expect(key).not.toHaveProperty('apiKey');
		}
	});

	test('are in no file that was written, but inside the sealed envelope', async ({home, sandbox}) => {
		await sandbox.done('create', 'bot1');
		const keys = await sandbox.json<{readonly name: string}[]>('list');
		for (const {name} of keys) {
			const {
				apiKey,
				secretKey,
				passphrase: own,
			} = await sandbox.json<{readonly apiKey: string; readonly secretKey: string; readonly passphrase: string}>(
				'show',
				name,
				'--reveal',
			);
			for (const {name: where, bytes} of home.files()) {
				for (const secret of [apiKey, secretKey, own])
					expect(bytes.includes(secret), `${where} holds a secret of ${name}`).toBe(false);
			}
		}

		expect(
			home.files().filter(({name, bytes}) => name !== sandbox.passphraseFile && bytes.includes(passphrase)),
		).toEqual([]);
	});

	test('secret-in-argv: are refused on the command line, and not repeated', async ({home}) => {
		const {status, out, err} = await run(home, ['add', 'x', '--secret-key=CANARY']);
		expect(status).toBe(2);
		expect(err).toContain('No secret is taken on the command line');
		expect(out + err).not.toContain('CANARY');
	});
});
