import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ImportEntry} from '../../source/formats/format.ts';
import {formats, readNames, type FormatName} from '../../source/formats/index.ts';
import {formatOf} from '../../source/formats/recognise.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {workOf} from '../helpers/time.ts';
import {failureOf} from '../vault/world.ts';

const folder = path.join(import.meta.dirname, 'fixtures/bots');
const secret = (end: string) => `9F86D081884C7D659A2FEAA0C55AD0${end}`;
const apiKey = (end: string) => `0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1${end}`;
const usual = 'Correct-Horse9!';

async function parse(text: string, format?: FormatName): Promise<readonly ImportEntry[]> {
	const source = sourceOf(text, 'keys', 'fallback');
	return formats[format ?? formatOf(source)!].parse!(source);
}

function said({name, key, problem, isElsewhere}: ImportEntry) {
	if (!key) return [name, isElsewhere ? 'elsewhere' : 'refused', problem.problem];
	const {credential, environment, site} = key;
	return [
		key.name,
		environment ?? '-',
		site ?? '-',
		credential.apiKey,
		credential.secretKey.reveal(),
		credential.passphrase.reveal(),
	];
}

const samples: Readonly<Record<string, readonly (readonly string[])[]>> = {
	'agent-trade-kit.config.toml': [
		['demo', 'demo', '-', apiKey('00'), secret('15'), 'Corr#ct\\Horse"9!'],
		['live-eea', '-', 'eea', apiKey('01'), secret('16'), "Corr'ct#Horse9!"],
		['custom', '-', 'https://app.okx.com', apiKey('02'), secret('17'), usual],
	],
	'ccxt.keys.local.json': [
		['okx', '-', 'okx', apiKey('04'), secret('19'), usual],
		['myokx', '-', 'myokx', apiKey('05'), secret('1A'), usual],
		['binance', 'elsewhere', 'It is for the exchange binance, not for OKX.'],
	],
	'compose.yaml': [['bot', '-', 'okx', apiKey('0d'), secret('22'), 'Pa$$w0rd5^']],
	'cryptofeed.config.yaml': [['okx', '-', '-', apiKey('0a'), secret('1F'), usual]],
	'exported-crlf.env': [['fallback', '-', 'okx', apiKey('0c'), secret('21'), 'Pa$$w0rd5^']],
	'freqtrade.config.json': [['fallback', '-', 'my.okx.com', apiKey('03'), secret('18'), usual]],
	'gocryptotrader.config.json': [
		['Okx', 'demo', '-', apiKey('10'), secret('25'), usual],
		['Kraken', 'elsewhere', 'It is for the exchange Kraken, not for OKX.'],
	],
	'hummingbot-gateway.okx.yml': [['fallback', '-', '-', apiKey('06'), secret('1B'), usual]],
	'hummingbot.okx.yml': [['fallback', 'refused', 'The API key is encrypted by the program that wrote the file.']],
	'kubernetes.secret.yaml': [['okx', '-', 'okx', apiKey('0e'), secret('23'), usual]],
	'mcp.json': [['mcp-okx', 'demo', 'https://www.okx.com', apiKey('0f'), secret('24'), usual]],
	'octobot.user.config.json': [['okx', 'live', 'okx', apiKey('07'), secret('1C'), usual]],
	'passivbot.api-keys.json': [
		['okx_01', '-', 'okx', apiKey('09'), secret('1E'), usual],
		['bybit_01', 'elsewhere', 'It is for the exchange bybit, not for OKX.'],
	],
	'python-okx.env': [['fallback', 'demo', 'okx', apiKey('0b'), secret('20'), "Corr$ct'Horse9!"]],
	'vnpy.connect_okx.json': [['fallback', 'demo', '-', apiKey('08'), secret('1D'), usual]],
};

describe('the file of a bot', () => {
	test('is read in a test for every sample', () => {
		expect(fs.readdirSync(folder).toSorted()).toEqual(Object.keys(samples).toSorted());
	});

	test.each(Object.entries(samples))('other-format: %s is read as it stands', async (name, entries) => {
		const text = fs.readFileSync(path.join(folder, name), 'utf8');
		expect((await parse(text)).map(entry => said(entry))).toEqual(entries);
	});

	test.each(Object.keys(samples))('line-ends: %s is read alike with CRLF', async name => {
		const text = fs.readFileSync(path.join(folder, name), 'utf8');
		const unix = text.replaceAll('\r\n', '\n');
		expect((await parse(unix.replaceAll('\n', '\r\n'))).map(entry => said(entry))).toEqual(
			(await parse(unix)).map(entry => said(entry)),
		);
	});

	test.each(Object.keys(samples))('truncated: no beginning of %s makes more than a refusal or an entry', async name => {
		const text = fs.readFileSync(path.join(folder, name), 'utf8');
		for (let length = 0; length < text.length; length += 7) {
			const source = sourceOf(text.slice(0, length), 'keys', 'fallback');
			const format = formatOf(source);
			if (!format) continue;
			try {
				await formats[format].parse!(source);
			} catch (error) {
				expect(error).toMatchObject({code: 'not-importable'});
				expect(String(error)).not.toMatch(/0f1e2d3c|9F86D0|Horse9/);
			}
		}
	});
});

const three = (before: string, end: string, after = '') =>
	`${before}API_KEY${after}=${apiKey(end)}\n${before}SECRET_KEY${after}=${secret(end)}\n` +
	`${before}PASSPHRASE${after}=${usual}\n`;

describe('a .env file', () => {
	test('of several keys gives each the name that its variables share', async () => {
		const entries = await parse(
			`${three('OKX_', '00')}${three('GRID_OKX_', '01')}${three('OKX_', '02', '_2')}OKX_DEMO=1\n${three('OKX_PAPER_', '03')}`,
		);
		expect(entries.map(({key}) => [key?.name, key?.environment, key?.credential.apiKey])).toEqual([
			['fallback', 'demo', apiKey('00')],
			['2', undefined, apiKey('02')],
			['grid', undefined, apiKey('01')],
			['paper', 'demo', apiKey('03')],
		]);
	});

	test.each([
		['OKX_FLAG=0', 'live', 'okx'],
		['OKX_TRADE_FLAG=1', 'demo', 'okx'],
		['OKX_SITE=eea', undefined, 'eea'],
		['OKX_API_BASE_URL=https://us.okx.com', undefined, 'https://us.okx.com'],
		['HOST=0.0.0.0\nDEMO=1\nDB_PASSWORD=x\nJWT_SECRET_KEY=y', undefined, 'okx'],
	])('with %j is for %s and %s', async (line, environment, site) => {
		const [entry, ...more] = await parse(`${three('OKX_', '00')}${line}\n`);
		expect(more).toEqual([]);
		expect([entry!.key!.environment, entry!.key!.site]).toEqual([environment, site]);
	});

	test.each([
		['bare names', `APIKEY=${apiKey('00')}\nSECRETKEY=${secret('00')}\nPASSPHRASE=${usual}\nflag=1`, 'demo'],
		['the names of okx-api', `API_KEY_COM=${apiKey('00')}\nAPI_SECRET_COM=${secret('00')}\nAPI_PASS_COM=${usual}`, '-'],
		[
			'the names of freqtrade',
			`FREQTRADE__EXCHANGE__NAME=myokx\nFREQTRADE__EXCHANGE__KEY=${apiKey('00')}\n` +
				`FREQTRADE__EXCHANGE__SECRET=${secret('00')}\nFREQTRADE__EXCHANGE__PASSWORD=${usual}\n` +
				'FREQTRADE__API_SERVER__PASSWORD=x',
			'-',
		],
		['a prefix of a framework', three('VITE_OKX_', '00'), '-'],
	])('is read under %s', async (_, text, environment) => {
		const [entry, ...more] = await parse(text, 'env');
		expect(more).toEqual([]);
		expect(said(entry!).slice(3)).toEqual([apiKey('00'), secret('00'), usual]);
		expect(entry!.key!.environment ?? '-').toBe(environment);
	});

	test('of another exchange is told so, and what may be of anything is left out', async () => {
		const entries = await parse(`BINANCE_API_KEY=a\nBINANCE_SECRET_KEY=b\nDB_PASSWORD=c\nSMTP_PASSWORD=d\n`, 'env');
		expect(entries.map(entry => said(entry))).toEqual([
			['fallback', 'elsewhere', 'It is for the exchange binance, not for OKX.'],
		]);
	});

	test.each([
		['OKX_API_KEY=${KEY:-x}\nOKX_SECRET_KEY=a\nOKX_PASSPHRASE=b', 'taken from a variable that the file does not hold'],
		['OKX_API_KEY=your_api_key_here\nOKX_SECRET_KEY=a\nOKX_PASSPHRASE=b', 'the placeholder of a sample file'],
		['OKX_API_KEY=CANARY\nOKX_SECRET_KEY=CANARY', 'The passphrase is missing'],
		['OKX_API_KEY=CANARY\nOKX_SECRET_KEY=ENC[CANARY]\nOKX_PASSPHRASE=b', 'encrypted by the program'],
		['OKX_API_KEY=CANARY\nOKX_SECRET_KEY=1\nOKX_SECRET=CANARY\nOKX_PASSPHRASE=b', 'and they differ'],
		[`OKX_API_KEY=${'x'.repeat(5000)}\nOKX_SECRET_KEY=1\nOKX_PASSPHRASE=b`, 'too long'],
	])('says why it cannot be taken, without a value: %j', async (text, why) => {
		const [entry] = await parse(text);
		expect(entry!.problem!.problem).toContain(why);
		expect(JSON.stringify(entry)).not.toContain('CANARY');
	});
});

test('a list of Kubernetes Secrets, and several documents in one file, give all their keys', async () => {
	const one = (name: string, end: string, indent = '') =>
		[
			'apiVersion: v1',
			'kind: Secret',
			`metadata: {name: ${name}}`,
			`stringData: {OKX_API_KEY: ${apiKey(end)}, OKX_SECRET_KEY: ${secret(end)}, OKX_PASSPHRASE: 12345678}`,
		]
			.map(line => `${indent}${line}`)
			.join('\n');
	const several = `${one('a', '00')}\n---\n${one('b', '01')}\n---\nkind: ConfigMap\napiVersion: v1\n`;
	const items = [one('c', '02', '    '), one('d', '03', '    ')].map(text => text.replace(/^ {4}/, '  - '));
	const list = `apiVersion: v1\nkind: List\nitems:\n${items.join('\n')}\n`;
	for (const [text, names] of [
		[several, ['a', 'b']],
		[list, ['c', 'd']],
	] as const) {
		const entries = await parse(text);
		expect(entries.map(({key}) => key?.name)).toEqual(names);
		// Digits without quotes stay the text that they are.
		expect(entries.every(({key}) => key?.credential.passphrase.reveal() === '12345678')).toBe(true);
	}
});

describe('a hostile file', () => {
	test('alias-bomb: a YAML of laughs upon laughs costs no time', async () => {
		const lines = ['services: &a0 {x: "lol"}'];
		for (let depth = 1; depth < 30; depth++)
			lines.push(`a${depth}: &a${depth} [${Array.from({length: 10}, () => `*a${depth - 1}`).join(', ')}]`);
		const work = await workOf(async () => {
			expect(await parse(lines.join('\n'), 'compose')).toEqual([]);
		});
		expect(work).toBeLessThan(3000);
	});

	test.each([
		['YAML without end', 'compose', `services: ${'['.repeat(100_000)}`],
		[
			'YAML that goes deeper by each line',
			'compose',
			Array.from({length: 3000}, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
		],
		['TOML without end', 'okx-cli', `[profiles.a]\nx = ${'['.repeat(100_000)}`],
		['a YAML that is too long', 'compose', `services:\n${'# x\n'.repeat(1_500_000)}`],
		['TOML that ends too early', 'okx-cli', '[profiles.a]\napi_key = "CANARY'],
		['YAML that is none', 'compose', 'services: {a: "CANARY'],
	] as const)('%s is refused in one sentence, without a value', async (_, format, text) => {
		let message = '';
		const work = await workOf(async () => {
			({message} = await failureOf(async () => parse(text, format)));
		});
		expect(message).toMatch(/^keys is (not|longer).*; nothing was imported\.$/);
		expect(message).not.toContain('CANARY');
		expect(work).toBeLessThan(5000);
	});

	test.each([
		['okx-cli', `[profiles.__proto__]\napi_key = "a"\nsecret_key = "b"\npassphrase = "c"\npolluted = true`],
		['ccxt', '{"__proto__": {"apiKey": "a", "secret": "b", "password": "c", "polluted": true}}'],
		['compose', 'services:\n  __proto__:\n    environment: {OKX_API_KEY: a, __proto__: {polluted: b}}'],
		['env', 'OKX_API_KEY=a\n__proto__=polluted\nconstructor=b'],
	] as const)('prototype-pollution: %s with __proto__ changes no object', async (format, text) => {
		const entries = await parse(text, format);
		expect({}).not.toHaveProperty('polluted');
		for (const {key} of entries) expect(key ?? {}).not.toHaveProperty('polluted');
	});

	test('hostile-name: an entry is shown by a name that steers no terminal', async () => {
		const [entry] = await parse(
			'{"\\u001b]0;x\\u0007\\u202e": {"exchange": "okx", "key": "", "secret": ""}}',
			'passivbot',
		);
		expect(entry!.name).toMatch(/^\\u\{1b\}/);
	});
});

/** Members that the formats look for, so that arbitrary values reach their depths. */
const members = fc.constantFrom(
	...'exchanges,exchange,api,credentials,name,key,secret,apiKey,okx,mcpServers,env,profiles,services,environment,kind'.split(
		',',
	),
	...'apiVersion,metadata,data,stringData,items,options,urls,ccxt_config,hostname'.split(','),
	...'site,demo,OKX_API_KEY,okx_secret_key,key_id,__proto__,API Key'.split(','),
);
const {value: anything} = fc.letrec(tie => ({
	value: fc.oneof(
		{depthSize: 'small'},
		fc.constantFrom(null, true, 0, '', 'okx', 'Secret', '${X}', 'MQ==', 'é', '\u001b'),
		fc.array(tie('value'), {maxLength: 3}),
		fc.array(fc.tuple(members, tie('value')), {maxLength: 5}).map(pairs => Object.fromEntries(pairs) as unknown),
	),
}));

test.each(readNames)('hostile-import: no content of a %s file does more than make entries or a refusal', async name => {
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(
				anything.map(value => JSON.stringify(value)),
				fc.string({unit: 'binary'}),
			),
			async text => {
				const source = sourceOf(text, 'keys', 'fallback');
				expect(() => formatOf(source)).not.toThrow();
				try {
					for (const {name: shown, key, problem} of await formats[name].parse!(source)) {
						expect(shown).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
						expect(key === undefined).toBe(problem !== undefined);
					}
				} catch (error) {
					expect(error).toMatchObject({code: 'not-importable'});
				}
			},
		),
		{numRuns: 300},
	);
});

test('a .env file that sets a variable twice is refused where that would lose a key, and only there', async () => {
	const {env} = formats;
	const lines = (apiKey: string) => `OKX_API_KEY=${apiKey}\nOKX_SECRET_KEY=CANARY\nexport OKX_PASSPHRASE=c\n`;
	const parsed = async (text: string) => env.parse!(sourceOf(text, 'bot.env', 'bot'));
	await expect(parsed(`${lines('a')}# the other\n${lines('b')}`)).rejects.toThrow(
		'bot.env sets OKX_API_KEY twice, to different values; nothing was imported.',
	);
	for (const [name, others] of [
		['FREQTRADE__EXCHANGE__KEY', 'FREQTRADE__EXCHANGE__SECRET=s\nFREQTRADE__EXCHANGE__PASSWORD=p\n'],
		['OKX_PASSWORD', 'OKX_APIKEY=k\nOKX_SECRET=s\n'],
		['OKX_KEY', 'OKX_SECRET=s\nOKX_PASS=p\n'],
	])
		await expect(parsed(`${name}=a\n${others}${name}=b\n`)).rejects.toThrow(
			`bot.env sets ${name} twice, to different values; nothing was imported.`,
		);
	for (const text of [lines('a').repeat(2), `#${lines('b')}${lines('a')}`, `PORT=1\nPORT=2\n${lines('a')}`])
		expect(await parsed(text)).toMatchObject([{name: 'bot', key: {credential: {apiKey: 'a'}}}]);
});

test('shred-loses-first-key: a compose file that sets a variable twice in one service is refused', async () => {
	const service = (lines: readonly string[]) =>
		`services:\n  bot:\n    environment:\n${lines.map(line => `      - ${line}\n`).join('')}`;
	const lines = ['OKX_API_KEY=a', 'OKX_SECRET_KEY=CANARY', 'OKX_PASSPHRASE=c'];
	const parsed = async (text: string) => formats.compose.parse!(sourceOf(text, 'compose.yaml', 'compose'));
	expect(await parsed(service(lines))).toMatchObject([{key: {credential: {apiKey: 'a'}}}]);
	await expect(parsed(service(['OKX_API_KEY=b', ...lines]))).rejects.toThrow(
		'compose.yaml sets OKX_API_KEY twice in one service; nothing was imported.',
	);
});
