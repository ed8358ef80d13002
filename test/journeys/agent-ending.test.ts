import {spawn} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {found, gone, remedy, test} from './agent.ts';
import {until} from './ending.ts';
import {program} from './program.ts';

describe.concurrent('the end of an agent', () => {
	test('killed, it leaves a socket that is in no way, and the next takes its place', async ({
		agent: {sandbox, status, start, opened},
	}) => {
		const pid = await start();
		process.kill(pid, 'SIGKILL');
		await gone(pid);
		expect(fs.lstatSync((await status()).socket).isSocket()).toBe(true);
		expect(await sandbox('list', ...opened)).toMatchObject({status: 0, err: ''});
		const next = await start();
		expect(next).not.toBe(pid);
		expect(await sandbox('list')).toMatchObject({status: 0});
	});

	test('stopped while it holds a key, it is not called gone: every command says so and how to end it', async ({
		agent: {sandbox, start, opened},
	}) => {
		const pid = await start();
		process.kill(pid, 'SIGSTOP');
		try {
			const asked = await Promise.all([
				sandbox('agent', 'lock'),
				sandbox('agent', 'lock', '--json'),
				sandbox('agent', 'status', '--json'),
				sandbox('agent', ...opened),
			]);
			for (const answer of asked)
				expect(answer).toMatchObject({
					status: 1,
					out: '',
					err: expect.stringContaining(`does not answer.\n${remedy}`) as string,
				});
			expect(found()).toContain(pid);
			expect(await sandbox('list')).toMatchObject({
				status: 11,
				err: expect.stringMatching(/does not answer[^]*no terminal to ask for its passphrase/) as string,
			});
			expect(await sandbox('list', ...opened)).toMatchObject({status: 0});
		} finally {
			process.kill(pid, 'SIGCONT');
		}

		// The lock that it was told has been waiting for it.
		await gone(pid);
	});

	test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
		'ends on %s and removes its socket',
		async (signal, {agent: {status, start}}) => {
			const pid = await start();
			const {socket} = await status();
			process.kill(pid, signal);
			await gone(pid);
			expect(fs.existsSync(socket)).toBe(false);
		},
	);

	test.for<
		readonly [string, string, (pid: number, sandbox: (...words: readonly string[]) => Promise<unknown>) => unknown]
	>([
		['locked', 'it was locked', async (_, sandbox) => sandbox('agent', 'lock')],
		['told to end', 'it was stopped', pid => process.kill(pid, 'SIGTERM')],
	])(
		'in the foreground it is the program itself, until it is %s',
		async ([, ending, end], {agent: {home, sandbox, status, opened}}) => {
			const child = spawn(process.execPath, [program, 'agent', '--foreground', '--sandbox', ...opened], {
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
			expect(await sandbox('agent', '--foreground', ...opened)).toMatchObject({
				status: 2,
				err: expect.stringContaining(`An agent is already running (process ${child.pid}).`) as string,
			});
			await end(child.pid!, sandbox);
			expect(await ended).toBe(0);
			expect(err).toContain(`The agent has ended: ${ending}.`);
		},
	);
});
