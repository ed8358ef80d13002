import {randomBytes} from 'node:crypto';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Context} from '../source/actions/context.ts';
import {testKey} from '../source/actions/test.ts';
import type {TestResult} from '../source/actions/test-result.ts';
import {verdict} from '../source/cli/test-report.ts';
import {createExchange} from '../source/exchange/client.ts';
import type {Timing} from '../source/exchange/timing.ts';
import {exits} from '../source/core/exit-status.ts';
import {faultNames} from '../source/sandbox/faults.ts';
import {startSandbox, type Sandbox} from '../source/sandbox/server.ts';
import {memoryStorage} from '../source/sandbox/storage.ts';
import {seedSandbox} from '../source/sandbox/seed.ts';
import {verdictRows} from '../source/ui/key-view/verdict-rows.ts';
import {fakeVault} from './helpers/fakes.ts';
import {storedKey} from './helpers/keys.ts';
import {settingsAt} from './helpers/settings.ts';
import {quickRetries} from './helpers/time.ts';
import {expected} from './expected-faults.ts';

/** Only silence is waited for to its end. */
const impatient: Readonly<Record<string, Partial<Timing>>> = {timeout: {...quickRetries, attemptMs: 300}};

type Rehearsed = {readonly context: Context; readonly sandbox: Sandbox; readonly close: () => Promise<void>};

/** An exchange of its own with a fault at work, and a key there whose account is known; to be closed. */
async function rehearsing(fault?: string): Promise<Rehearsed> {
	const {state, main} = seedSandbox({clock: Date.now, random: randomBytes});
	const sandbox = await startSandbox({storage: memoryStorage(state), clock: Date.now, random: randomBytes});
	const key = storedKey({
		id: 'm',
		name: 'main',
		site: 'sandbox',
		label: 'main',
		permissions: ['read', 'trade'],
		ip: ['127.0.0.1', '::1'],
		credential: main,
	});
	const context: Context = {
		vault: fakeVault({keys: [key]}),
		exchange: createExchange({
			clock: Date.now,
			sandboxUrl: async () => sandbox.currentUrl(),
			timing: impatient[fault ?? ''] ?? quickRetries,
		}),
		clock: Date.now,
		random: bytes => randomBytes(bytes),
		sandbox: true,
		readonly: true,
		seed: () => ({keys: []}),
		settings: settingsAt(),
	};
	// Its account is known from here on, so that another one is seen.
	await testKey({...context, readonly: false}, 'm');
	sandbox.injection.set(fault);
	return {context, sandbox, close: async () => sandbox.close()};
}

const results = new Map<string, Promise<TestResult>>();

/** What a live test makes of a fault; asked once, whichever test asks first. */
async function resultOf(name: string): Promise<TestResult> {
	const result =
		results.get(name) ??
		(async () => {
			const {context, close} = await rehearsing(name);
			return testKey(context, 'm', {proveTrade: expected[name]![4] === 'trade'}).finally(close);
		})();
	results.set(name, result);
	return result;
}

/** Those that mean the same to a person, whatever brought them about. */
const alike: ReadonlySet<string> = new Set([
	'endless',
	'503',
	'maintenance',
	'500',
	'50120',
	'permission-gone',
	'ip-gone',
	'rate-limit-1h',
]);

/** Every row of a screen as a person reads it. */
function screenOf(result: TestResult): string {
	return verdictRows(result, {columns: 80})
		.map(row => row.map(span => (typeof span === 'string' ? span : span.text)).join(''))
		.join(' ')
		.replaceAll(/\s+/g, ' ');
}

test('every fault of the sandbox is expected to come to something', () => {
	expect(Object.keys(expected).toSorted()).toEqual(faultNames.toSorted());
});

describe.concurrent('each failure gives its own true cause, on the screen, in the command and in JSON', () => {
	test.for(Object.entries(expected))('%s', async ([name, [exit, code, layer, cause]], {expect}) => {
		const result = await resultOf(name);
		expect(result).toMatchObject({ok: exit === 'ok', code: exits[exit].status, exchangeCode: code});
		expect(result.cause).toMatch(cause);
		expect(result.layers.find(({ok}) => ok === false)?.name ?? null).toBe(layer);
		if (exit !== 'ok') expect(result.fix).not.toBe('');
		const said = result.cause.replaceAll(/\s+/g, ' ');
		expect(screenOf(result)).toContain(said);
		expect(verdict(result).replaceAll(/\s+/g, ' ')).toContain(said);
		if (code !== null)
			for (const words of [result.cause, screenOf(result), verdict(result)]) expect(words).toContain(code);
		expect(JSON.parse(JSON.stringify(result))).toMatchObject({cause: result.cause, fix: result.fix});
	});

	test('api-key-told-by-a-refusal: the whole API key that 50110 names is shown and stored nowhere', async ({
		expect,
		onTestFinished,
	}) => {
		const {context, close} = await rehearsing('50110');
		onTestFinished(close);
		const {apiKey} = context.vault.read().keys[0]!.credential;
		const result = await testKey({...context, readonly: false}, 'm');
		expect(result.layers.find(({name}) => name === 'auth')?.detail).toBe(
			'refused with 50110: 127.0.0.1 is not on the allow-list of your API key ••••',
		);
		for (const told of [
			JSON.stringify(result),
			screenOf(result),
			verdict(result),
			JSON.stringify(context.vault.read().keys[0]!.lastTest),
		])
			expect(told).not.toContain(apiKey);
	});

	test('51155-blamed-on-the-key: an order that the law of a country refuses proves Trade all the same', async ({
		expect,
	}) => {
		const {ok, layers} = await resultOf('51155');
		expect([ok, layers.at(-1)]).toMatchObject([
			true,
			{name: 'trade', ok: true, detail: 'the key was let through; the order itself was refused with 51155'},
		]);
	});

	test('no two kinds of failure are told in the same words', async ({expect}) => {
		const names = Object.keys(expected).filter(name => !alike.has(name));
		const causes = await Promise.all(names.map(async name => (await resultOf(name)).cause));
		for (const [index, name] of names.entries()) {
			if (expected[name]![0] === 'ok') continue;
			const twin = names.find((other, place) => other !== name && causes[place] === causes[index]);
			expect(twin, `${name} reads like ${twin}`).toBeUndefined();
		}
	});
});

test('what the exchange announces is told while it is at fault, and not otherwise', async () => {
	const {context, sandbox, close} = await rehearsing('maintenance');
	onTestFinished(close);
	const result = await testKey(context, 'm');
	expect(result.notices).toMatchObject([{title: 'Upgrade of the trading system', state: 'ongoing'}]);
	expect(screenOf(result)).toMatch(/announces: Upgrade of the trading system \(ongoing/);
	sandbox.injection.set(undefined);
	expect((await testKey(context, 'm')).notices).toBeNull();
});

test('what is rehearsed ends when it is told to, and the key works again', async () => {
	const {context, sandbox, close} = await rehearsing('50113');
	onTestFinished(close);
	expect(await testKey(context, 'm')).toMatchObject({code: 20});
	sandbox.injection.set(undefined);
	expect(await testKey(context, 'm')).toMatchObject({code: 0});
});
