import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {AppError} from '../../source/core/errors.ts';
import {parseCredential} from '../../source/formats/credential.ts';
import {partNamed} from '../../source/formats/parts.ts';

const apiKey = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const secretKey = '9F86D081884C7D659A2FEAA0C55AD015';
const passphrase = 'Correct-Horse9!';

function refusal(text: string): AppError<'invalid'> {
	try {
		parseCredential(text, 'Standard input');
	} catch (error) {
		if (error instanceof AppError) return error as AppError<'invalid'>;
		throw error;
	}

	throw new Error('It was expected to be refused, and was not.');
}

describe('a credential', () => {
	test.each([
		['okx-keys', 'apiKey', 'secretKey', 'passphrase'],
		['ccxt', 'apiKey', 'secret', 'password'],
		['freqtrade', 'key', 'secret', 'password'],
		['okx-api', 'apiKey', 'apiSecret', 'apiPass'],
		['okx-api, later', 'apiKey', 'apiSecret', 'apiPassphrase'],
		['okx-api, environment', 'API_KEY_COM', 'API_SECRET_COM', 'API_PASS_COM'],
		['agent-trade-kit', 'api_key', 'secret_key', 'passphrase'],
		['agent-trade-kit, environment', 'OKX_API_KEY', 'OKX_SECRET_KEY', 'OKX_PASSPHRASE'],
		['nautilus_trader', 'OKX_API_KEY', 'OKX_API_SECRET', 'OKX_API_PASSPHRASE'],
		[
			'freqtrade, environment',
			'FREQTRADE__EXCHANGE__KEY',
			'FREQTRADE__EXCHANGE__SECRET',
			'FREQTRADE__EXCHANGE__PASSWORD',
		],
		['hummingbot', 'okx_perpetual_api_key', 'okx_perpetual_secret_key', 'okx_perpetual_passphrase'],
		['OctoBot', 'api-key', 'api-secret', 'api-password'],
		['vnpy', 'API Key', 'Secret Key', 'Passphrase'],
		['cryptofeed', 'key_id', 'key_secret', 'key_passphrase'],
		['python-okx', 'apikey', 'secretkey', 'passphrase'],
		['bots at large', 'VITE_OKX_API_KEY', 'OKX_SECRET', 'OKX_PASSWORD'],
	])('field-names: is taken under the names of %s', (_, key, secret, phrase) => {
		const credential = parseCredential(
			JSON.stringify({[key]: ` ${apiKey}\n`, [secret]: secretKey, [phrase]: `${passphrase} `, note: 'x', flag: 1}),
			'Standard input',
		);
		expect([credential.apiKey, credential.secretKey.reveal(), credential.passphrase.reveal()]).toEqual([
			apiKey,
			secretKey,
			passphrase,
		]);
	});

	test('may have comments and a last comma, as freqtrade allows them', () => {
		expect(
			parseCredential(
				`{\n// mine\n"key": "${apiKey}", "secret": "${secretKey}", /* "password": */ "password": "${passphrase}",\n}`,
				'Standard input',
			).passphrase.reveal(),
		).toBe(passphrase);
	});

	test.each([
		['API key', {secretKey, passphrase}],
		['secret key', {apiKey, passphrase}],
		['passphrase', {apiKey, secret: secretKey}],
	])('without its %s is refused by the part that is missing', (part, given) => {
		expect(refusal(JSON.stringify(given)).message).toBe(`The ${part} is missing.`);
	});

	test('with a part that is no text is refused by its name', () => {
		expect(refusal(JSON.stringify({apiKey, secret: secretKey, password: 12_345_678})).message).toBe(
			'The passphrase (password) is not a text in quotes.',
		);
	});

	test('which-one: with two names for one part is refused where they differ, and quotes neither', () => {
		const wrong = refusal(JSON.stringify({apiKey, secretKey, secret: 'CANARY', passphrase}));
		expect(wrong.message).toBe('Both secretKey and secret name the secret key, and they differ.');
		expect(inspect(wrong, {depth: null})).not.toMatch(/CANARY|9F86/);
		expect(
			parseCredential(JSON.stringify({apiKey, secretKey, secret: secretKey, passphrase}), 'x').secretKey.reveal(),
		).toBe(secretKey);
	});

	test.each([
		['{"apiKey": "CANARY', /^Standard input is not JSON: see line 1, column 19\.$/],
		['["CANARY"]', /^Standard input is JSON without a part of a credential\.$/],
		['OKX_API_KEY=CANARY\nOKX_SECRET_KEY=CANARY', /^The passphrase is missing\.$/],
		['CANARY', /^Standard input holds no part of a credential\.$/],
		[
			'{"okx": {"apiKey": "CANARY", "secret": "CANARY"}}',
			/^Standard input looks like a list of keys for ccxt \(keys\.json\)\.$/,
		],
		['', /^Standard input is empty\.$/],
		['['.repeat(1_000_000), /^Standard input is JSON that nests deeper/],
	])('that is something else is named as what it is, and never quoted: %j', (text, sentence) => {
		const wrong = refusal(text);
		expect(wrong.message).toMatch(sentence);
		expect(wrong.hint).toContain('"secretKey"');
		expect(inspect(wrong, {depth: null})).not.toContain('CANARY');
	});
});

test.each([
	'name',
	'label',
	'jwt_secret_key',
	'username',
	'keys',
	'api_server',
	'__proto__',
	'Secret\u{202E}Key',
	'com',
])('%j is the name of no part', name => {
	expect(partNamed(name)).toBe(undefined);
});
