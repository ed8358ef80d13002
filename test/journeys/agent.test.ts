import {execFileSync, spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {keyAgentAt} from '../../source/agent/client.ts';
import {takeLock} from '../../source/vault/store/lock.ts';
import {hasTmux, Home, program, run, Terminal, type Run} from './program.ts';

const passphrase = 'asked for only once';
const isLinux = process.platform === 'linux';

/** Whether the kernel lets a user read the memory of his other processes. */
const mayReadMemory =
	process.geteuid!() === 0 ||
	!fs.existsSync('/proc/sys/kernel/yama/ptrace_scope') ||
	fs.readFileSync('/proc/sys/kernel/yama/ptrace_scope', 'utf8').trim() === '0';

let home: Home;
let file: string;

async function sandbox(...words: readonly string[]): Promise<Run> {
	return run(home, [...words, '--sandbox']);
}

/** The same with the vault for real keys, which is another one. */
async function live(...words: readonly string[]): Promise<Run> {
	return run(home, words);
}

type Status = {
	readonly running: boolean;
	readonly pid: number | null;
	readonly socket: string;
	readonly vaults: readonly {
		readonly vaultId: string;
		readonly path: string | null;
		readonly idleLeftMs: number;
		readonly leftMs: number;
	}[];
};

async function status(): Promise<Status> {
	return JSON.parse((await sandbox('agent', 'status', '--json')).out) as Status;
}

async function start(...words: readonly string[]): Promise<number> {
	expect(await sandbox('agent', ...words, '--passphrase-file', file)).toMatchObject({status: 0});
	return (await status()).pid!;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		// One that has ended and that nobody has asked about yet is not alive.
		return !isLinux || !/^State:\s*Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}

async function until(holds: () => boolean, wanted: string): Promise<void> {
	for (const end = Date.now() + 20_000; !holds(); await delay(50)) {
		if (Date.now() > end) throw new Error(`Waited in vain for ${wanted}.`);
	}
}

async function gone(pid: number): Promise<void> {
	await until(() => !isAlive(pid), `the end of ${pid}`);
}

/** What a person is told to do about an agent that does not answer, and what that finds. */
const pattern = 'okx-keys.* agent';
const remedy = `End its process with kill -9; pgrep -f '${pattern}' finds it.`;

function found(): number[] {
	return execFileSync('pgrep', ['-f', pattern], {encoding: 'utf8'}).trim().split('\n').map(Number);
}

beforeAll(async () => {
	home = new Home();
	file = home.passphraseFile(passphrase);
	for (const start of [sandbox, live])
		expect(await start('init', '--passphrase-file', file)).toMatchObject({status: 0});
});
afterAll(() => {
	home.remove();
});
afterEach(async () => {
	const {pid} = await status();
	if (pid === null) return;
	process.kill(pid, 'SIGKILL');
	await gone(pid);
});

describe('okx-keys agent', () => {
	test('after it, commands ask for nothing; after its lock they do again', async () => {
		expect(await sandbox('list')).toMatchObject({status: 4});
		expect(await sandbox('agent', '--passphrase-file', file)).toMatchObject({
			status: 0,
			out: '',
			err: expect.stringMatching(
				/^The agent has the key of \S+sandbox\.json for 15m after each use, and for 8h at most\. To end that: okx-keys agent lock\.\n$/,
			) as string,
		});
		expect(await sandbox('list')).toMatchObject({status: 0, out: expect.stringContaining('main') as string, err: ''});
		expect(await sandbox('edit', 'main', '--description', 'by the agent')).toMatchObject({status: 0});
		expect(await sandbox('agent', 'status')).toMatchObject({
			status: 0,
			out: expect.stringMatching(/^IF UNUSED +AT MOST +VAULT\n1[45]m.* +(8h|7h 59m) +\S+sandbox\.json\n$/) as string,
		});
		expect(await sandbox('agent', 'lock')).toMatchObject({
			status: 0,
			out: '',
			err: 'The agent has forgotten its key and ended.\n',
		});
		expect(await sandbox('list')).toMatchObject({status: 4});
		expect(await sandbox('agent', 'status')).toMatchObject({status: 0, out: '', err: 'No agent runs.\n'});
		expect(await sandbox('agent', 'lock')).toMatchObject({status: 0, err: 'No agent runs.\n'});
	});

	test('holds several vaults at once', async () => {
		const pid = await start();
		expect(await live('list')).toMatchObject({status: 4});
		expect(await live('agent', '--passphrase-file', file)).toMatchObject({status: 0});
		expect(await live('list')).toMatchObject({status: 0});
		expect(await sandbox('list')).toMatchObject({status: 0});
		const report = await status();
		expect(report).toMatchObject({
			running: true,
			pid,
			vaults: [{path: home.file('.config/okx-keys/sandbox.json')}, {path: null}],
		});
		expect((await sandbox('agent', 'lock')).err).toContain('its 2 keys');
		await gone(pid);
	});

	test('forgets by itself, and ends', async () => {
		const pid = await start('--idle', '2s');
		await gone(pid);
		expect(await sandbox('list')).toMatchObject({status: 4});
		expect(fs.existsSync((await status()).socket)).toBe(false);
	});

	test('is not renewed by itself: to start it again asks again', async () => {
		await start('--max', '1h');
		expect(await sandbox('agent', '--max', '2h')).toMatchObject({
			status: 4,
			err: expect.stringContaining('no terminal to ask for the passphrase') as string,
		});
		expect((await status()).vaults[0]!.leftMs).toBeLessThanOrEqual(3_600_000);
		const pid = await start('--max', '2h');
		const {vaults} = await status();
		expect(vaults).toHaveLength(1);
		expect(vaults[0]!.leftMs).toBeGreaterThan(3_600_000);
		expect(isAlive(pid)).toBe(true);
	});

	test('a wrong passphrase starts nothing', async () => {
		expect(await sandbox('agent', '--passphrase-file', home.passphraseFile('not this one', 'wrong'))).toMatchObject({
			status: 11,
		});
		expect(await status()).toMatchObject({running: false, pid: null, vaults: []});
	});

	test.each([
		['a word that it does not know', ['restart'], /The agent has no action called restart/],
		['two words', ['status', 'lock'], /./],
		['a time without a unit', ['--idle', '15'], /--idle is not a time from 1s to 7d/],
		['no time at all', ['--max', '0s'], /--max is not a time/],
		['for ever', ['--max', '8d'], /--max is not a time/],
	])('refuses %s', async (_, words, sentence) => {
		expect(await sandbox('agent', ...words, '--passphrase-file', file)).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringMatching(sentence) as string,
		});
	});

	test('two starts at once leave one agent, which has the key', async () => {
		const starts = await Promise.all(Array.from({length: 3}, async () => sandbox('agent', '--passphrase-file', file)));
		expect(starts.map(({status, err}) => ({status, lines: err.split('\n').length}))).toEqual(
			Array.from({length: 3}, () => ({status: 0, lines: 2})),
		);
		const {pid, socket, vaults} = await status();
		expect(vaults).toHaveLength(1);
		expect(execFileSync('pgrep', ['-f', socket], {encoding: 'utf8'}).trim().split('\n')).toEqual([String(pid)]);
	});

	test('a start waits for another one that is under way', async () => {
		const {socket} = await status();
		const release = await takeLock(path.join(path.dirname(socket), 'agent.lock'), 5000);
		const starting = sandbox('agent', '--passphrase-file', file);
		await delay(2500);
		expect(await status()).toMatchObject({running: false});
		release!();
		expect(await starting).toMatchObject({status: 0});
		expect(await status()).toMatchObject({running: true});
	});

	test('killed, it leaves a socket that keeps nobody from anything, and the next takes its place', async () => {
		const pid = await start();
		process.kill(pid, 'SIGKILL');
		await gone(pid);
		expect(fs.lstatSync((await status()).socket).isSocket()).toBe(true);
		expect(await sandbox('list', '--passphrase-file', file)).toMatchObject({status: 0, err: ''});
		const next = await start();
		expect(next).not.toBe(pid);
		expect(await sandbox('list')).toMatchObject({status: 0});
	});

	test('stopped while it holds a key, it is not called gone: every command says so and how to end it', async () => {
		const pid = await start();
		process.kill(pid, 'SIGSTOP');
		try {
			const asked = await Promise.all([
				sandbox('agent', 'lock'),
				sandbox('agent', 'lock', '--json'),
				sandbox('agent', 'status', '--json'),
				sandbox('agent', '--passphrase-file', file),
			]);
			for (const answer of asked)
				expect(answer).toMatchObject({
					status: 1,
					out: '',
					err: expect.stringContaining(`does not answer.\n${remedy}`) as string,
				});
			expect(found()).toContain(pid);
			expect(await sandbox('list')).toMatchObject({
				status: 4,
				err: expect.stringMatching(/does not answer[^]*no terminal to ask for the passphrase/) as string,
			});
			expect(await sandbox('list', '--passphrase-file', file)).toMatchObject({status: 0});
		} finally {
			process.kill(pid, 'SIGCONT');
		}

		// The lock that it was told has been waiting for it.
		await gone(pid);
	});

	test('works under --readonly, and so does a backup: neither changes the vault', async () => {
		const vault = home.file('.config/okx-keys/sandbox.json');
		const before = fs.readFileSync(vault);
		await start('--readonly');
		expect(await sandbox('backup', home.file('copy.json'), '--readonly')).toMatchObject({status: 0});
		expect(fs.readFileSync(vault)).toEqual(before);
		expect(fs.readFileSync(home.file('copy.json'))).toEqual(before);
	});

	test('tells a script how many keys it has forgotten', async () => {
		await start();
		expect(await sandbox('agent', 'lock', '--json')).toMatchObject({
			status: 0,
			out: '{\n  "forgotten": 1\n}\n',
			err: '',
		});
		expect(await sandbox('agent', 'lock', '--json')).toMatchObject({
			status: 0,
			out: '{\n  "forgotten": null\n}\n',
			err: '',
		});
	});

	test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends on %s and removes its socket', async signal => {
		const pid = await start();
		const {socket} = await status();
		process.kill(pid, signal);
		await gone(pid);
		expect(fs.existsSync(socket)).toBe(false);
	});

	test('badly-moded-socket: commands do not use it, and open with the passphrase all the same', async () => {
		await start();
		const {socket} = await status();
		fs.chmodSync(socket, 0o666);
		try {
			expect(await sandbox('list')).toMatchObject({
				status: 4,
				err: expect.stringContaining('can be used by other users') as string,
			});
			expect(await sandbox('list', '--passphrase-file', file)).toMatchObject({status: 0});
			expect(await sandbox('agent', 'status')).toMatchObject({status: 1, out: ''});
		} finally {
			fs.chmodSync(socket, 0o600);
		}
	});

	test.each<readonly [string, string, (pid: number) => unknown]>([
		['locked', 'it was locked', async () => sandbox('agent', 'lock')],
		['told to end', 'it was stopped', pid => process.kill(pid, 'SIGTERM')],
	])('in the foreground it is the program itself, until it is %s', async (_, ending, end) => {
		const child = spawn(process.execPath, [program, 'agent', '--foreground', '--sandbox', '--passphrase-file', file], {
			env: home.environment,
			cwd: home.path,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		let err = '';
		child.stderr.on('data', (chunk: Buffer) => {
			err += chunk.toString();
		});
		const ended = new Promise(resolve => {
			child.on('close', resolve);
		});
		await until(() => err.includes('The agent has the key'), 'the agent’s word');
		expect((await status()).pid).toBe(child.pid);
		expect(found()).toContain(child.pid);
		expect(await sandbox('list')).toMatchObject({status: 0});
		expect(await sandbox('agent', '--foreground', '--passphrase-file', file)).toMatchObject({
			status: 2,
			err: expect.stringContaining(`An agent runs already (process ${child.pid}).`) as string,
		});
		await end(child.pid!);
		expect(await ended).toBe(0);
		expect(err).toContain(`The agent has ended: ${ending}.`);
	});
});

describe.skipIf(!isLinux)('the agent’s process (as /proc tells of it)', () => {
	test('has a session of its own, no terminal, no environment, no folder, and no file of whoever started it', async () => {
		const held = fs.openSync(file, 'r');
		const child = spawn(process.execPath, [program, 'agent', '--sandbox', '--passphrase-file', file], {
			env: {...home.environment, CANARY: 'environment'},
			cwd: home.path,
			stdio: Array.from({length: 61}, (_, index) => ([0, 20, 60].includes(index) ? held : 'ignore')),
		});
		await new Promise(resolve => {
			child.on('close', resolve);
		});
		fs.closeSync(held);
		const {pid} = await status();
		const field = (name: string) => fs.readFileSync(`/proc/${pid}/${name}`, 'utf8');
		expect(field('environ')).toBe('');
		expect(fs.readlinkSync(`/proc/${pid}/cwd`)).toBe('/');
		expect(field('status')).toMatch(/^Umask:\s*0077$/m);
		const [parent, group, session, terminal] = field('stat').split(') ')[1]!.split(' ').slice(1).map(Number);
		expect({group, session, terminal}).toEqual({group: pid, session: pid, terminal: 0});
		expect(parent).not.toBe(process.pid);
		const open = fs
			.readdirSync(`/proc/${pid}/fd`)
			.map(name => ({name, to: fs.readlinkSync(`/proc/${pid}/fd/${name}`)}));
		expect(open.filter(({name}) => Number(name) < 3).map(({to}) => to)).toEqual([
			'/dev/null',
			'/dev/null',
			'/dev/null',
		]);
		expect(open.filter(({to}) => !/^(\/dev\/null$|anon_inode:|pipe:|socket:)/.test(to))).toEqual([]);
	});

	test('the key is in no argument, environment or file of the machine', async () => {
		await start();
		const {socket, vaults} = await status();
		const key = (await keyAgentAt({socket, owner: process.geteuid!()}).get(vaults[0]!.vaultId))!;
		expect(key).toHaveLength(32);
		const forms = [key, key.toString('hex'), key.toString('base64'), key.toString('base64url')];
		const places = [
			...home.files(),
			...fs
				.readdirSync('/proc')
				.filter(name => /^\d+$/.test(name))
				.flatMap(pid => ['cmdline', 'environ'].map(name => path.join('/proc', pid, name)))
				.flatMap(name => {
					try {
						return [{name, bytes: fs.readFileSync(name)}];
					} catch {
						// It has ended, or belongs to another user.
						return [];
					}
				}),
		];
		expect(places.some(({name}) => name.endsWith('/cmdline'))).toBe(true);
		for (const {name, bytes} of places) expect(forms.filter(form => bytes.includes(form)).length, name).toBe(0);
	});

	test.skipIf(!mayReadMemory)(
		'a key that it has forgotten is nowhere in its memory (needs root, or a kernel that lets debuggers in)',
		async () => {
			const pid = await start();
			expect(await live('agent', '--passphrase-file', file)).toMatchObject({status: 0});
			const {
				socket,
				vaults: [{vaultId}],
			} = (await status()) as Status & {readonly vaults: readonly [Status['vaults'][number]]};
			const agent = keyAgentAt({socket, owner: process.geteuid!()});
			const key = (await agent.get(vaultId))!;
			// The answer's own copy goes with the connection.
			await until(() => copiesIn(pid, key) === 1, 'one copy');
			await agent.forget(vaultId);
			expect(copiesIn(pid, key)).toBe(0);
		},
	);
});

/** How often bytes, as they are and as text, are in the writable memory of a process. */
function copiesIn(pid: number, wanted: Buffer): number {
	const forms = [
		wanted,
		Buffer.from(wanted.toString('base64').slice(0, 40)),
		Buffer.from(wanted.toString('base64').slice(0, 40), 'utf16le'),
	];
	const memory = fs.openSync(`/proc/${pid}/mem`, 'r');
	let count = 0;
	try {
		for (const line of fs.readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
			const [, from, to] = /^([\da-f]+)-([\da-f]+) rw/.exec(line) ?? [];
			if (from === undefined || to === undefined) continue;
			const bytes = readMemory(memory, BigInt(`0x${from}`), Number(BigInt(`0x${to}`) - BigInt(`0x${from}`)));
			for (const form of forms) for (let at = bytes.indexOf(form); at !== -1; at = bytes.indexOf(form, at + 1)) count++;
		}
	} finally {
		fs.closeSync(memory);
	}

	return count;
}

function readMemory(memory: number, position: bigint, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	try {
		fs.readSync(memory, bytes, {position});
	} catch {
		// A part that the kernel does not give.
	}

	return bytes;
}

describe.skipIf(!hasTmux)('at a terminal', () => {
	test('agent asks once; two commands ask for nothing; after agent lock it asks again', async () => {
		const terminal = new Terminal(home);
		try {
			terminal.start('agent', '--sandbox');
			await terminal.see('Passphrase or recovery key:');
			terminal.type(passphrase);
			terminal.press('Enter');
			await terminal.see('The agent has the key');
			terminal.start('list', '--sandbox');
			await terminal.see(/^main +read,trade/m);
			terminal.start('show', 'main', '--sandbox');
			await terminal.see(/^Permissions +read, trade/m);
			terminal.start('agent', 'lock', '--sandbox');
			await terminal.see('has forgotten its key and ended');
			terminal.start('list', '--sandbox');
			await terminal.see(/and ended\.[^]*Passphrase or recovery key: *$/m);
			terminal.press('C-c');
			await terminal.see('Stopped; nothing was changed.');
		} finally {
			terminal.close();
		}
	});
});
