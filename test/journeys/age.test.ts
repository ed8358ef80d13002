import {execFileSync, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasTmux, Home, run, Terminal, type Run} from './program.ts';
import {vaultIn, type TestVault} from './vaults.ts';

const hasAge = spawnSync('age', ['--version']).status === 0;
const agePassphrase = 'eight words are plenty for a file';
let home: Home;
/** The home's vault as it was at first. */
let fresh: TestVault;
let agePassphraseFile: string;
let secrets: readonly string[];

type Exported = {
	readonly name: string;
	readonly apiKey: string;
	readonly secretKey: string;
	readonly passphrase: string;
	readonly permissions: readonly string[];
	readonly tags: readonly string[];
};

/** A command on the sandbox vault, or on another one beside it. */
async function sandbox(
	words: readonly string[],
	{vault, input}: {readonly vault?: string; readonly input?: string} = {},
): Promise<Run> {
	const where = vault === undefined ? [] : ['--vault', home.file(vault)];
	const result = await run(home, [...words, ...where, ...fresh.opened], input === undefined ? {} : {input});
	// Whatever is done here, a secret is only ever inside what age made.
	for (const secret of secrets) expect(result.out + result.err, words.join(' ')).not.toContain(secret);
	return result;
}

/** Another vault of the sandbox, beside that of the home. */
function newVault(vault: string): string {
	fs.copyFileSync(fresh.path, home.file(vault));
	return vault;
}

async function listOf(vault?: string): Promise<readonly Record<string, unknown>[]> {
	return JSON.parse((await sandbox(['list', '--json'], vault === undefined ? {} : {vault})).out) as Record<
		string,
		unknown
	>[];
}

function hashOf(name: string): string {
	return createHash('sha256')
		.update(fs.readFileSync(home.file(name)))
		.digest('hex');
}

/** A new identity of age, in a file; gives its recipient. */
function keygen(name: string): string {
	return /(age1\S+)/.exec(spawnSync('age-keygen', ['-o', home.file(name)], {encoding: 'utf8'}).stderr)![1]!;
}

function ageDecrypt(name: string, identity = 'id.txt'): string {
	return execFileSync('age', ['-d', '-i', home.file(identity), home.file(name)], {encoding: 'utf8'});
}

// Debian's age, which .ci/run installs, is the other side of every journey here; without it they are skipped.
describe.skipIf(!hasAge)('keys go out in an age file and come back', () => {
	let recipient: string;

	beforeAll(async () => {
		home = new Home();
		fresh = await vaultIn(new Home(), 'sandbox');
		await vaultIn(home, 'sandbox');
		agePassphraseFile = home.passphraseFile(agePassphrase, 'age-passphrase');
		secrets = [];
		recipient = keygen('id.txt');
		expect(
			await sandbox(['create', '网格🔑', '--perm', 'trade', '--ip', '127.0.0.1', '--description', 'grid “ÉTH”']),
		).toMatchObject({status: 0});
		expect(await sandbox(['edit', '网格🔑', '--tag', 'night,eu', '--yes'])).toMatchObject({status: 0});
		expect(
			await sandbox(['export', '--all', '--age-recipient', recipient, '--output', home.file('all.age')]),
		).toMatchObject({status: 0, out: '', err: expect.stringContaining('2 keys were encrypted into') as string});
		secrets = (JSON.parse(ageDecrypt('all.age')) as Exported[]).flatMap(key => [key.secretKey, key.passphrase]);
		expect(secrets).toHaveLength(4);
	});
	afterAll(() => {
		home.remove();
		fresh.home.remove();
	});

	test('age -d opens it: JSON with every field, in a file that only its owner reads', () => {
		expect(fs.statSync(home.file('all.age')).mode & 0o777).toBe(0o600);
		const keys = JSON.parse(ageDecrypt('all.age')) as Exported[];
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

	test('a file that is there is never overwritten, and nothing is asked before that is said', async () => {
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

	test('import into another vault brings them all back, and again brings nothing', async () => {
		const vault = newVault('second.json');
		expect(await sandbox(['remove', 'main', '--yes'], {vault})).toMatchObject({status: 0});
		const words = ['import', home.file('all.age'), '--identity', home.file('id.txt'), '--no-test'];
		const before = hashOf(vault);
		expect(await sandbox([...words, '--dry-run'], {vault})).toMatchObject({
			status: 0,
			out: '1. main: would be stored.\n2. 网格🔑: would be stored.\n',
		});
		expect(hashOf(vault)).toBe(before);
		expect(await sandbox(words, {vault})).toMatchObject({
			status: 0,
			out: '1. main: stored.\n2. 网格🔑: stored.\n',
			err: '2 of 2 stored, 0 here already, 0 refused.\n',
		});
		expect(await listOf(vault)).toEqual(await listOf());
		expect(await sandbox([...words, '--json'], {vault})).toMatchObject({
			status: 0,
			out: expect.stringMatching(/"outcome": "skipped"[^]*"outcome": "skipped"/) as string,
		});
	});

	test.each([
		['binary', []],
		['armored', ['-a']],
	])('what age -e made around the same JSON comes in too: %s', async (kind, words) => {
		const vault = newVault(`from-age-${kind}.json`);
		const sealed = execFileSync('age', ['-e', ...words, '-r', recipient], {
			input: JSON.stringify([
				{
					name: 'hand',
					site: 'sandbox',
					apiKey: '7e5f0a11-2b3c-4d5e-8f90-a5b4c3d2e1f1',
					secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
					passphrase: 'Made-By-Hand1!',
				},
			]),
		});
		fs.writeFileSync(home.file(`${kind}.age`), sealed);
		expect(
			await sandbox(['import', home.file(`${kind}.age`), '--identity', home.file('id.txt'), '--no-test'], {vault}),
		).toMatchObject({status: 0, out: '1. hand: stored.\n'});
		expect((await listOf(vault)).map(({name}) => name)).toEqual(['hand', 'main']);
	});

	test('a pipe from age -d needs no identity here; standard output is binary, or armored on demand', async () => {
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

	test('a key that works is tested and stored; the exit status is the smallest that is not 0', async () => {
		const vault = 'tested.json';
		fs.copyFileSync(home.file('.config/okx-keys/sandbox.json'), home.file(vault));
		expect(await sandbox(['remove', '网格🔑', '--yes'], {vault})).toMatchObject({status: 0});
		const [, key] = JSON.parse(ageDecrypt('all.age')) as [Exported, Exported];
		const input = JSON.stringify([
			{...key, name: 'bad', apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6'},
			key,
			{...key, name: 'main', apiKey: 'other'},
		]);
		const {status, out} = await sandbox(['import', '-'], {vault, input});
		expect(out).toMatch(
			/^1\. bad: not stored\. .*\n2\. 网格🔑: stored\. The key works: read, trade\.\n3\. main: not stored\. A key called main is already in this vault\. Choose another name\.\n$/,
		);
		expect(status).toBe(2);
		expect(
			(
				await sandbox(['import', '-'], {
					vault,
					input: JSON.stringify([{...key, name: 'bad', apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6'}]),
				})
			).status,
		).toBe(21);
	});

	test('what does not open is told apart, and changes nothing', async () => {
		const vault = newVault('refusing.json');
		keygen('other.txt');
		const sealed = fs.readFileSync(home.file('all.age'));
		fs.writeFileSync(home.file('cut.age'), sealed.subarray(0, 100));
		fs.writeFileSync(home.file('changed.age'), Buffer.concat([sealed.subarray(0, -1), Buffer.of(sealed.at(-1)! ^ 1)]));
		fs.writeFileSync(home.file('noise.bin'), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
		fs.writeFileSync(home.file('id-open.txt'), fs.readFileSync(home.file('id.txt')), {mode: 0o644});
		fs.writeFileSync(home.file('long.json'), Buffer.alloc(26 * 1024 * 1024, 0x20));
		const identity = ['--identity', home.file('id.txt')];
		const before = hashOf(vault);
		for (const [words, status, sentence] of [
			[['all.age'], 2, 'is encrypted for the holder of an identity'],
			[['all.age', '--identity', home.file('other.txt')], 11, 'was not encrypted for this identity'],
			[['all.age', '--age-passphrase-file', agePassphraseFile], 2, 'is encrypted for the holder of an identity'],
			[['all.age', '--identity', home.file('id-open.txt')], 2, 'can be read by others'],
			[['all.age', '--identity', home.file('no-such.txt')], 2, 'There is no identity file '],
			[['all.age', '--identity', fresh.passphraseFile], 2, 'has no age identity in line 1'],
			[['cut.age', ...identity], 2, 'its end is missing'],
			[['changed.age', ...identity], 2, 'something in it was changed, or its end is missing'],
			[['noise.bin'], 2, 'is not'],
			[['long.json'], 2, 'is longer than 24 MiB'],
			[['no-such.age'], 2, 'There is no file '],
			[['.'], 2, 'cannot be read (it is a folder)'],
			[['refusing.json'], 2, 'is a vault, not a list of keys'],
			[['refusing.json', ...identity], 2, 'is a vault, not a list of keys'],
		] as const) {
			const [name, ...rest] = words;
			expect(await sandbox(['import', home.file(name), ...rest, '--no-test'], {vault}), words.join(' ')).toMatchObject({
				status,
				out: '',
				err: expect.stringContaining(sentence) as string,
			});
		}

		expect(hashOf(vault)).toBe(before);
	}, 90_000);

	test('the words of export are judged before the vault is opened', async () => {
		for (const [words, sentence] of [
			[['--all'], 'this version writes it only encrypted'],
			[['--age-recipient', recipient], 'No key given'],
			[['--all', 'main', '--age-recipient', recipient], 'exclude each other'],
			[['--all', '--age-recipient', recipient, '--age-passphrase'], 'cannot be both'],
			[['--all', '--age-recipient', recipient, '--age-recipient', 'ssh-ed25519 AAAA'], 'An SSH key is no recipient'],
			[['--all', '--age-recipient', recipient.slice(0, -1)], 'mistyped or cut short'],
			[['--all', '--format', 'xml', '--age-recipient', recipient], '--format takes json'],
		] as const) {
			// No passphrase is given: whoever wanted to ask for it would end with 4.
			expect(await run(home, ['export', ...words, '--sandbox']), words.join(' ')).toMatchObject({
				status: 2,
				out: '',
				err: expect.stringContaining(sentence) as string,
			});
		}

		expect(await sandbox(['export', 'nobody', '--age-recipient', recipient])).toMatchObject({status: 10, out: ''});
	});

	test('several recipients each open it', async () => {
		const second = keygen('second.txt');
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
		expect(ageDecrypt('two.age', 'second.txt')).toBe(ageDecrypt('two.age'));
	});

	test.skipIf(!hasTmux)(
		'a passphrase is typed twice here and once into age, and the other way round',
		async () => {
			const terminal = new Terminal(home, {columns: 120});
			try {
				terminal.type('cd; clear');
				terminal.press('Enter');
				terminal.start('export', '--all', '--age-passphrase', '--output', 'typed.age', ...fresh.opened);
				await terminal.see('New passphrase for the age file:');
				terminal.type(agePassphrase);
				terminal.press('Enter');
				await terminal.see('The same again:');
				terminal.type(agePassphrase);
				terminal.press('Enter');
				await terminal.see('keys were encrypted into typed.age');
				terminal.type('age -d -o typed.out typed.age && echo "opened $?"');
				terminal.press('Enter');
				await terminal.see('Enter passphrase:');
				terminal.type(agePassphrase);
				terminal.press('Enter');
				await terminal.see('opened 0');
				expect(JSON.parse(fs.readFileSync(home.file('typed.out'), 'utf8'))).toEqual(
					expect.arrayContaining([expect.objectContaining({name: 'main'})]),
				);

				terminal.type('clear; age -e -p -a -o by-age.age typed.out; rm typed.out; echo "sealed $?"');
				terminal.press('Enter');
				await terminal.see('Enter passphrase');
				terminal.type(agePassphrase);
				terminal.press('Enter');
				await terminal.see('Confirm passphrase:');
				terminal.type(agePassphrase);
				terminal.press('Enter');
				await terminal.see('sealed 0');
				terminal.start('import', 'by-age.age', '--no-test', ...fresh.opened);
				await terminal.see('Passphrase of the age file:');
				terminal.type('not this one');
				terminal.press('Enter');
				await terminal.see('does not open with this passphrase');
				expect(terminal.history()).not.toContain(agePassphrase);
			} finally {
				terminal.close();
			}

			expect(
				await sandbox(['import', home.file('by-age.age'), '--age-passphrase-file', agePassphraseFile, '--no-test']),
			).toMatchObject({
				status: 0,
				out: expect.stringContaining('1. main: skipped. This API key is already stored here as main.') as string,
			});
		},
		90_000,
	);

	test.skipIf(!hasTmux)('a terminal gets text, and two passphrases that differ make nothing', async () => {
		const terminal = new Terminal(home, {columns: 120, rows: 40});
		try {
			terminal.start('export', 'main', '--age-recipient', recipient, ...fresh.opened);
			await terminal.see('-----END AGE ENCRYPTED FILE-----');
			terminal.type('cd; clear');
			terminal.press('Enter');
			terminal.start('export', 'main', '--age-passphrase', '--output', 'never.age', ...fresh.opened);
			await terminal.see('New passphrase for the age file:');
			terminal.type('a long passphrase');
			terminal.press('Enter');
			await terminal.see('The same again:');
			terminal.type('a long passphraze');
			terminal.press('Enter');
			await terminal.see('The two passphrases differ; nothing was written.');
			expect(fs.existsSync(home.file('never.age'))).toBe(false);
		} finally {
			terminal.close();
		}
	});

	test('a passphrase that is soon guessed is refused', async () => {
		const short = home.passphraseFile('seven77', 'short');
		expect(await sandbox(['export', 'main', '--age-passphrase-file', short])).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringContaining('7 characters, which is too few') as string,
		});
	});

	test('no secret is in any file that was written, but sealed', () => {
		expect(secrets.length).toBeGreaterThan(0);
		for (const {name, bytes} of home.files()) {
			for (const secret of secrets) expect(bytes.includes(secret), `${name} holds a secret`).toBe(false);
		}
	});
});
