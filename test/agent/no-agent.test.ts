import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {type Socket} from 'node:net';
import path from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {agentReport, keyAgentAt, lockAgent} from '../../source/agent/client.ts';
import {stopTime} from '../helpers/time.ts';
import {impostor, newAgent, newKey, newEndpoint, owner, send} from './world.ts';

test('an agent that is silent for five seconds is not taken for none: it may hold a key all the same', async () => {
	const endpoint = newEndpoint();
	let asked = Promise.withResolvers<void>();
	let missing = 3;
	await impostor(endpoint, () => {
		if (--missing === 0) asked.resolve();
	});
	const {vault} = newKey();
	stopTime();
	let refusals = 0;
	const asking = [keyAgentAt(endpoint).get(vault), agentReport(endpoint), lockAgent(endpoint)].map(async answer => {
		await expect(answer).rejects.toMatchObject({
			code: 'agent',
			message: expect.stringContaining('does not answer') as string,
		});
		refusals++;
	});
	await asked.promise;
	await vi.advanceTimersByTimeAsync(4999);
	expect(refusals).toBe(0);
	await vi.advanceTimersByTimeAsync(1);
	await Promise.all(asking);
	// To be forgotten by it is a wish that never fails.
	[asked, missing] = [Promise.withResolvers<void>(), 1];
	const forgotten = keyAgentAt(endpoint).forget(vault);
	await asked.promise;
	await vi.advanceTimersByTimeAsync(5000);
	await forgotten;
});

describe('an agent that is none any more is as good as none', () => {
	const {vault} = newKey();
	test.each<readonly [string, (socket: Socket) => void]>([
		[
			'dies before it answers',
			socket => {
				socket.destroy();
			},
		],
		[
			'dies within its answer',
			socket => {
				socket.end('{"v":1,"ok":true,"key":true}\nshort');
			},
		],
		[
			'answers nonsense',
			socket => {
				socket.end('200 OK\n');
			},
		],
		[
			'answers too much',
			socket => {
				socket.write('x'.repeat(100_000));
			},
		],
		[
			'answers with another version',
			socket => {
				socket.end('{"v":2,"ok":true}\n');
			},
		],
		[
			'gives a key without saying its version',
			socket => {
				socket.end(Buffer.concat([Buffer.from('{"ok":true,"key":true}\n'), Buffer.alloc(32)]));
			},
		],
	])('one that %s', async (_, answer) => {
		const endpoint = newEndpoint();
		await impostor(endpoint, answer);
		expect(await keyAgentAt(endpoint).get(vault)).toBeUndefined();
	});

	test('one whose process is gone: its socket gives way to the next', async () => {
		const endpoint = newEndpoint();
		fs.mkdirSync(endpoint.folder, {mode: 0o700});
		const script =
			'net.createServer().listen(process.argv[1], () => { fs.chmodSync(process.argv[1], 0o600); ' +
			'process.kill(process.pid, "SIGKILL"); })';
		expect(spawnSync(process.execPath, ['-e', script, endpoint.socket]).signal).toBe('SIGKILL');
		expect(fs.lstatSync(endpoint.socket).isSocket()).toBe(true);
		expect(await keyAgentAt(endpoint).get(vault)).toBeUndefined();
		await newAgent(endpoint);
		expect(await agentReport(endpoint)).toMatchObject({pid: process.pid, vaults: []});
	});

	test('none where nothing was ever made, and nothing is made by asking', async () => {
		const endpoint = newEndpoint();
		expect(await keyAgentAt(endpoint).get(vault)).toBeUndefined();
		expect(await agentReport(endpoint)).toBeUndefined();
		expect(await lockAgent(endpoint)).toBeUndefined();
		await keyAgentAt(endpoint).forget(vault);
		expect(fs.existsSync(endpoint.folder)).toBe(false);
	});

	test('none where the path is too long for a socket; to start one says why', async () => {
		const short = newEndpoint();
		const endpoint = {socket: path.join(short.folder, 'x'.repeat(100), 'agent.sock'), owner};
		expect(await keyAgentAt(endpoint).get(vault)).toBeUndefined();
		await expect(newAgent(endpoint)).rejects.toMatchObject({
			code: 'agent',
			message: expect.stringMatching(/has \d{3} bytes, and the address of a socket has room for 107/) as string,
		});
		expect(fs.existsSync(short.folder)).toBe(false);
	});

	test('one at the longest path that a socket can have works', async () => {
		const {folder} = newEndpoint();
		fs.mkdirSync(folder, {mode: 0o700});
		const endpoint = {
			socket: path.join(folder, 'x'.repeat(107 - Buffer.byteLength(folder) - '/agent.sock'.length - 1), 'agent.sock'),
			owner,
		};
		expect(Buffer.byteLength(endpoint.socket)).toBe(107);
		await newAgent(endpoint);
		expect(await agentReport(endpoint)).toMatchObject({vaults: []});
		expect((await send(endpoint, '{"v":1,"op":"status"}\n')).toString()).toContain('"ok":true');
	});
});
