import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {connect} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {isAppError} from '../../source/core/errors.ts';
import {createExchange} from '../../source/exchange/client.ts';
import type {Target} from '../../source/exchange/target.ts';
import {embeddedExchange} from '../../source/sandbox/embedded.ts';
import {faultNames} from '../../source/sandbox/faults.ts';
import {memoryStorage} from '../../source/sandbox/storage.ts';
import {failing} from '../exchange/helpers.ts';

/** The exchange as the program embeds it, not started yet, and a client that finds it. */
function embedded(fault?: string) {
	let state: unknown;
	const storage = memoryStorage(undefined);
	const exchange = embeddedExchange({
		storage: {...storage, load: () => state},
		clock: Date.now,
		random: randomBytes,
		fault,
	});
	onTestFinished(async () => exchange.close());
	const {sandbox, keys} = exchange.seed();
	state = sandbox;
	const target: Target = {site: 'sandbox', environment: 'live', credential: keys[0]!.credential};
	const {call} = createExchange({sandboxUrl: exchange.start, clock: Date.now});
	return {...exchange, ask: async () => call('config', {}, target)};
}

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
	return (await failing(call)).details.failure?.exchangeCode;
}

describe('a failure is rehearsed from the very next call on', () => {
	test('before the exchange is started', async () => {
		const {faults, ask} = embedded();
		faults.set('50113');
		expect(await codeOf(ask())).toBe('50113');
	});

	test('while it is being started', async () => {
		const {faults, ask, start} = embedded('50111');
		const starting = start();
		faults.set('50113');
		await starting;
		expect(await codeOf(ask())).toBe('50113');
	});

	test('while it runs, one failure after the other, and none', async () => {
		const {faults, ask} = embedded('50105');
		expect(await codeOf(ask())).toBe('50105');
		for (const name of ['50113', '50119']) {
			faults.set(name);
			expect(faults.current()).toBe(name);
			expect(await codeOf(ask())).toBe(name);
		}

		faults.set(undefined);
		expect(faults.current()).toBeUndefined();
		expect(await ask()).toMatchObject({label: 'main'});
	});

	test('wherever that puts it', async () => {
		const {faults, start} = embedded();
		const plain = await start();
		const urlUnder = async (name: string | undefined) => {
			faults.set(name);
			return start();
		};
		expect((await urlUnder('dns')).hostname).toBe('sandbox.invalid');
		expect((await urlUnder('refused')).host).not.toBe(plain.host);
		const {protocol, hostname} = await urlUnder('tls');
		expect([protocol, hostname]).toEqual(['https:', 'localhost']);
		expect((await urlUnder(undefined)).href).toBe(plain.href);
	});
});

test('slow-loris: a connection that never shakes hands for TLS is cut off', {timeout: 30_000}, async () => {
	const {faults, start} = embedded();
	faults.set('tls');
	const {port} = await start();
	const socket = connect(Number(port), '127.0.0.1');
	socket.on('error', () => undefined);
	await once(socket, 'connect');
	const started = performance.now();
	socket.resume();
	await once(socket, 'close');
	expect(performance.now() - started).toBeLessThan(8000);
});

test('a name that is no failure is refused, and changes nothing', () => {
	const {faults} = embedded('50113');
	for (const name of ['nope', '__proto__', 'toString', '']) {
		expect(() => {
			faults.set(name);
		}, name).toThrowError(expect.toSatisfy((error: unknown) => isAppError(error, 'invalid')) as Error);
	}

	expect(faults.current()).toBe('50113');
});

test('all failures are listed by name, each with a few words of its own', () => {
	const {all} = embedded().faults;
	expect(all.map(({name}) => name)).toEqual(faultNames);
	expect(new Set(all.map(({about}) => about)).size).toBe(all.length);
	expect(all.filter(({about}) => !/^[^$]{5,60}$/.test(about))).toEqual([]);
});
