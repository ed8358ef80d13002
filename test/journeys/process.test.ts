import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {agentProcessCommand} from '../../source/agent/endpoint.ts';
import {until} from './ending.ts';
import {hasTmux, Home, program, run, Terminal} from './program.ts';
import {passphrase, vaultIn} from './vaults.ts';

let home: Home;
beforeEach(() => {
	home = new Home();
});
afterEach(() => {
	home.remove();
});

describe('a start that lets secrets out', () => {
	test('code-from-outside: NODE_OPTIONS=--require is refused by every command, before it does anything', async () => {
		const extra = home.file('extra.cjs');
		fs.writeFileSync(extra, '');
		for (const words of [
			['list'],
			['--sandbox'],
			['init', '--sandbox', '--passphrase-file', home.passphraseFile('correct horse battery')],
		]) {
			const {status, out, err} = await run(home, words, {environment: {NODE_OPTIONS: `--require=${extra}`}});
			expect({status, out}).toEqual({status: 2, out: ''});
			expect(err).toBe(
				'okx-keys: Node’s option --require, which NODE_OPTIONS holds, is not one of those that this program is known to be safe with, so okx-keys does not start.\nStart it as env -u NODE_OPTIONS okx-keys.\n',
			);
		}

		expect(home.files().map(({name}) => path.basename(name))).not.toContain('sandbox.json');
	});

	test.each([
		['--inspect=127.0.0.1:0', '--inspect'],
		['--heapsnapshot-signal=SIGUSR2', '--heapsnapshot-signal'],
		['--tls-keylog=keys', '--tls-keylog'],
		['--report-on-signal', '--report-on-signal'],
	])('node %s is refused', (option, name) => {
		const {status, stderr} = spawnSync(process.execPath, [option, program, 'list'], {
			env: home.environment,
			cwd: home.path,
			encoding: 'utf8',
		});
		expect(status).toBe(2);
		expect(stderr).toContain(`Node’s option ${name} is not one of those`);
	});

	test('help and version touch no secret, and are told all the same', async () => {
		for (const [words, told] of [
			[['--version'], /^\d+\.\d+\.\d+\n$/],
			[['-h'], /^Usage: okx-keys /],
			[['help', 'show'], /^Usage: okx-keys show/],
		] as const) {
			expect(await run(home, words, {environment: {NODE_OPTIONS: '--inspect=127.0.0.1:0'}})).toMatchObject({
				status: 0,
				out: expect.stringMatching(told) as string,
			});
		}
	});

	test('NODE_DEBUG is refused', async () => {
		expect(await run(home, ['list'], {environment: {NODE_DEBUG: 'stream'}})).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringContaining('env -u NODE_DEBUG okx-keys') as string,
		});
	});

	test('a start as most people have it goes on', async () => {
		expect(
			await run(home, ['--version'], {
				environment: {
					NODE_OPTIONS: '--max-old-space-size=512 --no-warnings',
					NODE_V8_COVERAGE: home.file('coverage'),
					NODE_EXTRA_CA_CERTS: '/dev/null',
					NODE_DEBUG: '',
				},
			}),
		).toMatchObject({status: 0, err: ''});
	});
});

/** The sockets on which a process listens, as /proc tells them. */
function listeners(pid: number): number {
	const own = new Set(
		fs.readdirSync(`/proc/${pid}/fd`).map(descriptor => {
			try {
				return /^socket:\[(\d+)\]$/.exec(fs.readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
			} catch {
				return undefined;
			}
		}),
	);
	const listening = '0A';
	const rows = ['tcp', 'tcp6'].flatMap(table =>
		fs.existsSync(`/proc/${pid}/net/${table}`)
			? fs.readFileSync(`/proc/${pid}/net/${table}`, 'latin1').split('\n').slice(1)
			: [],
	);
	return rows.map(row => row.trim().split(/\s+/)).filter(fields => fields[3] === listening && own.has(fields[9]))
		.length;
}

describe.skipIf(process.platform !== 'linux')('debugger-by-signal', () => {
	test('SIGUSR1 opens no debugger in a program that runs', async () => {
		// One that does not catch the signal shows what would happen.
		const other = spawn(
			process.execPath,
			['--inspect-port=0', '-e', 'console.log("ready"); setInterval(() => {}, 1000)'],
			{env: {}, stdio: ['ignore', 'pipe', 'ignore']},
		);
		const sandbox = spawn(process.execPath, [program, 'sandbox', '--port', '0'], {
			env: home.environment,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		try {
			await Promise.all([once(other.stdout, 'data'), once(sandbox.stdout, 'data')]);
			let said = '';
			sandbox.stderr.on('data', (text: Buffer) => {
				said += text.toString();
			});
			for (let times = 0; times < 3; times++) {
				sandbox.kill('SIGUSR1');
				await delay(100);
			}

			expect(listeners(sandbox.pid!)).toBe(1);
			expect(said).not.toMatch(/debugger/i);
			other.kill('SIGUSR1');
			await until(() => listeners(other.pid!) > 0, 'its debugger');
			expect(listeners(other.pid!)).toBe(1);
		} finally {
			other.kill('SIGKILL');
			sandbox.kill('SIGTERM');
			await once(sandbox, 'close');
		}
	});

	test('nor in one that starts: where Node has opened it before us, we refuse', async () => {
		const seen = {refused: 0, unharmed: 0};
		// The signal comes later and later, until one comes after the end.
		for (let afterMs = 0; ; afterMs += 4) {
			const child = spawn(process.execPath, [program, '--fault', 'list'], {
				env: home.environment,
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			let [out, err] = ['', ''];
			child.stdout.on('data', (text: Buffer) => {
				out += text.toString();
			});
			child.stderr.on('data', (text: Buffer) => {
				err += text.toString();
			});
			const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
			await delay(afterMs);
			const isTooLate = !child.kill('SIGUSR1');
			const [status, signal] = await ended;
			if (signal !== null) {
				// Before Node knows the signal, the system ends the program.
				expect(signal).toBe('SIGUSR1');
			} else if (/Debugger listening/.test(err)) {
				expect({status, out}).toEqual({status: 2, out: ''});
				expect(err).toContain('Node’s debugger is open');
				seen.refused++;
			} else {
				expect({status, err}).toEqual({status: 0, err: ''});
				seen.unharmed++;
			}

			if (isTooLate) break;
		}

		expect(seen.refused).toBeGreaterThan(0);
		expect(seen.unharmed).toBeGreaterThan(0);
	});
});

test.skipIf(process.platform !== 'linux')(
	'the agent is closed like the program: no memory in a core dump, files for its user alone, no debugger by signal',
	async () => {
		const folder = home.file('run');
		fs.mkdirSync(folder, {mode: 0o700});
		const socket = path.join(folder, 'okx-keys', 'agent.sock');
		const agent = spawn(process.execPath, [program, agentProcessCommand, socket], {env: {}, stdio: 'ignore'});
		try {
			await until(() => fs.existsSync(socket), 'the agent’s socket');
			agent.kill('SIGUSR1');
			await delay(300);
			const told = (name: string) => fs.readFileSync(`/proc/${agent.pid}/${name}`, 'latin1');
			expect({
				filter: told('coredump_filter').trim(),
				umask: /^Umask:\s*(\d+)$/m.exec(told('status'))?.[1],
				ports: listeners(agent.pid!),
			}).toEqual({filter: '00000000', umask: '0077', ports: 0});
		} finally {
			agent.kill('SIGTERM');
			await once(agent, 'close');
		}
	},
);

/** Where the kernel puts a core dump: a plain name is a file in the folder of the program. */
const dumps = (() => {
	try {
		const pattern = fs.readFileSync('/proc/sys/kernel/core_pattern', 'latin1').trim();
		const [limit] = execFileSync('sh', ['-c', 'ulimit -H -c'], {encoding: 'latin1'}).split('\n');
		return /^[^|/]+$/.test(pattern) && limit === 'unlimited';
	} catch {
		return false;
	}
})();

/** How often a text is in a file, however large that is. */
function countIn(file: string, text: string): number {
	const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
	const overlap = forms[1]!.length - 1;
	const chunk = Buffer.alloc(16 * 1024 * 1024);
	const descriptor = fs.openSync(file, 'r');
	let [found, kept] = [0, 0];
	for (;;) {
		const read = fs.readSync(descriptor, chunk, kept, chunk.length - kept, null);
		if (read === 0) break;
		const bytes = chunk.subarray(0, kept + read);
		for (const form of forms) for (let at = bytes.indexOf(form); at !== -1; at = bytes.indexOf(form, at + 1)) found++;
		const rest = bytes.subarray(-overlap);
		kept = rest.length;
		chunk.copyWithin(0, bytes.length - kept, bytes.length);
	}

	fs.closeSync(descriptor);
	return found;
}

const secret = `canary${randomBytes(12).toString('hex')}`;

/** Opens a vault in a terminal, in the home's folder, and shows the secret of its key; then `work`. */
async function whileShown(started: string, work: (terminal: Terminal) => Promise<void>): Promise<void> {
	const vault = await vaultIn(home, 'live');
	const credentials = JSON.stringify({
		apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
		secretKey: secret,
		passphrase: 'Correct-Horse9!',
	});
	expect(await vault.runWith({input: credentials}, 'add', 'bot1', '--no-test')).toMatchObject({status: 0});
	const terminal = new Terminal(home);
	try {
		terminal.type(`cd ${home.path} && ${started}`);
		terminal.press('Enter');
		await terminal.see('Unlock your vault');
		terminal.type(passphrase);
		terminal.press('Enter');
		await terminal.see(/bot1/);
		terminal.press('Enter');
		await terminal.see('Secret key');
		terminal.press('v');
		await terminal.see(secret);
		await work(terminal);
	} finally {
		terminal.close();
	}
}

describe.skipIf(!hasTmux || !dumps)(
	'core-dump (needs tmux, and a kernel that writes dumps into the folder of the program)',
	() => {
		async function dumped(prepare: (pid: number) => void): Promise<string> {
			await whileShown(`ulimit -c unlimited && ${process.execPath} ${program}`, async terminal => {
				const pid = terminal.programId();
				prepare(pid);
				process.kill(pid, 'SIGABRT');
				await terminal.see(/core dumped/i);
			});
			return home.file(fs.readdirSync(home.path).find(name => name.startsWith('core'))!);
		}

		test('a dump of the open program has no secret in it', async () => {
			const core = await dumped(() => {});
			expect(fs.statSync(core).size).toBeLessThan(1024 * 1024);
			expect(countIn(core, secret)).toBe(0);
		});

		test('it would be there if memory were dumped', async () => {
			const anonymousMemory = '0x1';
			const core = await dumped(pid => {
				fs.writeFileSync(`/proc/${pid}/coredump_filter`, anonymousMemory);
			});
			expect(countIn(core, secret)).toBeGreaterThan(0);
		});
	},
);

describe.skipIf(!hasTmux)('heap-after-lock (needs tmux)', () => {
	/**
	 * The program, in a process that writes what is on its heap whenever a file asks for it: as
	 * `--heapsnapshot-signal`, which is refused.
	 */
	const observed = `import fs from 'node:fs';
import {writeHeapSnapshot} from 'node:v8';
setInterval(() => {
	if (!fs.existsSync('wanted')) return;
	writeHeapSnapshot('heap');
	fs.rmSync('wanted');
}, 100).unref();
await import(${JSON.stringify(program)});`;

	async function heap(): Promise<string> {
		fs.writeFileSync(home.file('wanted'), '');
		await until(() => !fs.existsSync(home.file('wanted')), 'what is on the heap');
		return home.file('heap');
	}

	test('a secret that was on the screen, and the passphrase that was typed, are on the heap no more', async () => {
		fs.writeFileSync(home.file('observed.mjs'), observed);
		await whileShown(`${process.execPath} observed.mjs`, async terminal => {
			expect(countIn(await heap(), secret)).toBeGreaterThan(0);
			terminal.press('L');
			await terminal.see('Unlock your vault');
			// What was measured for the screen is forgotten within a second.
			await delay(2000);
			const after = await heap();
			expect(fs.statSync(after).size).toBeGreaterThan(1_000_000);
			expect([countIn(after, secret), countIn(after, passphrase)]).toEqual([0, 0]);
		});
	});
});
