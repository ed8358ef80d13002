import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {missing, realAgent} from '../ssh-agent/world.ts';
import {hasTmux, Home, program, run, Terminal} from './program.ts';

const passphrase = 'correct horse battery';
const vault = '.config/okx-keys/vault.json';

let home: Home;
let good: string;

beforeEach(async () => {
	home = new Home();
	good = home.passphraseFile(passphrase);
	await done('init');
});
afterEach(() => {
	home.remove();
});

const bytes = () => fs.readFileSync(home.file(vault));

async function done(...words: readonly string[]): Promise<string> {
	const {status, out, err} = await run(home, [...words, '--passphrase-file', good]);
	expect({words, status, err}).toMatchObject({status: 0});
	return out;
}

async function names(file = good): Promise<string[]> {
	const {out} = await run(home, ['list', '--json', '--passphrase-file', file]);
	return (JSON.parse(out) as {name: string}[]).map(({name}) => name);
}

async function add(name: string): Promise<void> {
	const apiKey = `0a1b2c3d-0000-4000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
	const input = JSON.stringify({apiKey, secretKey: 'CANARY9SECRET9CANARY9SECRET9CANA', passphrase: 'Canary-Pass9!'});
	expect(await run(home, ['add', name, '--no-test', '--passphrase-file', good], {input})).toMatchObject({status: 0});
}

describe.skipIf(!hasTmux)('on a terminal', () => {
	/** Runs a command line on a new terminal and answers its questions; gives all that was shown. */
	async function dialogue(
		words: readonly string[],
		answers: ReadonlyArray<readonly [question: string, answer: string]>,
	): Promise<string> {
		const terminal = new Terminal(home, {columns: 200});
		try {
			terminal.start(...words, ';', 'echo', '"ended $?"');
			for (const [question, answer] of answers) {
				await terminal.see(question);
				terminal.type(answer);
				terminal.press('Enter');
			}

			await terminal.see(/ended \d/);
			const shown = terminal.history();
			expect(shown).not.toContain(passphrase);
			return shown;
		} finally {
			terminal.close();
		}
	}

	const unlocking = ['Passphrase or recovery key:', passphrase] as const;

	test('rekey says what goes, seals nothing without a yes, and shows a recovery key that opens the vault', async () => {
		const before = bytes();
		expect(await dialogue(['rekey'], [unlocking, ['[y/N]', '']])).toMatch(
			/These will go: the old recovery key[^]*ended 3/,
		);
		expect(bytes()).toEqual(before);
		const shown = await dialogue(['rekey', '|', 'tee', home.file('recovery')], [unlocking, ['[y/N]', 'y']]);
		expect(shown).toContain('Recovery key, shown only now');
		fs.chmodSync(home.file('recovery'), 0o600);
		expect(await names(home.file('recovery'))).toEqual([]);
	});

	test('add-slot and remove-slot ask for the passphrase, and the latter for a yes', async () => {
		expect(await dialogue(['add-slot', 'key-file', '--file', home.file('cron.key')], [unlocking])).toContain('ended 0');
		const id = (JSON.parse(await done('slots', '--json')) as {id: string}[])[2]!.id;
		expect(await dialogue(['remove-slot', id], [unlocking, ['[y/N]', 'n']])).toContain('ended 3');
		expect(JSON.parse(await done('slots', '--json'))).toHaveLength(3);
		expect(await dialogue(['remove-slot', id], [unlocking, ['[y/N]', 'y']])).toContain('ended 0');
		expect(JSON.parse(await done('slots', '--json'))).toHaveLength(2);
	});

	test('another vault takes the place of this one only when the name of its file is typed', async () => {
		await done('init', '--vault', home.file('elsewhere.json'));
		await add('here');
		const before = bytes();
		expect(
			await dialogue(['restore', home.file('elsewhere.json')], [unlocking, ['Type the name of its file', 'y']]),
		).toMatch(/ANOTHER VAULT[^]*ended 3/);
		expect(bytes()).toEqual(before);
		expect(
			await dialogue(
				['restore', home.file('elsewhere.json')],
				[unlocking, ['Type the name of its file', 'elsewhere.json']],
			),
		).toContain('ended 0');
		expect(await names()).toEqual([]);
	});
});

test('rollback: restore brings back the newest save that is kept, in the place of an older copy', async () => {
	await add('one');
	const old = bytes();
	await add('two');
	await add('three');
	fs.writeFileSync(home.file(vault), old);
	expect(await run(home, ['list', '--passphrase-file', good])).toMatchObject({
		status: 1,
		err: expect.stringMatching(/okx-keys --passphrase-file \S+ restore/) as string,
	});
	const difference = JSON.parse(await done('restore', '--yes', '--json')) as {
		readonly difference: unknown;
		readonly restored: boolean;
	};
	expect(difference).toMatchObject({restored: true, difference: {added: ['two'], removed: [], changed: []}});
	expect(await names()).toEqual(['one', 'two']);
});

test.skipIf(missing !== '')('an SSH key in an agent opens the vault, but changes no ways in', async () => {
	const agent = await realAgent();
	const environment = {SSH_AUTH_SOCK: agent.socket};
	const key = agent.newKey('ed25519');
	agent.add(key);
	agent.add(agent.newKey('rsa', 2048));
	const own = (...words: readonly string[]) => run(home, words, {environment});
	expect(await own('add-slot', 'ssh-agent', '--passphrase-file', good)).toMatchObject({
		status: 4,
		err: expect.stringMatching(/1 {2}SHA256:\S+ {2}\w+ of ana\n2 {2}SHA256:/) as string,
	});
	const fingerprint = spawnSync('ssh-keygen', ['-lf', `${key}.pub`], {encoding: 'utf8'}).stdout.split(' ')[1]!;
	expect(await own('add-slot', 'ssh-agent', '--key', fingerprint, '--passphrase-file', good)).toMatchObject({
		status: 0,
	});
	expect(await own('list')).toMatchObject({status: 0});
	const slots = JSON.parse((await own('slots', '--json')).out) as {
		readonly id: string;
		readonly type: string;
		readonly label: string;
		readonly used: boolean;
	}[];
	expect(slots[2]).toMatchObject({type: 'ssh-agent', label: 'ed25519 of ana', used: true});
	const before = bytes();
	for (const words of [
		['remove-slot', slots[0]!.id, '--yes'],
		['add-slot', 'recovery'],
		['rekey', '--yes'],
		['passwd', '--new-passphrase-file', good],
	])
		expect(await own(...words), words[0]).toMatchObject({status: 4});
	expect(bytes()).toEqual(before);
	expect(await own('rekey', '--yes', '--passphrase-file', good)).toMatchObject({status: 0});
	expect(await own('list')).toMatchObject({status: 0});
	agent.add('-d', key);
	expect(await own('list')).toMatchObject({status: 4});
});

describe('recovery-key-unseen', () => {
	/** Runs a command with its standard output sent elsewhere. */
	const sent = (to: string, ...words: readonly string[]) =>
		spawnSync('sh', ['-c', `exec "$0" "$@" ${to}`, process.execPath, program, ...words, '--passphrase-file', good], {
			env: home.environment,
			encoding: 'utf8',
		});

	test.each(['>&-', '> /dev/null'])('where standard output is %s, nobody is told that the key was shown', async to => {
		for (const words of [
			['init', '--vault', home.file('new.json')],
			['rekey', '--yes'],
			['add-slot', 'recovery'],
		]) {
			const {status, stderr} = sent(to, ...words);
			expect({words, status, stderr}).toMatchObject({
				status: 0,
				stderr: expect.stringMatching(/it was not seen\.\n.*add-slot recovery/) as string,
			});
			expect(stderr).not.toContain('shown only now');
		}
	});

	test('a vault whose new recovery key could not be written still opens with its passphrase', async () => {
		await add('grid');
		const {status, stderr} = sent('> /dev/full', 'rekey', '--yes');
		expect({status, stderr}).toMatchObject({status: 1, stderr: expect.stringContaining('it was not seen') as string});
		expect(await names()).toEqual(['grid']);
	});
});
