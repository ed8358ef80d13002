import {once} from 'node:events';
import net from 'node:net';
import {setImmediate as turn} from 'node:timers/promises';
import {describe, expect, test, vi} from 'vitest';
import {agentReport} from '../../source/agent/client.ts';
import {stopTime} from '../helpers/time.ts';
import {holding, newKey, send} from './world.ts';

describe('what is no request closes the connection and changes nothing', () => {
	const vault = newKey().vault;
	const key = Buffer.alloc(32, 7);
	const line = (value: unknown) => `${JSON.stringify(value)}\n`;
	test.each<readonly [string, readonly (string | Buffer)[]]>([
		['no JSON', ['hello\n']],
		['an empty line', ['\n']],
		['a list', ['[]\n']],
		['null', ['null\n']],
		['bytes', [Buffer.from([0xff, 0xfe, 0x00, 0x0a])]],
		['a line that never ends', ['x'.repeat(5000)]],
		['a line of 4096 bytes without an end', ['x'.repeat(4096)]],
		['an unknown wish', [line({v: 1, op: 'dump'})]],
		['a wish of Object’s', [line({v: 1, op: 'constructor'})]],
		['another version', [line({v: 2, op: 'get', vault})]],
		['no version', [line({op: 'get', vault})]],
		['no vault', [line({v: 1, op: 'get'})]],
		['a vault that is a list', [line({v: 1, op: 'get', vault: [vault]})]],
		['a vault id of another length', [line({v: 1, op: 'forget', vault: 'AAAA'})]],
		['a key for no time', [line({v: 1, op: 'put', vault, idleMs: 0, maxMs: 0})]],
		['a key for ever', [line({v: 1, op: 'put', vault, idleMs: 1e12, maxMs: 1e12})]],
		['a key for a time in words', [line({v: 1, op: 'put', vault, idleMs: '9000', maxMs: 9000})]],
		['a key that was not asked for', [line({v: 1, op: 'key', key: true}), key]],
		['something behind it', [`${line({v: 1, op: 'status'})}${line({v: 1, op: 'status'})}`]],
	])('%s', async (_, chunks) => {
		const {endpoint, client, vault: own, key: ownKey} = await holding();
		expect((await send(endpoint, ...chunks)).toString('latin1')).toBe('');
		expect(await client.get(own)).toEqual(ownKey);
		expect((await agentReport(endpoint))!.vaults).toHaveLength(1);
	});

	test.each<readonly [string, Buffer]>([
		['no key', Buffer.from(line({v: 1, op: 'status'}))],
		['a key that is too long', Buffer.concat([Buffer.from(line({v: 1, op: 'key', key: true})), key, key])],
		['half a key', Buffer.concat([Buffer.from(line({v: 1, op: 'key', key: true})), key.subarray(16)])],
	])('%s after a promise of one', async (_, second) => {
		stopTime();
		const {endpoint, client, vault: own, key: ownKey} = await holding();
		const socket = net.connect(endpoint.socket).on('error', () => {});
		const closed = new Promise(resolve => {
			socket.on('close', resolve);
		});
		socket.write(line({v: 1, op: 'put', vault, idleMs: 9000, maxMs: 9000}));
		await once(socket, 'data');
		socket.write(second);
		// Half a key is waited for as long as half a request.
		await vi.advanceTimersByTimeAsync(2000);
		await closed;
		expect(await client.get(vault)).toBeUndefined();
		expect(await client.get(own)).toEqual(ownKey);
	});

	test('half a request, or one that comes drop by drop, is closed after two seconds', async () => {
		stopTime();
		const {endpoint, client, vault: own, key: ownKey} = await holding();
		let closed = 0;
		const slow = net.connect(endpoint.socket).on('error', () => {});
		const both = Promise.all(
			[
				send(endpoint, '{"v":1,'),
				new Promise<Buffer>(resolve => {
					slow.on('close', () => {
						resolve(Buffer.of());
					});
				}),
			].map(async answer => answer.finally(() => closed++)),
		);
		const dripping = setInterval(() => slow.write('x'), 50);
		// Later connections are answered, so both are being listened to.
		await agentReport(endpoint);
		await vi.advanceTimersByTimeAsync(1999);
		expect(closed).toBe(0);
		await vi.advanceTimersByTimeAsync(1);
		expect((await both).map(String)).toEqual(['', '']);
		clearInterval(dripping);
		expect(await client.get(own)).toEqual(ownKey);
	});

	test('a request in single bytes is one all the same', async () => {
		const {endpoint} = await holding();
		const socket = net.connect(endpoint.socket);
		const answered = new Promise<string>(resolve => {
			socket.on('data', (chunk: Buffer) => {
				resolve(chunk.toString());
			});
		});
		for (const byte of `${JSON.stringify({v: 1, op: 'status'})}\n`) {
			socket.write(byte);
			await turn();
		}

		expect(JSON.parse(await answered)).toMatchObject({v: 1, ok: true});
		socket.destroy();
	});

	test('to lock is understood in any version: it is the one wish that must never fail', async () => {
		const {endpoint, agent} = await holding();
		await send(endpoint, line({v: 99, op: 'lock'}));
		expect(await agent.ended).toBe('locked');
	});
});
