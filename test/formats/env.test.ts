import {describe, expect, test} from 'vitest';
import {formats} from '../../source/formats/index.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {apiKey, parse, said, secret, three, usual} from './imported.ts';

describe('a .env file', () => {
	test('of several keys gives each the name that its variables share', async () => {
		const entries = await parse(
			`${three('OKX_', '00')}${three('GRID_OKX_', '01')}${three('OKX_', '02', '_2')}` +
				`OKX_DEMO=1\n${three('OKX_PAPER_', '03')}`,
		);
		expect(entries.map(({key}) => [key?.name, key?.environment, key?.credential.apiKey])).toEqual([
			['fallback', 'demo', apiKey('00')],
			['2', undefined, apiKey('02')],
			['grid', undefined, apiKey('01')],
			['paper', 'demo', apiKey('03')],
		]);
	});

	test.each(['OKX_DEMO_', 'DEMO_OKX_', 'OKX_SANDBOX_'])(
		'of %s variables gives a demo key of that name',
		async before => {
			const [entry, ...more] = await parse(three(before, '00'));
			expect(more).toEqual([]);
			expect(said(entry!)).toEqual([
				before.includes('DEMO') ? 'demo' : 'sandbox',
				'demo',
				'okx',
				apiKey('00'),
				secret('00'),
				usual,
			]);
		},
	);

	test.each([
		['OKX_FLAG=0', 'live', 'okx'],
		['OKX_TRADE_FLAG=1', 'demo', 'okx'],
		['OKX_SANDBOX_MODE=true', 'demo', 'okx'],
		['OKX_SITE=eea', undefined, 'eea'],
		['OKX_API_BASE_URL=https://us.okx.com', undefined, 'https://us.okx.com'],
		['OKX_SITE=global\nOKX_API_BASE_URL=https://tr.okx.com', undefined, 'https://tr.okx.com'],
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
		[
			'the names of bbgo',
			`OKEX_API_KEY=${apiKey('00')}\nOKEX_API_SECRET=${secret('00')}\nOKEX_API_PASSPHRASE=${usual}`,
			'-',
		],
		[
			'short names',
			`OKX_KEY=${apiKey('00')}\nOKX_SECRET=${secret('00')}\nOKX_PASS=${usual}\nOKX_USE_TESTNET=true`,
			'demo',
		],
		[
			'names that begin with that of the API key',
			`OKX_API_KEY=${apiKey('00')}\nOKX_API_KEY_SECRET=${secret('00')}\nOKX_API_KEY_PASSPHRASE=${usual}`,
			'-',
		],
	])('is read under %s', async (_, text, environment) => {
		const [entry, ...more] = await parse(text, 'env');
		expect(more).toEqual([]);
		expect(said(entry!).slice(3)).toEqual([apiKey('00'), secret('00'), usual]);
		expect(entry!.key!.environment ?? '-').toBe(environment);
	});

	test('of another exchange is told so, and what may be of anything is left out', async () => {
		const entries = await parse(`BINANCE_API_KEY=a\nBINANCE_SECRET_KEY=b\nDB_PASSWORD=c\nSMTP_PASSWORD=d\n`, 'env');
		expect(entries.map(entry => said(entry))).toEqual([
			['binance', 'elsewhere', 'It is for the exchange binance, not for OKX.'],
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

test('of an address and a word for the site, the address counts, in whatever order they stand', async () => {
	const env = {
		OKX_SITE: 'global',
		OKX_API_BASE_URL: 'https://tr.okx.com',
		OKX_API_KEY: apiKey('00'),
		OKX_SECRET_KEY: secret('00'),
		OKX_PASSPHRASE: usual,
	};
	const [entry] = await parse(JSON.stringify({mcpServers: {okx: {env}}}), 'mcp');
	expect(entry!.key!.site).toBe('https://tr.okx.com');
});

describe('a .env file that export has written in a dialect', () => {
	const exported = (dialect: string, passphrase: string) =>
		`# Written by okx-keys (export --dialect ${dialect})\n${three('OKX_', '00').replace(usual, passphrase)}`;

	test.each([
		['sh', String.raw`'a'\''b$c"'`, `a'b$c"`],
		['sh', String.raw`a\ b'$c'"\$d"`, 'a b$c$d'],
		['systemd', String.raw`"a\"b\$c\\\`d\e"`, 'a"b$c\\`d\\e'],
	])('is read as its readers read it: %s, %s', async (dialect, written, passphrase) => {
		for (const text of [exported(dialect, written), exported(dialect, written).replaceAll('\n', '\r\n')])
			expect(said((await parse(text))[0]!).at(-1)).toBe(passphrase);
	});

	test('is refused whole where another program has written into it', async () => {
		for (const line of ['OKX_FLAG = 1', `OKX_FLAG='1`, 'not a variable'])
			await expect(parse(`${exported('systemd', usual)}${line}\n`, 'env')).rejects.toThrow(
				'has lines that export --dialect systemd does not write',
			);
	});
});

describe('a .env file that a person has written for a shell', () => {
	const written = three('export OKX_', '00').replace(usual, String.raw`'it'\''s $9Aa'`);

	test('is read with a quote between quotes as a shell reads it', async () => {
		const [entry] = await parse(`#!/bin/sh\n${written.replace(/\n/, ' # mine\n')}`);
		expect(said(entry!).at(-1)).toBe("it's $9Aa");
	});

	test('is read with several commands in a line', async () => {
		const [entry] = await parse(three('export OKX_', '00').trim().replaceAll('\n', '; '));
		expect(said(entry!)).toEqual(said((await parse(three('export OKX_', '00')))[0]!));
	});

	test.each([
		['a value', `A=${'x'.repeat(12_000_000)}`],
		['a text in double quotes', `A="${'x'.repeat(12_000_000)}"`],
		['escaped characters', `A=${String.raw`\x`.repeat(6_000_000)}`],
	])('is refused with %s that no key has', async (_, line) => {
		await expect(parse(`${written}${line}\n`, 'env')).rejects.toThrow('lines that no shell reads');
	});

	test('is refused with lines that no shell reads, because its value would be cut', async () => {
		await expect(parse(`${written}A = b\n`)).rejects.toThrow(
			'is written for a shell, and has lines that no shell reads',
		);
	});
});
