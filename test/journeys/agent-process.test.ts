import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {keyAgentAt} from '../../source/agent/client.ts';
import {isLinux, test, type Status} from './agent.ts';
import {until} from './ending.ts';
import {program} from './program.ts';

/** Whether the kernel lets a user read the memory of his other processes. */
const mayReadMemory =
	process.geteuid!() === 0 ||
	!fs.existsSync('/proc/sys/kernel/yama/ptrace_scope') ||
	fs.readFileSync('/proc/sys/kernel/yama/ptrace_scope', 'utf8').trim() === '0';

describe.skipIf(!isLinux).concurrent('the agent’s process (as /proc tells of it)', () => {
	test('has a session of its own, no terminal, no environment, no folder, nor a file of who started it', async ({
		agent: {home, status, opened},
	}) => {
		const held = fs.openSync(home.file('passphrase'), 'r');
		const child = spawn(process.execPath, [program, 'agent', '--sandbox', ...opened], {
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

	test('the key is in no argument, environment or file of the machine', async ({agent: {status, start, home}}) => {
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
		async ({agent: {live, status, start, liveOpened}}) => {
			const pid = await start();
			expect(await live('agent', ...liveOpened)).toMatchObject({status: 0});
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
