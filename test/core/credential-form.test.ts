import {inspect} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formProblems, formProblemsBehind} from '../../source/core/key/credential-form.ts';
import {Secret} from '../../source/core/secret.ts';

const right = {
	apiKey: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f1',
	secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
	passphrase: 'Correct-Horse9!',
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

function credential(wanted: Partial<typeof right>) {
	const {apiKey, secretKey, passphrase} = {...right, ...wanted};
	return {apiKey, secretKey: new Secret(secretKey), passphrase: new Secret(passphrase)};
}

function problems(wanted: Partial<typeof right>): string[] {
	return formProblems(credential(wanted)).map(({problem}) => problem);
}

describe('the form of a credential', () => {
	test('as the exchange shows it is right, whatever the passphrase', () => {
		fc.assert(
			fc.property(
				fc.uuid(),
				fc.string({unit: fc.constantFrom(...Array.from('0123456789ABCDEF')), minLength: 32, maxLength: 32}),
				fc.stringMatching(/^[a-m]{3}[-A-Z"'<$#!0-9]{6,28}n$/),
				(apiKey, secretKey, passphrase) => {
					expect(problems({apiKey, secretKey, passphrase})).toEqual([]);
				},
			),
		);
	});

	test.each<[string, Partial<typeof right>, readonly string[]]>([
		['quotes came along', {apiKey: `"${right.apiKey}"`}, ['The API key is in quotes.']],
		['one quote came along', {secretKey: `${right.secretKey}'`}, ['The secret key is in quotes.']],
		['quotes round the passphrase', {passphrase: '"Correct-Horse9!"'}, ['The passphrase is in quotes.']],
		[
			'key and secret swapped',
			{apiKey: right.secretKey, secretKey: right.apiKey},
			['The API key and the secret key look swapped.'],
		],
		[
			'secret and passphrase swapped',
			{secretKey: right.passphrase, passphrase: right.secretKey},
			['The secret key and the passphrase look swapped.'],
		],
		['the key pasted as secret', {secretKey: right.apiKey}, ['The API key and the secret key are the same.']],
		[
			'another key pasted as secret',
			{apiKey: 'abc', secretKey: right.apiKey},
			['The secret key has the form of an API key.'],
		],
		[
			'the passphrase pasted as secret',
			{secretKey: 'Correct-Horse8!'},
			['The secret key has the form of a passphrase.'],
		],
		['cut short', {apiKey: right.apiKey.slice(0, 32)}, ['The API key was cut short: it has 32 of 36 characters.']],
		[
			'secret cut short',
			{secretKey: right.secretKey.slice(0, 20)},
			['The secret key was cut short: it has 20 of 32 characters.'],
		],
		[
			'copied twice',
			{apiKey: right.apiKey.repeat(2)},
			['The API key has 72 characters where 36 are usual: something was copied along.'],
		],
		[
			'placeholders',
			{apiKey: 'your-api-key-here', secretKey: 'your-secret', passphrase: 'your-passphrase'},
			[
				'The API key is the placeholder of a sample file.',
				'The secret key is the placeholder of a sample file.',
				'The passphrase is the placeholder of a sample file.',
			],
		],
		[
			'gocryptotrader’s placeholders',
			{apiKey: 'Key', secretKey: 'Secret'},
			['The API key is the placeholder of a sample file.', 'The secret key is the placeholder of a sample file.'],
		],
		[
			'brackets',
			{apiKey: '<API_KEY>', secretKey: '${OKX_SECRET}'},
			['The API key is the placeholder of a sample file.', 'The secret key is the placeholder of a sample file.'],
		],
		['x for each letter', {secretKey: 'xxxxxxxxxxxxxxxx'}, ['The secret key is the placeholder of a sample file.']],
		[
			'masked',
			{apiKey: '0f1e2d3c-****-****-****-a5b4c3d2e1f1', secretKey: '9F86...D015'},
			[
				'The API key was copied where a part of it is hidden.',
				'The secret key was copied where a part of it is hidden.',
			],
		],
		[
			'base64 of a Kubernetes Secret',
			{apiKey: base64(right.apiKey), secretKey: base64(right.secretKey)},
			[
				'The API key is encoded as base64, as in a Kubernetes Secret.',
				'The secret key is encoded as base64, as in a Kubernetes Secret.',
			],
		],
		[
			'its name came along',
			{apiKey: `OKX_API_KEY=${right.apiKey}`, secretKey: `"secret":"${right.secretKey}"`},
			['The API key was copied with its name before it.', 'The secret key was copied with its name before it.'],
		],
		['a comma came along', {apiKey: `${right.apiKey},`}, ['The API key ends with ,.']],
		[
			'encrypted by Hummingbot',
			{secretKey: '7b2263727970746f223a207b7d7d7b2263727970746f223a207b7d7d'},
			['The secret key is encrypted by another program.'],
		],
		['encrypted by SOPS', {apiKey: 'ENC[AES256_GCM,data:p673]'}, ['The API key is encrypted by another program.']],
		[
			'the case was changed',
			{apiKey: right.apiKey.toUpperCase(), secretKey: right.secretKey.toLowerCase()},
			[
				'The API key has capital letters, which the exchange’s do not have.',
				'The secret key has small letters, which the exchange’s do not have.',
			],
		],
		[
			'some other form',
			{apiKey: 'aB3dE5fG7h', secretKey: 'aB3dE5fG7hI9'},
			[
				'The API key does not have the usual form, 8-4-4-4-12 hexadecimal digits.',
				'The secret key does not have the usual form, 32 hexadecimal digits.',
			],
		],
		[
			'a short passphrase',
			{passphrase: 'short'},
			['The passphrase does not have the length that the exchange requires, 8 to 32 characters.'],
		],
	])('visible-cause: %s', (_, wanted, sentences) => {
		expect(problems(wanted)).toEqual(sentences);
	});

	test.each(['my-Horse9!', 'the-Quick9!', '"Correct-Horse9!', 'Test-1234!', '{Correct9!', 'key=Horse9!'])(
		'a passphrase like %j is not suspected',
		passphrase => {
			expect(problems({passphrase})).toEqual([]);
		},
	);

	test('quotes nothing of any value, gives one problem a part at most, and never throws', () => {
		fc.assert(
			fc.property(
				fc.string({minLength: 9}),
				fc.string({minLength: 9}),
				fc.string({minLength: 9}),
				(apiKey, secretKey, passphrase) => {
					const found = formProblems(credential({apiKey, secretKey, passphrase}));
					for (const value of [apiKey, secretKey, passphrase]) expect(inspect(found)).not.toContain(value);
					const parts = found.flatMap(({parts}) => parts);
					expect(new Set(parts).size).toBe(parts.length);
				},
			),
		);
	});
});

test.each([
	['50119', {apiKey: 'abc'}, 1],
	['50111', {apiKey: 'abc'}, 1],
	['50113', {apiKey: 'abc'}, 0],
	['50113', {secretKey: 'abc'}, 1],
	['50105', {passphrase: '"Correct-Horse9!"'}, 1],
	['50105', {secretKey: 'abc'}, 0],
	['50110', {apiKey: 'abc'}, 0],
	[undefined, {apiKey: 'abc'}, 0],
	['__proto__', {apiKey: 'abc'}, 0],
] as const)('a refusal %s with %j has %i such cause', (code, wanted, count) => {
	expect(formProblemsBehind(code, credential(wanted))).toHaveLength(count);
});
