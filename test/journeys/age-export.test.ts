import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {decrypt, hasAge, keygen} from './age-file.ts';
import {test} from './age.ts';
import {run} from './program.ts';

describe.skipIf(!hasAge).concurrent('keys go out in an age file', () => {
	test('age -d opens it: JSON with every field, in a file that only its owner reads', ({home, age: {keys}}) => {
		expect(fs.statSync(home.file('all.age')).mode & 0o777).toBe(0o600);
		expect(keys.map(({name}) => name)).toEqual(['main', '网格🔑']);
		expect(keys[1]).toMatchObject({
			description: 'grid “ÉTH”',
			env: 'live',
			site: 'sandbox',
			permissions: ['read', 'trade'],
			ip: ['127.0.0.1'],
			tags: ['night', 'eu'],
			account: {kind: 'main'},
		});
	});

	test('a file that is there is never overwritten, and nothing is asked before that is said', async ({
		home,
		age: {sandbox, hashOf, recipient},
	}) => {
		const before = hashOf('all.age');
		expect(
			await run(home, ['export', '--all', '--age-passphrase', '--output', home.file('all.age'), '--sandbox']),
		).toMatchObject({status: 2, err: expect.stringContaining('it is not overwritten') as string});
		expect(hashOf('all.age')).toBe(before);
		fs.symlinkSync(home.file('nowhere'), home.file('link.age'));
		expect(
			await sandbox(['export', '--all', '--age-recipient', recipient, '--output', home.file('link.age')]),
		).toMatchObject({status: 2});
		expect(fs.existsSync(home.file('nowhere'))).toBe(false);
	});

	test('a pipe from age -d needs no identity here; standard output is binary, or armored on demand', async ({
		home,
		age: {sandbox, newVault, recipient},
	}) => {
		const vault = newVault('piped.json');
		const armored = await sandbox(['export', '网格🔑', '--age-recipient', recipient, '--armor']);
		expect(armored).toMatchObject({
			status: 0,
			out: expect.stringMatching(
				/^-----BEGIN AGE ENCRYPTED FILE-----\n[^]*-----END AGE ENCRYPTED FILE-----\n$/,
			) as string,
			err: '1 key was encrypted.\n',
		});
		expect((await sandbox(['export', '网格🔑', '--age-recipient', recipient])).out).toMatch(
			/^age-encryption\.org\/v1\n/,
		);
		const clear = execFileSync('age', ['-d', '-i', home.file('id.txt')], {input: armored.out, encoding: 'utf8'});
		expect(await sandbox(['import', '--no-test'], {vault, input: clear})).toMatchObject({
			status: 0,
			out: '1. 网格🔑: stored.\n',
		});
	});

	test('the words of export are judged before the vault is opened', async ({home, age: {sandbox, recipient}}) => {
		for (const [words, sentence] of [
			[['--all'], 'nothing says that they may be written in clear'],
			[['--age-recipient', recipient], 'No key given'],
			[['--all', 'main', '--age-recipient', recipient], 'exclude each other'],
			[['--all', '--age-recipient', recipient, '--age-passphrase'], 'cannot be both'],
			[
				['--all', '--age-recipient', recipient, '--age-recipient', 'ssh-ed25519 AAAA'],
				'An SSH key cannot be a recipient here',
			],
			[['--all', '--age-recipient', recipient.slice(0, -1)], 'mistyped or cut short'],
			[['--all', '--format', 'xml', '--age-recipient', recipient], '--format takes json, '],
		] as const) {
			// No passphrase is given: a question for it would end with 4.
			expect(await run(home, ['export', ...words, '--sandbox']), words.join(' ')).toMatchObject({
				status: 2,
				out: '',
				err: expect.stringContaining(sentence) as string,
			});
		}

		expect(await sandbox(['export', 'nobody', '--age-recipient', recipient])).toMatchObject({status: 10, out: ''});
	});

	test('several recipients each open it', async ({home, age: {sandbox, recipient}}) => {
		const second = keygen(home, 'second.txt');
		expect(
			await sandbox([
				'export',
				'main',
				'--age-recipient',
				recipient,
				'--age-recipient',
				second,
				'--output',
				home.file('two.age'),
				'--json',
			]),
		).toMatchObject({status: 0, out: expect.stringContaining('"keys"') as string});
		expect(decrypt(home, 'two.age', 'second.txt')).toBe(decrypt(home, 'two.age'));
	});

	test('a passphrase that is soon guessed is refused', async ({home, age: {sandbox}}) => {
		const short = home.passphraseFile('seven77', 'short');
		expect(await sandbox(['export', 'main', '--age-passphrase-file', short])).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringContaining('7 characters, which is too few') as string,
		});
	});
});
