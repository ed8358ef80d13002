import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {agentReport, giveKey, keyAgentAt, lockAgent} from '../../source/agent/client.ts';
import {createElapsedClock} from '../../source/agent/suspend-aware-clock.ts';
import {mostVaults} from '../../source/agent/keyring.ts';
import {stopTime} from '../helpers/time.ts';
import {clocks, holding, hour, impostor, newAgent, newKey, newEndpoint, term} from './world.ts';

describe('an agent', () => {
	test('gives the key of the vault that it was given, and of no other', async () => {
		const {client, vault, key} = await holding();
		expect(await client.get(vault)).toEqual(key);
		expect(await client.get(newKey().vault)).toBeUndefined();
	});

	test('keeps several vaults, forgets each by itself, and ends with the last', async () => {
		const {client, vault, key, endpoint, agent} = await holding();
		const other = newKey();
		await giveKey(endpoint, other.vault, other.key, term);
		await client.forget(other.vault);
		expect(await client.get(other.vault)).toBeUndefined();
		expect(await client.get(vault)).toEqual(key);
		await client.forget(vault);
		expect(await agent.ended).toBe('empty');
		expect(fs.existsSync(endpoint.socket)).toBe(false);
		expect(await client.get(vault)).toBeUndefined();
		await client.forget(vault);
	});

	test('forgets everything and ends when it is locked', async () => {
		const {client, vault, endpoint, agent} = await holding();
		expect(await lockAgent(endpoint)).toBe(1);
		expect(await agent.ended).toBe('locked');
		expect(fs.readdirSync(endpoint.folder)).toEqual([]);
		expect(await client.get(vault)).toBeUndefined();
		expect(await lockAgent(endpoint)).toBeUndefined();
	});

	test('reports all vaults that it has room for, and takes no more', async () => {
		const endpoint = newEndpoint();
		await newAgent(endpoint);
		const keys = Array.from({length: mostVaults}, newKey);
		for (const {vault, key} of keys) await giveKey(endpoint, vault, key, {idleMs: 7 * 24 * hour, maxMs: 7 * 24 * hour});
		expect((await agentReport(endpoint))!.vaults.map(({vault}) => vault)).toEqual(keys.map(({vault}) => vault));
		const {vault, key} = newKey();
		await expect(giveKey(endpoint, vault, key, term)).rejects.toMatchObject({
			code: 'agent',
			message: expect.stringContaining('did not take the key') as string,
		});
	});

	test('keeps its socket and folder to its user, under umask 000', async () => {
		const before = process.umask(0);
		try {
			const {endpoint} = await holding();
			expect(fs.lstatSync(endpoint.socket).mode & 0o7777).toBe(0o600);
			expect(fs.lstatSync(endpoint.folder).mode & 0o7777).toBe(0o700);
			expect(fs.readdirSync(endpoint.folder)).toEqual(['agent.sock']);
		} finally {
			process.umask(before);
		}
	});

	test('is not started where one runs, which goes on', async () => {
		const {endpoint, client, vault, key} = await holding();
		await expect(newAgent(endpoint)).rejects.toMatchObject({
			code: 'agent',
			message: `An agent is already running (process ${process.pid}).`,
		});
		expect(await client.get(vault)).toEqual(key);
	});

	test('answers 200 clients at once', async () => {
		const {client, vault, key} = await holding();
		const answers = await Promise.all(Array.from({length: 200}, async () => client.get(vault)));
		expect(answers.filter(answer => answer?.equals(key))).toHaveLength(200);
	});

	test('answers those that wait behind 64 that say nothing', async () => {
		const {endpoint, client, vault, key} = await holding();
		const silent = Array.from({length: 64}, () => net.connect(endpoint.socket).on('error', () => {}));
		onTestFinished(() => {
			for (const socket of silent) socket.destroy();
		});
		await Promise.all(
			silent.map(
				async socket =>
					new Promise(resolve => {
						socket.on('connect', resolve);
					}),
			),
		);
		const answers = await Promise.all(Array.from({length: 10}, async () => client.get(vault)));
		expect(answers.filter(answer => answer?.equals(key))).toHaveLength(10);
	});
});

describe('its time', () => {
	test('is over after a second without use: it wipes the key, removes its socket and ends', async () => {
		stopTime();
		const {agent, endpoint} = await holding({idleMs: 1000, maxMs: hour});
		await vi.advanceTimersByTimeAsync(999);
		expect(await agentReport(endpoint)).toMatchObject({vaults: [{}]});
		await vi.advanceTimersByTimeAsync(1001);
		expect(await agent.ended).toBe('empty');
		expect(fs.existsSync(endpoint.socket)).toBe(false);
	});

	test('is over after two seconds although it is used all the while', async () => {
		stopTime();
		const {agent, client, vault, key} = await holding({idleMs: 1500, maxMs: 2000});
		for (let passed = 100; passed < 2000; passed += 100) {
			await vi.advanceTimersByTimeAsync(100);
			expect(await client.get(vault), `after ${passed} ms`).toEqual(key);
		}

		await vi.advanceTimersByTimeAsync(100);
		expect(await client.get(vault)).toBeUndefined();
		expect(await agent.ended).toBe('empty');
	});

	test('is over when the wall clock says so, although no other clock has moved', async () => {
		let ahead = 0;
		const endpoint = newEndpoint();
		const agent = await newAgent(endpoint, createElapsedClock({...clocks, wall: () => Date.now() + ahead}));
		const {vault, key} = newKey();
		await giveKey(endpoint, vault, key, {idleMs: hour, maxMs: 8 * hour});
		ahead = 2 * hour;
		expect(await keyAgentAt(endpoint).get(vault)).toBeUndefined();
		expect(await agent.ended).toBe('empty');
	});

	test('does not begin before the first key, for which it waits a while', async () => {
		stopTime();
		const endpoint = newEndpoint();
		const agent = await newAgent(endpoint);
		await vi.advanceTimersByTimeAsync(9000);
		expect(await agentReport(endpoint)).toMatchObject({vaults: []});
		await vi.advanceTimersByTimeAsync(1000);
		expect(await agent.ended).toBe('empty');
	});
});

describe('its socket', () => {
	test('removed: it ends', async () => {
		stopTime();
		const {agent, endpoint} = await holding();
		fs.unlinkSync(endpoint.socket);
		await vi.advanceTimersByTimeAsync(1000);
		expect(await agent.ended).toBe('replaced');
	});

	test('its folder removed, as at the end of a login: it ends', async () => {
		stopTime();
		const {agent, endpoint} = await holding();
		fs.rmSync(endpoint.folder, {recursive: true});
		await vi.advanceTimersByTimeAsync(1000);
		expect(await agent.ended).toBe('replaced');
	});

	test('replaced: it ends, and leaves alone what came in its place', async () => {
		stopTime();
		const {agent, endpoint} = await holding();
		fs.unlinkSync(endpoint.socket);
		await impostor(endpoint);
		await vi.advanceTimersByTimeAsync(1000);
		expect(await agent.ended).toBe('replaced');
		expect(fs.lstatSync(endpoint.socket).isSocket()).toBe(true);
	});

	test('stopped while it is replaced: the other one’s stays too', async () => {
		const {agent, endpoint} = await holding();
		fs.renameSync(endpoint.socket, path.join(endpoint.folder, 'away'));
		await impostor(endpoint);
		agent.stop();
		expect(await agent.ended).toBe('stopped');
		expect(fs.lstatSync(endpoint.socket).isSocket()).toBe(true);
	});
});
