import {createHash} from 'node:crypto';
import fs from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Home, run, runShell, type Run} from './program.ts';

const passphrase = 'a vault of one’s own';
let home: Home;
let file: string;

/** A command on the sandbox, its passphrase given by file. */
async function sandbox(...words: readonly string[]): Promise<Run> {
	return run(home, [...words, '--sandbox', '--passphrase-file', file]);
}

async function json<Result>(...words: readonly string[]): Promise<Result> {
	const {out, err} = await sandbox(...words, '--json');
	try {
		return JSON.parse(out) as Result;
	} catch {
		throw new Error(`No JSON: ${out}${err}`);
	}
}

function sandboxVault(): string {
	return home.file('.config/okx-keys/sandbox.json');
}

beforeAll(async () => {
	home = new Home();
	file = home.passphraseFile(passphrase);
	expect(await sandbox('init')).toMatchObject({status: 0});
});
afterAll(() => {
	home.remove();
});

describe('the life of a key', () => {
	test('a new sandbox vault holds the seeded main key, and it works', async () => {
		expect(await json('list')).toMatchObject([
			{
				name: 'main',
				permissions: ['read', 'trade'],
				ip: ['127.0.0.1', '::1'],
				account: {kind: 'main'},
				site: 'sandbox',
			},
		]);
		expect(await json('test', 'main')).toMatchObject([
			{name: 'main', ok: true, code: 0, live: {label: 'main', kycLv: '2'}, drift: []},
		]);
	});

	test('a key is made, tested, edited, tested again and revoked, each in a process of its own', async () => {
		expect(
			await sandbox('create', 'bot1', '--perm', 'trade', '--ip', '127.0.0.1', '--description', 'grid bot'),
		).toMatchObject({status: 0});
		expect(await json('test', 'bot1')).toMatchObject([{ok: true, live: {permissions: ['read', 'trade']}}]);
		expect(await sandbox('edit', 'bot1', '--perm', 'read', '--yes')).toMatchObject({
			status: 0,
			err: expect.stringMatching(/permissions: read, trade → read \(live on the exchange\)/) as string,
		});
		expect(await json('test', 'bot1')).toMatchObject([{ok: true, live: {permissions: ['read']}}]);
		expect(await sandbox('edit', 'bot1', '--name', 'grid', '--tag', 'night,eu')).toMatchObject({status: 0});
		expect(await json('show', 'grid')).toMatchObject({
			name: 'grid',
			description: 'grid bot',
			tags: ['night', 'eu'],
			permissions: ['read'],
		});
		expect(await sandbox('revoke', 'grid', '--yes')).toMatchObject({status: 0});
		expect(await json('test', 'grid')).toMatchObject([{ok: false, code: 21, exchangeCode: '50119'}]);
	});

	test('advice-to-restore-leads-nowhere: a key is removed, listed in the trash, and restored by the command that is suggested', async () => {
		expect(await sandbox('remove', 'grid', '--yes')).toMatchObject({status: 0});
		const again = `okx-keys --sandbox --passphrase-file ${file} restore-key grid`;
		expect(await sandbox('show', 'grid')).toMatchObject({
			status: 10,
			err: `okx-keys: There is no key called grid in this vault.\nIt is in the trash; ${again} brings it back.\n`,
		});
		expect(await json('list', '--trash')).toMatchObject([
			{name: 'grid', status: 'revoked', removedAt: expect.any(Number) as number},
		]);
		expect(await runShell(home, again)).toMatchObject({status: 0});
		expect(await sandbox('restore-key', 'grid')).toMatchObject({
			status: 10,
			err: expect.stringContaining('It is in use: ') as string,
		});
		expect(await sandbox('list', '--trash')).toMatchObject({status: 0, out: '', err: 'The trash is empty.\n'});
		expect(await json('show', 'grid')).toMatchObject({status: 'revoked'});
	});

	test('a key for a sub-account is made by the main key, and changed live by it', async () => {
		const accounts = await json<{readonly account: {readonly subAccount: string | null}}[]>('list');
		expect(accounts.every(({account}) => account.subAccount === null)).toBe(true);
		expect(await sandbox('create', 'sub1', '--sub-account', 'nosuchsub01')).toMatchObject({
			status: 21,
			err: expect.stringContaining('59510') as string,
		});
		expect(await json('list')).not.toContainEqual(expect.objectContaining({name: 'sub1'}));
	});
});

describe('secrets', () => {
	test('are printed only by show --reveal', async () => {
		const {secretKey, passphrase: own} = await json<{readonly secretKey: string; readonly passphrase: string}>(
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
			const {out, err} = await sandbox(...words);
			expect(out + err).not.toContain(secretKey);
			expect(out + err).not.toContain(own);
		}
	});

	test('masked-text-taken-for-the-key: JSON has apiKey only with --reveal, and otherwise a masked text under a name of its own', async () => {
		const {apiKey, apiKeyMasked} = await json<Record<string, string>>('show', 'main', '--reveal');
		expect(apiKey).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
		expect(apiKeyMasked).toBe(`${apiKey!.slice(0, 4)}••••${apiKey!.slice(-4)}`);
		const shown = [
			await json('show', 'main'),
			await json('edit', 'main', '--tag', 'x'),
			await json('create', 'bot8'),
			await json('remove', 'bot8', '--yes'),
			await json('restore-key', 'bot8'),
			...(await json<object[]>('list')),
		];
		for (const key of shown) {
			expect(key).toHaveProperty('apiKeyMasked', expect.stringContaining('••••'));
			expect(key).not.toHaveProperty('apiKey');
		}
	});

	test('are in no file that was written, but inside the sealed envelope', async () => {
		const keys = await json<{readonly name: string}[]>('list');
		for (const {name} of keys) {
			const {
				apiKey,
				secretKey,
				passphrase: own,
			} = await json<{readonly apiKey: string; readonly secretKey: string; readonly passphrase: string}>(
				'show',
				name,
				'--reveal',
			);
			for (const {name: where, bytes} of home.files()) {
				for (const secret of [apiKey, secretKey, own])
					expect(bytes.includes(secret), `${where} holds a secret of ${name}`).toBe(false);
			}
		}

		expect(home.files().filter(({name, bytes}) => name !== file && bytes.includes(passphrase))).toEqual([]);
	});

	test('secret-in-argv: are refused on the command line, and not repeated', async () => {
		const {status, out, err} = await run(home, ['add', 'x', '--secret-key=CANARY']);
		expect(status).toBe(2);
		expect(err).toContain('No secret is taken on the command line');
		expect(out + err).not.toContain('CANARY');
	});
});

describe('what is wrong with a key names its own cause', () => {
	test.each([
		['a wrong secret', {secretKey: '0123456789ABCDEF0123456789ABCDEF'}, [], 20, '50113'],
		['a wrong passphrase', {passphrase: 'Wrong-Horse9!'}, [], 20, '50105'],
		['the wrong environment', {}, ['--env', 'demo'], 24, '50101'],
		['a key that does not exist', {apiKey: '00000000-0000-4000-8000-000000000000'}, [], 21, '50119'],
		['a key that is none', {apiKey: 'nonsense'}, [], 20, '50111'],
	])('%s', async (_, wrong, words, status, exchangeCode) => {
		const {apiKey, secretKey, passphrase: own} = await json<Record<string, string>>('show', 'main', '--reveal');
		const input = JSON.stringify({apiKey, secretKey, passphrase: own, ...wrong});
		const elsewhere = new Home();
		try {
			// In a vault that does not know it yet; the same exchange, through the same state.
			fs.cpSync(home.path, elsewhere.path, {recursive: true});
			expect(await run(elsewhere, ['remove', 'main', '--yes', '--sandbox', '--passphrase-file', file])).toMatchObject({
				status: 0,
			});
			const {status: actual, err} = await run(
				elsewhere,
				['add', 'again', ...words, '--sandbox', '--passphrase-file', file],
				{input},
			);
			expect({status: actual, err}).toMatchObject({status, err: expect.stringContaining(exchangeCode) as string});
			expect(await run(elsewhere, ['show', 'again', '--sandbox', '--passphrase-file', file])).toMatchObject({
				status: 10,
			});
		} finally {
			elsewhere.remove();
		}
	});

	test('an address that is not on the list', async () => {
		expect(await sandbox('create', 'bound', '--ip', '203.0.113.7')).toMatchObject({status: 0});
		expect(await json('test', 'bound')).toMatchObject([
			{ok: false, code: 22, exchangeCode: '50110', cause: expect.stringContaining('127.0.0.1') as string},
		]);
	});
});

describe('bad input gets one sentence and its exit status', () => {
	test.each([
		['a name of 11 characters', ['create', 'elevenchars'], 2, /11 characters/],
		['an empty name', ['create', ''], 2, /needs a name/],
		['a name with a control character', ['create', 'a\u0007b'], 2, /\\u\{7\}/],
		['a name with a bidi mark', ['create', 'a\u202Eb'], 2, /\\u\{202e\}/],
		['a name that is taken', ['create', 'main'], 2, /already/],
		[
			'21 addresses',
			['create', 'x', '--ip', Array.from({length: 21}, (_, index) => `10.0.0.${index}`).join(',')],
			2,
			/21 addresses/,
		],
		['every IPv4 address', ['create', 'x', '--ip', '0.0.0.0/0'], 2, /every address/],
		['every IPv6 address', ['create', 'x', '--ip', '::'], 2, /any address/],
		['an address that is none', ['create', 'x', '--ip', 'garbage'], 2, /not an IP address/],
		['a permission that is none', ['create', 'x', '--perm', 'admin'], 2, /not a permission/],
		[
			'a sub-account with withdraw',
			['create', 'x', '--sub-account', 'quantdesk01', '--perm', 'withdraw'],
			2,
			/never withdraw/,
		],
		['no such key', ['show', 'nobody'], 10, /no key called nobody/],
		['an edit of nothing', ['edit', 'main'], 2, /Nothing to change/],
		['a test of nothing', ['test'], 2, /No key given/],
		['a site that is none', ['add', 'x', '--site', 'https://evil.example'], 2, /not a site/],
		['an unknown command', ['frobnicate'], 2, /not a command/],
		['a second name where one is taken', ['revoke', 'main', 'other', '--yes'], 2, /takes one name, and 2 were given/],
		['a vault without a name', ['list', '--vault', ''], 2, /--vault names no file/],
		['a key file without a name', ['list', '--key-file', ''], 2, /--key-file names no file/],
		['a new key file without a name', ['add-slot', 'key-file', '--file', ''], 2, /--file names no file/],
		['a slot without an id', ['passwd', '--slot', ''], 2, /--slot names no id/],
		['an import of an empty name', ['import', ''], 2, /import needs a file, and was given an empty one/],
		['a restore of an empty name', ['restore', ''], 2, /restore needs a file/],
		['a removal of an empty id', ['remove-slot', ''], 2, /remove-slot needs an id/],
		['an export of an empty name', ['export', 'main', ''], 2, /export needs a name/],
		[
			'an option of another way in',
			['add-slot', 'passphrase', '--file', 'x', '--key', 'y'],
			2,
			/--file does not belong to add-slot passphrase/,
		],
		[
			'a new passphrase for a key file',
			['add-slot', 'key-file', '--file', 'x', '--new-passphrase-file', 'y'],
			2,
			/--new-passphrase-file does not belong to add-slot key-file/,
		],
		['an unknown option', ['list', '--frobnicate'], 2, /[Uu]nknown option/],
		['a port that is none', ['sandbox', '--port', '99999'], 2, /0 to 65535/],
		['a second vault in the same place', ['init'], 2, /already a vault/],
		['a live change without anybody to ask', ['edit', 'main', '--perm', 'read'], 4, /no terminal/],
		['a revocation without anybody to ask', ['revoke', 'main'], 4, /no terminal/],
	])('%s', async (_, words, status, sentence) => {
		const before = fs.readFileSync(sandboxVault());
		const {
			status: actual,
			out,
			err,
		} = await run(home, [...words, '--sandbox', '--passphrase-file', file], {
			input: '{"apiKey":"a","secretKey":"b","passphrase":"c"}',
		});
		expect({actual, err}).toMatchObject({actual: status, err: expect.stringMatching(sentence) as string});
		expect(out).toBe('');
		// One sentence and at most one hint, below how the command is used; nothing of a stack, no control character.
		expect(
			err
				.trim()
				.replace(/^Usage: .*\n/m, '')
				.split('\n').length,
		).toBeLessThanOrEqual(words[0] === 'edit' ? 3 : 2);
		expect(err).not.toMatch(/\bat .*:\d+|[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
		expect(fs.readFileSync(sandboxVault()).equals(before)).toBe(true);
	});

	test.each([
		['no JSON', '{'],
		['a list', '[]'],
		['a part that is missing', '{"apiKey":"CANARY"}'],
		['a number', '{"apiKey":1,"secretKey":"CANARY","passphrase":"x"}'],
		['nothing', ''],
	])('%s on standard input', async (_, input) => {
		const {status, err} = await run(home, ['add', 'x', '--sandbox', '--passphrase-file', file], {input});
		expect({status, err}).toMatchObject({
			status: 2,
			err: expect.stringMatching(
				/^okx-keys: (Standard input|The secret key is missing|The API key \(apiKey\) is not a text)/,
			) as string,
		});
		expect(err).not.toContain('CANARY');
	});

	test('a wrong passphrase changes nothing', async () => {
		const hash = () => createHash('sha256').update(fs.readFileSync(sandboxVault())).digest('hex');
		const before = hash();
		for (let index = 0; index < 3; index++) {
			expect(
				await run(home, ['list', '--sandbox', '--passphrase-file', home.passphraseFile('not this one', 'wrong')]),
			).toMatchObject({
				status: 11,
				err: expect.stringMatching(/^okx-keys: Wrong passphrase; nothing was changed/) as string,
			});
		}

		expect(hash()).toBe(before);
	});

	test('the full screen without a terminal says what to do instead, also with CI set', async () => {
		for (const environment of [{}, {CI: 'true'}]) {
			expect(await run(home, ['--sandbox'], {environment})).toMatchObject({
				status: 4,
				out: '',
				err: expect.stringMatching(/needs a terminal/) as string,
			});
		}
	});

	test('a command without a passphrase and without a terminal says how to give one', async () => {
		expect(await run(home, ['list', '--sandbox'])).toMatchObject({
			status: 4,
			err: expect.stringMatching(/--passphrase-file or --passphrase-fd/) as string,
		});
	});
});

describe('a file that is no vault', () => {
	const cases: readonly (readonly [string, (name: string) => void, number, RegExp])[] = [
		['missing', () => {}, 15, /no vault/],
		[
			'a folder',
			name => {
				fs.mkdirSync(name);
			},
			12,
			/folder|directory/,
		],
		[
			'a symbolic link',
			name => {
				fs.symlinkSync(sandboxVault(), name);
			},
			1,
			/link/,
		],
		[
			'plain text',
			name => {
				fs.writeFileSync(name, 'api_key = "x"\n', {mode: 0o600});
			},
			12,
			/not a vault/,
		],
		[
			'other JSON',
			name => {
				fs.writeFileSync(name, '{"keys":[]}', {mode: 0o600});
			},
			12,
			/not a vault/,
		],
		[
			'empty',
			name => {
				fs.writeFileSync(name, '', {mode: 0o600});
			},
			12,
			/not a vault/,
		],
		[
			'cut short',
			name => {
				fs.writeFileSync(name, fs.readFileSync(sandboxVault()).subarray(0, 3000), {mode: 0o600});
			},
			12,
			/damaged|not a vault/,
		],
		[
			'newer than the program',
			name => {
				fs.writeFileSync(name, fs.readFileSync(sandboxVault(), 'utf8').replace(/"version":\s*1/, '"version":2'), {
					mode: 0o600,
				});
			},
			14,
			/format 2/,
		],
	];

	test.each(cases)('is refused by its own sentence and left as it was: %s', async (_, make, status, sentence) => {
		const name = home.file(`other-${String(Math.random()).slice(2)}.json`);
		make(name);
		const before = fs.lstatSync(name, {throwIfNoEntry: false})?.mtimeMs;
		const {status: actual, err} = await run(home, ['list', '--vault', name, '--passphrase-file', file]);
		expect({actual, err}).toMatchObject({actual: status, err: expect.stringMatching(sentence) as string});
		expect(fs.lstatSync(name, {throwIfNoEntry: false})?.mtimeMs).toBe(before);
	});

	test('a sandbox vault is not opened for real trading', async () => {
		expect(await run(home, ['list', '--vault', sandboxVault(), '--passphrase-file', file])).toMatchObject({
			status: 2,
			err: expect.stringMatching(/belongs to the sandbox/) as string,
		});
	});
});

test('a passphrase that a machine made opens its vault, even where it looks like a recovery key', async () => {
	const hex = home.passphraseFile('0123456789abcdef'.repeat(4), 'hex');
	const words = ['--vault', home.file('machine/vault.json'), '--passphrase-file'];
	expect(await run(home, ['init', ...words, hex])).toMatchObject({status: 0});
	expect(await run(home, ['list', ...words, hex])).toMatchObject({status: 0});
	expect(await run(home, ['list', ...words, home.passphraseFile('fedcba9876543210'.repeat(4), 'other')])).toMatchObject(
		{status: 11},
	);
});

test('two programs that change the vault at once lose nothing', async () => {
	const names = Array.from({length: 6}, (_, index) => `both${index}`);
	const runs = await Promise.all(names.map(async name => sandbox('create', name)));
	expect(runs.map(({status, err}) => ({status, err: status === 0 ? '' : err}))).toEqual(
		names.map(() => ({status: 0, err: ''})),
	);
	const listed = new Set((await json<{readonly name: string}[]>('list')).map(({name}) => name));
	expect(names.filter(name => !listed.has(name))).toEqual([]);
	// Each of them must also be known to the exchange, whose state lies in the same file.
	for (const name of names.slice(0, 2)) expect(await json('test', name)).toMatchObject([{ok: true}]);
});

test('under --readonly nothing is changed, here or on the exchange, and a test still answers', async () => {
	const before = fs.readFileSync(sandboxVault());
	expect(await sandbox('create', 'ro', '--readonly')).toMatchObject({
		status: 2,
		err: expect.stringMatching(/--readonly/) as string,
	});
	expect(await sandbox('revoke', 'main', '--yes', '--readonly')).toMatchObject({status: 2});
	expect(await sandbox('test', 'main', '--readonly')).toMatchObject({status: 0});
	expect(fs.readFileSync(sandboxVault()).equals(before)).toBe(true);
});

test('JSON is ASCII whatever a description holds, and a table shows nothing that steers a terminal', async () => {
	expect(await sandbox('edit', 'main', '--description', '机器人 ünïcode')).toMatchObject({status: 0});
	const {out} = await sandbox('list', '--json');
	// oxlint-disable-next-line no-control-regex
	expect(out).toMatch(/^[\u0020-\u007E\n]*$/);
	expect(await json('show', 'main')).toMatchObject({description: '机器人 ünïcode'});
});
