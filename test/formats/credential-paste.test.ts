import fc from 'fast-check';
import {expect, test} from 'vitest';
import {credentialIn} from '../../source/formats/credential.ts';

const apiKey = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const secretKey = '9F86D081884C7D659A2FEAA0C55AD015';
const passphrase = 'Correct-Horse9!';

test.each([
	['two bare lines', `${apiKey}\n${secretKey}`, {apiKey, secretKey}],
	['three, with CRLF, spaces and an empty line', ` ${apiKey}\r\n\r\n${secretKey} \r\n${passphrase}\r\n`, 'all'],
	['a JSON object', JSON.stringify({apiKey, secretKey, passphrase}), 'all'],
	['one laid out in lines, with other members', JSON.stringify({apiKey, secret: secretKey, ip: ''}, null, 2), 'two'],
	['one with comments', `{ // mine\n"key": "${apiKey}", "password": "${passphrase}",}`, {apiKey, passphrase}],
	[
		'what the page of the exchange copies',
		`apikey = "${apiKey}"\nsecretkey = "${secretKey}"\nIP = ""\nAPI key name = "bot"\nPermissions = "Read"`,
		'two',
	],
	['a .env file', `export OKX_API_KEY=${apiKey}\nOKX_SECRET_KEY=${secretKey}\nOKX_PASSPHRASE='${passphrase}'`, 'all'],
	['a YAML file', `apiKey: ${apiKey}\nsecret: ${secretKey}`, 'two'],
	['one line with its name', `secretKey: ${secretKey}`, {secretKey}],
])('a paste of %s fills each part', (_, text, expected) => {
	const all = {apiKey, secretKey, passphrase};
	const values = expected === 'all' ? all : expected === 'two' ? {apiKey, secretKey} : expected;
	expect(credentialIn(text, 'The paste')).toEqual({values});
});

test.each([
	['an object that ends too early', `{"apiKey": "${apiKey}", "secretKey": "${secretKey}`],
	['an object without a part', `{"token": "${secretKey}"}`],
	['a list', `["${secretKey}"]`],
	['a part twice with two values', `{"secret": "${secretKey}", "secretKey": "${passphrase}"}`],
	['a part that is no text', '{"secretKey": 9}'],
	['brackets without end', '['.repeat(100_000)],
])('a paste of %s fills nothing, and none of it is quoted', (_, text) => {
	const {problem, values} = credentialIn(text, 'The paste') ?? {};
	expect(values).toBe(undefined);
	expect(problem).toMatch(/^[A-Z].+\.$/);
	for (const value of [apiKey, secretKey, passphrase]) expect(problem).not.toContain(value);
});

test.each([
	['one value', secretKey],
	['the secret before the API key', `${secretKey}\n${apiKey}`],
	['four lines', `${apiKey}\n${secretKey}\n${passphrase}\nmore`],
	['nothing', ' \n '],
])('a paste of %s is left to the field', (_, text) => {
	expect(credentialIn(text, 'The paste')).toBe(undefined);
});

test('a paste of any text is read without a failure', () => {
	fc.assert(
		fc.property(
			fc.string({unit: 'binary'}),
			fc.constantFrom('', '{', '[', `${apiKey}\n`, 'apikey='),
			(text, before) => {
				expect(() => credentialIn(before + text, 'The paste')).not.toThrow();
			},
		),
	);
});
