import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {hasTmux, Home, run, Terminal, type Run} from './program.ts';

let home: Home;
let good: string;

const passphrase = 'correct horse battery';
const second = 'another passphrase altogether';

beforeEach(async () => {
	home = new Home();
	good = home.passphraseFile(passphrase);
	expect(await care('init')).toMatchObject({status: 0});
	expect(await add('grid')).toMatchObject({status: 0});
});
afterEach(() => {
	home.remove();
});

const vaultPath = () => home.file('.config/okx-keys/vault.json');
const hash = () => createHash('sha256').update(fs.readFileSync(vaultPath())).digest('hex');
const care = (...words: readonly string[]): Promise<Run> => run(home, [...words, '--passphrase-file', good]);

async function add(name: string): Promise<Run> {
	const apiKey = `0a1b2c3d-0000-4000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
	return run(home, ['add', name, '--no-test', '--passphrase-file', good], {
		input: JSON.stringify({apiKey, secretKey: 'CANARY9SECRET9CANARY9SECRET9CANA', passphrase: 'Canary-Pass9!'}),
	});
}

function damage(file: string): void {
	const text = fs.readFileSync(file, 'utf8');
	const at = text.length - 40;
	fs.writeFileSync(file, `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
}

async function names(file: string): Promise<string[]> {
	const {out} = await run(home, ['list', '--json', '--passphrase-file', file]);
	return (JSON.parse(out) as {name: string}[]).map(({name}) => name);
}

describe('passwd', () => {
	test('sets a new passphrase; the old one opens nothing but earlier saves any more', async () => {
		const fresh = home.passphraseFile(second, 'second');
		expect(await care('passwd', '--new-passphrase-file', fresh)).toMatchObject({
			status: 0,
			err: expect.stringContaining('still open with the old one') as string,
		});
		expect(await care('list')).toMatchObject({status: 11});
		expect(await names(fresh)).toEqual(['grid']);
	});

	test('writes nothing when the passphrase is wrong, the new one too short, or under --readonly', async () => {
		const before = hash();
		const fresh = home.passphraseFile(second, 'second');
		const short = home.passphraseFile('short', 'short');
		const wrong = home.passphraseFile('not the passphrase', 'wrong');
		expect(await run(home, ['passwd', '--passphrase-file', wrong, '--new-passphrase-file', fresh])).toMatchObject({
			status: 11,
		});
		expect(await care('passwd', '--new-passphrase-file', short)).toMatchObject({
			status: 2,
			err: expect.stringContaining('too few') as string,
		});
		expect(await care('passwd', '--readonly', '--new-passphrase-file', fresh)).toMatchObject({status: 2});
		expect(await care('passwd')).toMatchObject({status: 4, err: expect.stringContaining('no terminal') as string});
		expect(hash()).toBe(before);
	});

	test.skipIf(!hasTmux)(
		'asks for the present one and twice for the new one on the terminal, and shows none of them',
		async () => {
			const terminal = new Terminal(home);
			try {
				terminal.start('passwd');
				for (const [question, answer] of [
					['Passphrase or recovery key:', passphrase],
					['New passphrase:', second],
					['The same again:', second],
				] as const) {
					await terminal.see(question);
					terminal.type(answer);
					terminal.press('Enter');
				}

				await terminal.see('opens with the new passphrase');
				expect(terminal.history()).not.toMatch(new RegExp(`${passphrase}|${second}`));
			} finally {
				terminal.close();
			}

			expect(await names(home.passphraseFile(second, 'second'))).toEqual(['grid']);
		},
	);
});

describe('the ways in', () => {
	test('a key file opens the vault for cron, until its slot is removed', async () => {
		const file = home.file('cron.key');
		expect(await care('add-slot', 'key-file', '--file', file, '--label', 'cron')).toMatchObject({status: 0});
		expect(fs.statSync(file).mode & 0o777).toBe(0o600);
		expect(await run(home, ['list', '--key-file', file])).toMatchObject({
			status: 0,
			out: expect.stringContaining('grid') as string,
		});
		expect(await run(home, ['list'], {environment: {OKX_KEYS_KEY_FILE: file}})).toMatchObject({status: 0});
		const slots = JSON.parse((await run(home, ['slots', '--json', '--key-file', file])).out) as {
			id: string;
			type: string;
			label: string;
			used: boolean;
		}[];
		expect(slots.map(({type, label, used}) => [type, label, used])).toEqual([
			['passphrase', '', false],
			['recovery', '', false],
			['key-file', 'cron', true],
		]);
		expect(await care('remove-slot', slots[2]!.id.slice(0, 6), '--yes')).toMatchObject({status: 0});
		expect(await run(home, ['list', '--key-file', file])).toMatchObject({status: 11});
	});

	test('the command that uses a new key file is given as a shell takes it', async () => {
		const file = home.file('the cron key');
		expect(await care('add-slot', 'key-file', '--file', file)).toMatchObject({
			status: 0,
			err: expect.stringContaining(`--key-file '${file}'.`) as string,
		});
	});

	test('a key file alone changes no ways in: the passphrase is asked for', async () => {
		const file = home.file('cron.key');
		await care('add-slot', 'key-file', '--file', file);
		const before = hash();
		expect(await run(home, ['add-slot', 'recovery', '--key-file', file])).toMatchObject({status: 4});
		expect(
			await run(home, ['passwd', '--key-file', file, '--new-passphrase-file', home.passphraseFile(second, 'second')]),
		).toMatchObject({status: 4});
		expect(hash()).toBe(before);
	});

	test('neither a slot without its file nor a file without its slot is made', async () => {
		const before = hash();
		expect(await care('add-slot', 'key-file', '--file', home.file('no/folder'))).toMatchObject({status: 1});
		expect(await care('add-slot', 'key-file', '--file', good)).toMatchObject({
			status: 2,
			err: expect.stringContaining('already something') as string,
		});
		expect(await care('add-slot', 'key-file')).toMatchObject({status: 2});
		expect(await care('add-slot', 'fingerprint')).toMatchObject({status: 2});
		expect(await care('add-slot', 'ssh-agent')).toMatchObject({
			status: 1,
			err: expect.stringContaining('No ssh-agent') as string,
		});
		expect(await care('remove-slot', 'nothing', '--yes')).toMatchObject({status: 2});
		expect(hash()).toBe(before);
	});

	test('a second recovery key opens it, and the first can be removed; the last that a person can use stays', async () => {
		const {out} = await care('add-slot', 'recovery', '--label', 'safe');
		expect(await names(home.passphraseFile(out.trim(), 'recovery'))).toEqual(['grid']);
		for (let left = 2; left > 0; left--) {
			const [, recovery] = JSON.parse((await care('slots', '--json')).out) as {id: string}[];
			expect(await care('remove-slot', recovery!.id, '--yes')).toMatchObject({status: 0});
		}

		const [last] = JSON.parse((await care('slots', '--json')).out) as {id: string}[];
		expect(await care('remove-slot', last!.id, '--yes')).toMatchObject({
			status: 2,
			err: expect.stringContaining('it stays') as string,
		});
	});
});

describe('rekey', () => {
	test('gives a new recovery key; the old one and a key file that was not named open nothing any more', async () => {
		const [lost, kept] = [home.file('lost.key'), home.file('kept.key')];
		await care('add-slot', 'key-file', '--file', lost);
		const {out: old} = await care('add-slot', 'recovery');
		const {status, out, err} = await care('rekey', '--yes');
		expect({status, err}).toMatchObject({status: 0, err: expect.stringContaining('These will go') as string});
		expect(await names(home.passphraseFile(out.trim(), 'new'))).toEqual(['grid']);
		expect(await run(home, ['list', '--passphrase-file', home.passphraseFile(old.trim(), 'old')])).toMatchObject({
			status: 11,
		});
		expect(await run(home, ['list', '--key-file', lost])).toMatchObject({status: 11});
		await care('add-slot', 'key-file', '--file', kept, '--label', 'cron');
		expect(await care('rekey', '--yes', '--keep-key-file', kept)).toMatchObject({status: 0});
		expect(await run(home, ['list', '--key-file', kept])).toMatchObject({status: 0});
	});

	test('takes a new passphrase too, and changes nothing without an answer', async () => {
		const before = hash();
		expect(await care('rekey')).toMatchObject({status: 4});
		expect(hash()).toBe(before);
		const fresh = home.passphraseFile(second, 'second');
		expect(await care('rekey', '--yes', '--new-passphrase-file', fresh)).toMatchObject({status: 0});
		expect(await care('list')).toMatchObject({status: 11});
		expect(await names(fresh)).toEqual(['grid']);
	});
});

describe('backup, verify and restore', () => {
	test('a backup comes back, after its difference was shown; nothing happens without a yes', async () => {
		const copy = home.file('copy.json');
		expect(await care('backup', copy)).toMatchObject({status: 0});
		expect(await care('backup', copy)).toMatchObject({status: 2});
		await add('later');
		const before = hash();
		const dry = await care('restore', copy, '--dry-run', '--json');
		expect(JSON.parse(dry.out)).toMatchObject({
			restored: false,
			isOtherVault: false,
			difference: {added: [], removed: ['later'], changed: []},
		});
		expect(await care('restore', copy)).toMatchObject({status: 4});
		expect(hash()).toBe(before);
		const {status, err} = await care('restore', copy, '--yes');
		expect({status, err}).toMatchObject({status: 0, err: expect.stringMatching(/- later {2}goes/) as string});
		expect(await names(good)).toEqual(['grid']);
		expect(`${dry.out}${err}`).not.toContain('CANARY');
	});

	test('a damaged vault is told, proved, and mended from the newest earlier save that opens; the bad file is kept', async () => {
		await add('later');
		damage(vaultPath());
		const bad = fs.readFileSync(vaultPath());
		expect(await care('list')).toMatchObject({
			status: 12,
			err: expect.stringMatching(/okx-keys --passphrase-file \S+ restore/) as string,
		});
		expect(await care('restore', '--readonly')).toMatchObject({status: 2});
		const {status, out} = await care('restore', '--yes', '--json');
		expect(status).toBe(0);
		const {keptAs} = JSON.parse(out) as {keptAs: string};
		expect(fs.readFileSync(keptAs)).toEqual(bad);
		expect(await names(good)).toEqual(['grid']);
		expect(await care('verify')).toMatchObject({status: 0});
	});

	test('a damaged earlier save is found by verify, with exit status 12', async () => {
		const folder = path.join(path.dirname(vaultPath()), 'backups');
		damage(path.join(folder, fs.readdirSync(folder)[0]!));
		const {status, out} = await care('verify', '--json');
		expect(status).toBe(12);
		expect((JSON.parse(out) as {ok: boolean}[]).map(({ok}) => ok)).toEqual([true, false]);
	});

	test('a vault that has vanished comes back', async () => {
		await add('later');
		fs.rmSync(vaultPath());
		expect(await care('list')).toMatchObject({
			status: 15,
			err: expect.stringMatching(/okx-keys --passphrase-file \S+ restore/) as string,
		});
		expect(await care('restore', '--yes')).toMatchObject({status: 0});
		expect(await names(good)).toEqual(['grid']);
	});

	test('memory-wiped: a damaged memory of saves is told once', async () => {
		const folder = home.file('.local/state/okx-keys/seen');
		const [name] = fs.readdirSync(folder);
		fs.writeFileSync(path.join(folder, name!), 'garbage');
		const {status, err} = await care('list');
		expect([status, err]).toEqual([
			0,
			expect.stringMatching(/^! The memory of which saves of this vault were seen was damaged.*\n$/) as string,
		]);
		expect(await care('list')).toMatchObject({status: 0, err: ''});
	});

	test('rollback: an older copy is refused, and opened for good only on purpose', async () => {
		const old = fs.readFileSync(vaultPath());
		await add('later');
		fs.writeFileSync(vaultPath(), old);
		for (const words of [['list'], ['verify'], ['edit', 'grid', '--tag', 'x', '--yes']])
			expect(await care(...words)).toMatchObject({status: 1, err: expect.stringContaining('older copy') as string});
		expect(fs.readFileSync(vaultPath())).toEqual(old);
		expect(await care('verify', '--accept-older')).toMatchObject({status: 0});
		expect(await names(good)).toEqual(['grid']);
	});

	test('what would be refused in the end is told before anybody decides', async () => {
		const copy = home.file('copy.json');
		await care('backup', copy);
		fs.writeFileSync(vaultPath(), fs.readFileSync(vaultPath(), 'utf8').replace('"version": 1', '"version": 2'));
		for (const more of ['--dry-run', '--yes']) {
			const {status, err} = await care('restore', copy, more);
			expect(status).toBe(14);
			expect(err).not.toContain('will be kept');
		}

		fs.rmSync(vaultPath());
		expect(await care('restore', copy, '--yes')).toMatchObject({status: 0});
		fs.chmodSync(vaultPath(), 0o644);
		expect(await care('restore', copy, '--dry-run')).toMatchObject({
			status: 1,
			err: expect.stringContaining('chmod 600') as string,
		});
	});

	test('sandbox-mix-up: a real backup takes the place of no sandbox vault, nor the other way round', async () => {
		const sandbox = home.file('.config/okx-keys/sandbox.json');
		await care('init', '--sandbox');
		const copy = home.file('copy.json');
		await care('backup', copy);
		const [real, rehearsed] = [vaultPath(), sandbox].map(file => fs.readFileSync(file));
		for (const words of [
			['restore', copy, '--vault', sandbox, '--yes'],
			['restore', copy, '--sandbox', '--yes'],
			['restore', sandbox, '--yes'],
		])
			expect(await care(...words), words.join(' ')).toMatchObject({status: 2});
		expect([vaultPath(), sandbox].map(file => fs.readFileSync(file))).toEqual([real, rehearsed]);
	});

	test('a copy of another vault is told, and the vault in place is put aside whole', async () => {
		const elsewhere = home.file('elsewhere/vault.json');
		await run(home, ['init', '--vault', elsewhere, '--passphrase-file', good]);
		const here = fs.readFileSync(vaultPath());
		const {status, err} = await care('restore', elsewhere, '--yes');
		expect({status, err}).toMatchObject({status: 0, err: expect.stringContaining('ANOTHER VAULT') as string});
		expect(fs.readFileSync(`${vaultPath()}.set-aside-1`)).toEqual(here);
	});
});

describe('who cannot be asked is told what to give', () => {
	test.each([
		[['passwd'], '--new-passphrase-file'],
		[['rekey'], '--yes'],
		[['rekey', '--new-passphrase'], '--new-passphrase-file'],
		[['add-slot', 'passphrase'], '--new-passphrase-file'],
		[['export', 'grid', '--age-passphrase'], '--age-passphrase-file'],
		[['restore'], '--yes'],
	])('%j: %s', async (words, wanted) => {
		await add('later');
		expect(await care(...words)).toMatchObject({status: 4, err: expect.stringContaining(`Give ${wanted}`) as string});
	});

	test('where only a new passphrase is missing, or that of the age file', async () => {
		const {out} = await care('add-slot', 'recovery');
		const recovery = home.passphraseFile(out.trim(), 'recovery');
		expect(await run(home, ['rekey', '--yes', '--passphrase-file', recovery])).toMatchObject({
			status: 4,
			err: expect.stringContaining('Give --new-passphrase-file') as string,
		});
		const sealed = home.file('keys.age');
		expect(await care('export', 'grid', '--age-passphrase-file', good, '--output', sealed)).toMatchObject({status: 0});
		expect(await care('import', sealed)).toMatchObject({
			status: 4,
			err: expect.stringContaining('Give --age-passphrase-file or --identity') as string,
		});
	});
});

test('the JSON of the vault’s care has the names that README gives it', async () => {
	const readme = fs.readFileSync('README.md', 'utf8').split('\n');
	const [, recovery] = JSON.parse((await care('slots', '--json')).out) as {id: string}[];
	const copy = home.file('copy.json');
	const commands: readonly (readonly [string, ...(readonly string[])])[] = [
		['init', '--vault', home.file('other/vault.json')],
		['slots'],
		['add-slot', 'recovery'],
		['add-slot', 'key-file', '--file', home.file('cron.key')],
		['remove-slot', recovery!.id, '--yes'],
		['passwd', '--new-passphrase-file', good],
		['backup', copy],
		['restore', copy, '--dry-run'],
		['restore', copy, '--yes'],
		['verify'],
		['rekey', '--yes'],
		['export --output', home.file('grid.age'), 'grid', '--age-passphrase-file', good],
		['agent status'],
		['agent lock'],
	];
	for (const [command, ...more] of commands) {
		const answer = JSON.parse((await care(...command.split(' '), ...more, '--json')).out) as object;
		const names = Object.keys([answer].flat()[0]!);
		const row = readme.find(line => line.split(' | ')[0]!.includes(`\`${command}\``) && line.includes('{"'));
		const [documented = ''] = /\{"[^}]*\}/.exec(row ?? '') ?? [];
		expect({command, names: names.filter(name => row?.includes(`"${name}"`))}).toEqual({command, names});
		expect({command, names: documented.match(/\w+/g)?.filter(name => names.includes(name))}).toEqual({
			command,
			names: documented.match(/\w+/g),
		});
	}
}, 120_000);

test('a way in that is named on the command line silences the one in the environment', async () => {
	const file = home.file('cron.key');
	await care('add-slot', 'key-file', '--file', file);
	const environment = {OKX_KEYS_PASSPHRASE_FILE: home.file('not there')};
	expect(await run(home, ['list', '--key-file', file], {environment})).toMatchObject({status: 0});
	expect(await run(home, ['list'], {environment})).toMatchObject({status: 2});
});

test('an export to a place where nothing can be says so', async () => {
	for (const [output, reason] of [
		[home.file('x'.repeat(300)), 'its name is too long'],
		[path.join(good, 'below a file'), 'a part of its path is not a folder'],
	] as const) {
		expect(
			await care(
				'export',
				'grid',
				'--age-recipient',
				'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
				'--output',
				output,
			),
		).toMatchObject({status: 1, err: expect.stringContaining(`could not be written (${reason})`) as string});
	}
});

test('recovery-key-unseen: a recovery key that nobody could see is told as that, not as done', async () => {
	const {spawnSync} = await import('node:child_process');
	const {program} = await import('./program.ts');
	const made = spawnSync(
		'sh',
		[
			'-c',
			`exec "$0" "$1" init --vault "$2" --passphrase-file "$3" > /dev/full`,
			process.execPath,
			program,
			home.file('new/vault.json'),
			good,
		],
		{env: home.environment, encoding: 'utf8'},
	);
	expect(made.status).toBe(1);
	expect(made.stderr).toContain('so it was not seen');
	const closed = spawnSync(
		'bash',
		[
			'-c',
			`set -o pipefail; "$0" "$1" add-slot recovery --passphrase-file "$2" | true`,
			process.execPath,
			program,
			good,
		],
		{env: home.environment, encoding: 'utf8'},
	);
	expect(closed.status).toBe(1);
	expect(closed.stderr).toContain('so it was not seen');
});
