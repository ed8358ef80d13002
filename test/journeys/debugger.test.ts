import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {describe, expect} from 'vitest';
import {agentProcessCommand} from '../../source/agent/endpoint.ts';
import {until} from './ending.ts';
import {test} from './journey.ts';
import {program, run} from './program.ts';

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

/** Has a program that does not catch the signal open its debugger: by then, any other would have done so too. */
async function debuggerBySignal(): Promise<void> {
	const other = spawn(
		process.execPath,
		['--inspect-port=0', '-e', 'console.log("ready"); setInterval(() => {}, 1000)'],
		{env: {}, stdio: ['ignore', 'pipe', 'ignore']},
	);
	try {
		await once(other.stdout, 'data');
		other.kill('SIGUSR1');
		await until(() => listeners(other.pid!) > 0, 'its debugger');
		expect(listeners(other.pid!)).toBe(1);
	} finally {
		other.kill('SIGKILL');
	}
}

describe.skipIf(process.platform !== 'linux').concurrent('debugger-by-signal', () => {
	test('SIGUSR1 opens no debugger in a program that runs', async ({home}) => {
		const sandbox = spawn(process.execPath, [program, 'sandbox', '--port', '0'], {
			env: home.environment,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		try {
			const [line] = (await once(sandbox.stdout.setEncoding('utf8'), 'data')) as [string];
			let said = '';
			sandbox.stderr.on('data', (text: Buffer) => {
				said += text.toString();
			});
			const {baseUrl} = JSON.parse(line) as {readonly baseUrl: string};
			for (let times = 0; times < 3; times++) {
				sandbox.kill('SIGUSR1');
				expect((await fetch(`${baseUrl}/api/v5/public/time`)).status).toBe(200);
			}

			await debuggerBySignal();
			expect(listeners(sandbox.pid!)).toBe(1);
			expect(said).not.toMatch(/debugger/i);
		} finally {
			sandbox.kill('SIGTERM');
			await once(sandbox, 'close');
		}
	});

	test('nor in one that starts, at whatever time of its start: where Node has opened it before us, we refuse', async ({
		home,
	}) => {
		const seen = {refused: 0, unharmed: 0};
		const started = performance.now();
		expect(await run(home, ['--fault', 'list'])).toMatchObject({status: 0, err: ''});
		const stepMs = (performance.now() - started) / 30;
		// The signal comes later and later, until one comes after the end.
		for (let afterMs = 0; ; afterMs += stepMs) {
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
	async ({home}) => {
		const folder = home.file('run');
		fs.mkdirSync(folder, {mode: 0o700});
		const socket = path.join(folder, 'okx-keys', 'agent.sock');
		const agent = spawn(process.execPath, [program, agentProcessCommand, socket], {env: {}, stdio: 'ignore'});
		try {
			await until(() => fs.existsSync(socket), 'the agent’s socket');
			agent.kill('SIGUSR1');
			await debuggerBySignal();
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
