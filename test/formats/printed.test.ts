import {describe, expect, test} from 'vitest';
import {ccxt} from '../../source/formats/bots/ccxt.ts';
import {env, pythonOkx} from '../../source/formats/bots/env.ts';
import {freqtrade} from '../../source/formats/bots/freqtrade.ts';
import {dialects} from '../../source/formats/env-dialects.ts';
import {flavours} from '../../source/formats/flavours.ts';
import {formats, printedNames} from '../../source/formats/index.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {credentialWith, printable} from '../helpers/keys.ts';

const apiKey = '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6';
const secret = '9F86D081884C7D659A2FEAA0C55AD015';
const passphrase = 'Correct-Horse9!';
const eea = printable({name: 'grid', site: 'eea', environment: 'demo'});
const local = printable({name: 'local', site: 'http://127.0.0.1:8080'});

describe('ccxt', () => {
	test('gets each exchange by its id, with an address where that does not tell it', () => {
		expect(JSON.parse(ccxt.print!([eea, local]))).toEqual({
			myokx: {apiKey, secret, password: passphrase, sandbox: true},
			okx: {apiKey, secret, password: passphrase, sandbox: false, urls: {api: {rest: 'http://127.0.0.1:8080'}}},
		});
	});

	test('has no place for two accounts of one exchange', () => {
		expect(() => ccxt.print!([eea, printable({name: 'other', site: 'eea'})])).toThrow(
			'A list of keys for ccxt holds one account of each exchange, and both grid and other are of myokx.',
		);
	});
});

describe('freqtrade', () => {
	test('gets a configuration of its own, to be given beside the main one', () => {
		expect(JSON.parse(freqtrade.print!([eea]))).toEqual({
			exchange: {name: 'myokx', key: apiKey, secret, password: passphrase, ccxt_config: {sandbox: true}},
		});
		expect(JSON.parse(freqtrade.print!([local]))).toEqual({
			exchange: {
				name: 'okx',
				key: apiKey,
				secret,
				password: passphrase,
				ccxt_config: {sandbox: false, urls: {api: {rest: 'http://127.0.0.1:8080'}}},
			},
		});
	});

	test('has no place for two keys', () => {
		expect(() => freqtrade.print!([eea, local])).toThrow('A freqtrade configuration holds one key, not 2.');
	});
});

describe('a file of variables', () => {
	test('has those of a flavour, below a comment by which it is known', () => {
		expect(pythonOkx.print!([eea])).toBe(
			[
				'# Written by okx-keys (export)',
				`OKX_API_KEY=${apiKey}`,
				`OKX_API_SECRET=${secret}`,
				`OKX_PASSPHRASE='Correct-Horse9!'`,
				'OKX_FLAG=1',
				'OKX_SITE=eea',
				'OKX_API_BASE_URL=https://eea.okx.com',
				'OKX_DEMO=true',
				'',
			].join('\n'),
		);
	});

	test('has no line for a variable that a program is to be without', () => {
		expect(env.print!([eea], {flavour: flavours['ccxt-cli'], dialect: dialects.common})).not.toContain('OKXUS_');
	});

	test('sets several keys apart by the beginnings of their names', () => {
		const text = env.print!([printable({}, 'A_'), printable({}, 'B_')]);
		expect(text.match(/^[AB]_OKX_API_KEY=/gm)).toEqual(['A_OKX_API_KEY=', 'B_OKX_API_KEY=']);
	});

	test('is refused for a value that its readers differ on, which is not repeated', () => {
		const key = printable({name: 'grid', credential: credentialWith({passphrase: `o'"CANARY$x`})});
		expect(() => env.print!([key])).toThrow(
			expect.objectContaining({
				code: 'not-exportable',
				message:
					'The value for OKX_PASSPHRASE of grid cannot be written so that all readers of .env files read it alike.',
				hint:
					'Name the program that reads the file, with --dialect sh, dotenv, systemd, ' +
					'or hand it over with exec instead.',
			}),
		);
		const lines = printable({credential: credentialWith({passphrase: 'two\nlines'})});
		expect(() => env.print!([lines], {flavour: flavours.common, dialect: dialects.systemd})).toThrow(
			'The value for OKX_PASSPHRASE of bot1 cannot be written so that it is read right ' +
				'by systemd, by EnvironmentFile=.',
		);
	});
});

describe('a file in the place of an export', () => {
	const isOwn = (name: 'ccxt' | 'freqtrade' | 'env', text: string) => formats[name].isOwn!(sourceOf(text, 'it'));

	test.each(['ccxt', 'freqtrade', 'env'] as const)('is known as ours as %s prints it', name => {
		for (const key of [eea, local]) expect(isOwn(name, formats[name].print!([key]))).toBe(true);
	});

	test('is known as ours in every dialect and flavour, with the names of several keys', () => {
		for (const dialect of Object.values(dialects))
			for (const flavour of Object.values(flavours)) {
				const text = env.print!([printable({name: 'a', site: 'us'}, 'A_'), eea], {flavour, dialect});
				expect(isOwn('env', text)).toBe(true);
			}
	});

	test.each([
		['ccxt', '{"okx": {"apiKey": "a", "secret": "b"}, "binance": {"apiKey": "c"}}'],
		['ccxt', '{"okx": {"apiKey": "a", "options": {}}}'],
		['ccxt', '[]'],
		['ccxt', 'not JSON'],
		['freqtrade', '{"exchange": {"name": "okx", "key": "a", "secret": "b"}, "dry_run": true}'],
		['freqtrade', '{"exchange": {"name": "okx", "pair_whitelist": []}}'],
		['freqtrade', '{}'],
		['env', 'OKX_API_KEY=a\n'],
		['env', '\n# Written by okx-keys (export)\n'],
		['env', '# Written by okx-keys (export)\nOKX_API_KEY=a\nPORT=3000\n'],
		['env', '# Written by okx-keys (export)\nOKX_API_KEY=a\n# mine\n'],
	] as const)('is not ours with more in it: %s %s', (name, text) => {
		expect(isOwn(name, text)).toBe(false);
	});

	test('is never ours where a format cannot tell', () => {
		expect(printedNames.filter(name => !formats[name].isOwn && !formats[name].merge)).toEqual(['json']);
	});
});
