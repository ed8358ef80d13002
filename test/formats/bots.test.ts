import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {formats} from '../../source/formats/index.ts';
import {formatOf} from '../../source/formats/recognise.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {apiKey, parse, said, secret, usual} from './imported.ts';

const folder = path.join(import.meta.dirname, 'fixtures/bots');

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
		[`${list}---\n${several}`, ['c', 'd', 'a', 'b']],
	] as const) {
		const entries = await parse(text);
		expect(entries.map(({key}) => key?.name)).toEqual(names);
		// Digits without quotes stay the text that they are.
		expect(entries.every(({key}) => key?.credential.passphrase.reveal() === '12345678')).toBe(true);
	}
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

test('a compose file that takes a variable from its surroundings is told so', async () => {
	const lines = [`OKX_API_KEY=${apiKey('00')}`, `OKX_SECRET_KEY=${secret('00')}`, 'OKX_PASSPHRASE'];
	const environment = lines.map(line => `      - ${line}\n`).join('');
	const [entry] = await parse(`services:\n  bot:\n    environment:\n${environment}`);
	expect(said(entry!)).toEqual([
		'bot',
		'refused',
		'The passphrase is taken from a variable that the file does not hold.',
	]);
});

test('a profile of OKX’s tools that signs in without a key is left out, and no fault', async () => {
	const file = `[profiles.browser]\nsite = "eea"\n\n[profiles.grid]\napi_key = "${apiKey('00')}"\n`;
	expect((await parse(file)).map(entry => said(entry))).toEqual([
		['browser', 'elsewhere', 'It holds no API key.'],
		['grid', 'refused', 'The secret key is missing.'],
	]);
});

test('a file of passivbot may have only the other names that it takes for the parts', async () => {
	const user = {exchange: 'okx', api_key: apiKey('00'), secretKey: secret('00'), password: usual};
	expect((await parse(JSON.stringify({referrals: {okx: 'x'}, one: user}))).map(entry => said(entry))).toEqual([
		['one', '-', 'okx', apiKey('00'), secret('00'), usual],
	]);
});
