import {describe, expect, test} from 'vitest';
import {
	flavourNamed,
	flavourNames,
	flavours,
	variableSet,
	variablesOf,
	type FlavourValues,
} from '../../source/formats/flavours.ts';

const values: FlavourValues = {
	apiKey: 'KEY',
	secretKey: 'SECRET',
	passphrase: 'PASS',
	name: 'grid',
	environment: 'demo',
	demo: 'true',
	flag: '1',
	site: 'eea',
	okxSite: 'eea',
	baseUrl: 'https://eea.okx.com',
	ccxtId: 'myokx',
	CCXT: 'MYOKX',
};
const where = {OKX_SITE: 'eea', OKX_API_BASE_URL: 'https://eea.okx.com', OKX_DEMO: 'true'};

test.each([
	['okx-cli', {OKX_API_KEY: 'KEY', OKX_SECRET_KEY: 'SECRET', OKX_PASSPHRASE: 'PASS', ...where}],
	['python-okx', {OKX_API_KEY: 'KEY', OKX_API_SECRET: 'SECRET', OKX_PASSPHRASE: 'PASS', OKX_FLAG: '1', ...where}],
	[
		'okx-api',
		{API_KEY_COM: 'KEY', API_SECRET_COM: 'SECRET', API_PASSPHRASE_COM: 'PASS', API_PASS_COM: 'PASS', ...where},
	],
	[
		'freqtrade',
		{
			FREQTRADE__EXCHANGE__NAME: 'myokx',
			FREQTRADE__EXCHANGE__KEY: 'KEY',
			FREQTRADE__EXCHANGE__SECRET: 'SECRET',
			FREQTRADE__EXCHANGE__PASSWORD: 'PASS',
			FREQTRADE__EXCHANGE__CCXT_CONFIG__SANDBOX: 'true',
		},
	],
	[
		'nautilus',
		{
			OKX_API_KEY: 'KEY',
			OKX_API_SECRET: 'SECRET',
			OKX_API_PASSPHRASE: 'PASS',
			OKX_PASSPHRASE: 'PASS',
			...where,
		},
	],
	[
		'common',
		{
			OKX_API_KEY: 'KEY',
			OKX_SECRET_KEY: 'SECRET',
			OKX_API_SECRET: 'SECRET',
			OKX_SECRET: 'SECRET',
			OKX_PASSPHRASE: 'PASS',
			OKX_API_PASSPHRASE: 'PASS',
			OKX_PASSWORD: 'PASS',
			OKX_FLAG: '1',
			...where,
		},
	],
	[
		'ccxt-cli',
		{
			MYOKX_APIKEY: 'KEY',
			MYOKX_SECRET: 'SECRET',
			MYOKX_PASSWORD: 'PASS',
			OKX_APIKEY: undefined,
			OKX_SECRET: undefined,
			OKX_PASSWORD: undefined,
			OKXUS_APIKEY: undefined,
			OKXUS_SECRET: undefined,
			OKXUS_PASSWORD: undefined,
			...where,
		},
	],
	['custom', {}],
] as const)('%s has these variables', (name, expected) => {
	expect(variablesOf(flavours[name], values)).toEqual(expected);
});

test.each(flavourNames)('no variable of %s is empty, and none names another key', name => {
	for (const [variable, value] of Object.entries(variablesOf(flavours[name], values))) {
		expect(variable).toMatch(/^[A-Z][A-Z0-9_]*$/);
		expect(value).not.toBe('');
	}
});

test.each(['freqtrade', 'ccxt-cli'] as const)('%s refuses a site that ccxt has no id for', name => {
	const elsewhere = {...values, site: 'tr', ccxtId: undefined, CCXT: undefined};
	expect(() => variablesOf(flavours[name], elsewhere)).toThrow('ccxt has no id for the site of grid, tr.');
});

describe('what is given on the command line', () => {
	test('--set takes a text with placeholders, also as JSON and with = in it', () => {
		const set = ['A={apiKey}', 'B={"k":"{secretKey}","x":1}', 'C=a=b', 'D='].map(given => variableSet(given));
		expect(variablesOf({about: () => '', variables: Object.fromEntries(set)}, values)).toEqual({
			A: 'KEY',
			B: '{"k":"SECRET","x":1}',
			C: 'a=b',
			D: '',
		});
	});

	test.each([
		['A', '--set takes NAME=TEXT, and there is no = in it.'],
		['1A=x', '--set takes the name of a variable, and 1A is not one.'],
		['=x', '--set takes the name of a variable, and an empty one is not one.'],
		['A={apikey}', '--set A has {apikey}, which stands for nothing.'],
		['A={toString}', '--set A has {toString}, which stands for nothing.'],
	])('--set %s is refused', (given, told) => {
		expect(() => variableSet(given)).toThrow(told);
	});

	test.each([
		['okxcli', 'Did you mean okx-cli? There are common, '],
		['toString', 'There are common, '],
	])('the flavour %s is not one', (name, hint) => {
		expect(() => flavourNamed(name)).toThrow(
			expect.objectContaining({message: `${name} is not a flavour.`, hint: expect.stringContaining(hint) as string}),
		);
	});
});
