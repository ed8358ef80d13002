import {randomBytes} from 'node:crypto';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Context} from '../source/actions/context.ts';
import {testKey} from '../source/actions/test.ts';
import type {TestResult} from '../source/actions/test-result.ts';
import {verdict} from '../source/cli/test-report.ts';
import type {ProbeStepName} from '../source/exchange/probe/probe-step.ts';
import {createExchange} from '../source/exchange/client.ts';
import type {Timing} from '../source/exchange/timing.ts';
import type {Exit} from '../source/core/exit-status.ts';
import {exits} from '../source/core/exit-status.ts';
import {faultNames} from '../source/sandbox/faults.ts';
import {startSandbox, type Sandbox} from '../source/sandbox/server.ts';
import {memoryStorage} from '../source/sandbox/storage.ts';
import {seedSandbox} from '../source/sandbox/state.ts';
import {verdictRows} from '../source/ui/key-view/verdict-rows.ts';
import {fakeVault} from './helpers/fakes.ts';
import {storedKey} from './helpers/keys.ts';
import {settingsAt} from './helpers/settings.ts';
import {quickRetries} from './helpers/time.ts';

/**
 * What a fault comes to: the exit status, the exchange's code, the first layer that fails, and the cause in words;
 * `trade` for those that only a proof of Trade meets.
 */
type Expected = readonly [exit: Exit, code: string | null, layer: ProbeStepName | null, cause: RegExp, proof?: 'trade'];

const expected: Readonly<Record<string, Expected>> = {
	dns: ['network', null, 'dns', /^The name sandbox\.invalid:\d+ could not be found/],
	refused: ['network', null, 'tcp', /refused the connection/],
	reset: ['network', null, 'time', /was cut off/],
	timeout: ['network', null, 'time', /did not answer in time/],
	slow: ['ok', null, null, /^The key works/],
	tls: ['ok', null, null, /^The key works/],
	'tls-expired': ['network', null, 'tls', /is not safe: its certificate has expired \(on \d{4}-\d\d-\d\d\)/],
	'tls-not-yet': ['network', null, 'tls', /is not safe: its certificate is not valid yet \(from \d{4}-\d\d-\d\d on\)/],
	'tls-self-signed': ['network', null, 'tls', /is not safe: its certificate is signed only by itself/],
	'tls-authority': [
		'network',
		null,
		'tls',
		/is not safe: its certificate comes from an authority that this machine does not trust/,
	],
	'tls-wrong-name': ['network', null, 'tls', /is not safe: its certificate is for another name/],
	'tls-protocol': ['network', null, 'tls', /is not safe: it does not speak TLS/],
	redirect: ['network', null, 'time', /wanted to send us elsewhere \(https:\/\/login\.example\)/],
	'redirect-site': [
		'wrongSite',
		null,
		'time',
		/sends us to https:\/\/my\.okx\.com, which is the site eea of the exchange/,
	],
	'captive-portal': ['network', null, 'time', /web page instead of data \(HTTP 200\), which begins “Hotel Wi-Fi”/],
	waf: ['network', null, 'time', /refused the call with a web page \(HTTP 403\), which begins “Attention Required!”/],
	proxy: ['network', null, 'time', /proxy/i],
	garbage: ['exchangeDown', null, 'time', /not an answer of the exchange: it is not JSON/],
	empty: ['exchangeDown', null, 'time', /with nothing at all/],
	'gzip-bomb': ['exchangeDown', null, 'time', /far more than the exchange ever sends/],
	endless: ['exchangeDown', null, 'time', /far more than the exchange ever sends/],
	'rate-limit-1s': ['ok', null, null, /^The key works/],
	'rate-limit-1h': ['rateLimited', '50011', 'time', /^Too many calls/],
	'500': ['exchangeDown', '50026', 'time', /error of its own/],
	'500-message': ['exchangeDown', null, 'time', /has an error of its own \(HTTP 500\): “An unexpected error occurred”/],
	'502': ['exchangeDown', null, 'time', /is down.*HTTP 502/],
	'503': ['exchangeDown', '50001', 'time', /is down for the moment/],
	maintenance: ['exchangeDown', '50001', 'time', /is down for the moment/],
	'clock-ahead': ['clockSkew', '50102', 'time', /4[456] s behind the exchange/],
	'clock-behind': ['clockSkew', '50102', 'time', /4[456] s ahead of the exchange/],
	'permission-appeared': ['drift', null, null, /differs from what is declared here: permissions/],
	'permission-unknown': ['drift', null, null, /differs from what is declared here: permissions/],
	'permission-gone': ['drift', null, null, /differs from what is declared here: permissions/],
	'ip-changed': ['drift', null, null, /differs from what is declared here: ip/],
	'ip-gone': ['drift', null, null, /differs from what is declared here: ip/],
	'label-changed': ['drift', null, null, /differs from what is declared here: label/],
	'other-account': ['drift', null, null, /differs from what is declared here: account/],
	'sub-account': ['drift', null, null, /differs from what is declared here: account/],
	'kyc-missing': ['ok', null, null, /^The key works/],
	'50001': ['exchangeDown', '50001', 'auth', /is down for the moment/],
	'50004': ['exchangeDown', '50004', 'auth', /out of time/],
	'50005': ['exchangeDown', '50005', 'auth', /retired/],
	'50007': ['frozen', '50007', 'auth', /blocked/],
	'50008': ['keyMissing', '50008', 'auth', /does not know the account/],
	'50011': ['rateLimited', '50011', 'auth', /^Too many calls/],
	'50012': ['frozen', '50012', 'auth', /state/],
	'50013': ['exchangeDown', '50013', 'auth', /busy/],
	'50026': ['exchangeDown', '50026', 'auth', /error of its own/],
	'50027': ['frozen', '50027', 'auth', /restricted/],
	'50028': ['frozen', '50028', 'auth', /abnormal/],
	'50029': ['frozen', '50029', 'auth', /suspended/],
	'50030': ['permissionMissing', '50030', 'auth', /programme/],
	'50035': ['permissionMissing', '50035', 'auth', /bound to an IP address/],
	'50040': ['rateLimited', '50040', 'auth', /same was asked too often/],
	'50041': ['permissionMissing', '50041', 'auth', /chosen accounts/],
	'50046': ['exchangeDown', '50046', 'auth', /does not offer this for the moment/],
	'50051': ['wrongSite', '50051', 'auth', /country/],
	'50060': ['permissionMissing', '50060', 'auth', /verified/],
	'50061': ['rateLimited', '50061', 'auth', /sub-account/],
	'50062': ['exchangeDown', '50062', 'auth', /does not offer this for the moment/],
	'50067': ['wrongSite', '50067', 'auth', /site/],
	'50100': ['frozen', '50100', 'auth', /frozen/],
	'50101': ['wrongSite', '50101', 'auth', /demo trading.*stored here as a live key/],
	'50102': ['clockSkew', '50102', 'auth', /50102/],
	'50103': ['authentication', '50103', 'auth', /no API key/],
	'50104': ['authentication', '50104', 'auth', /no passphrase/],
	'50105': ['authentication', '50105', 'auth', /passphrase of the key is wrong/],
	'50106': ['authentication', '50106', 'auth', /no signature/],
	'50107': ['authentication', '50107', 'auth', /no time/],
	'50110': ['ipNotAllowed', '50110', 'auth', /127\.0\.0\.1/],
	'50111': ['authentication', '50111', 'auth', /API key/],
	'50112': ['clockSkew', '50112', 'auth', /time of the request/],
	'50113': ['authentication', '50113', 'auth', /secret key is wrong/],
	'50114': ['permissionMissing', '50114', 'auth', /authorization/],
	'50119': ['keyMissing', '50119', 'auth', /does not know this key/],
	'50120': ['permissionMissing', '50120', 'auth', /permission/],
	'50124': ['permissionMissing', '50124', 'trade', /no right to trade BTC-USDT/, 'trade'],
	'51155': ['ok', null, null, /^The key works/, 'trade'],
	'50121': ['wrongSite', '50121', 'auth', /address of this machine|127\.0\.0\.1/],
};

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
