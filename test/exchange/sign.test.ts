import {expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {signature, signedHeaders, unsendable} from '../../source/exchange/sign.ts';
import {canary} from './helpers.ts';
import fixture from './fixtures/sign-vectors.json' with {type: 'json'};

const {vectors, timestamp, secretKey} = fixture;

test.each(vectors)('signs as other clients do: $name', ({method, path, body, signature: expected}) => {
	expect(signature({timestamp, method, path, body}, new Secret(secretKey))).toBe(expected);
});

test('signs the bytes of a body, whether given as text or as bytes', () => {
	const {method, path, body, signature: expected} = vectors.find(({body}) => body.includes('🚀'))!;
	expect(signature({timestamp, method, path, body: Buffer.from(body)}, new Secret(secretKey))).toBe(expected);
});

test('the signed time is the one in the header', () => {
	const request = {method: 'GET', path: '/api/v5/account/config', body: '', environment: 'live'} as const;
	const headers = signedHeaders({...request, now: Date.parse(timestamp)}, canary);
	expect(headers['OK-ACCESS-TIMESTAMP']).toBe(timestamp);
	expect(headers['OK-ACCESS-SIGN']).toBe(vectors[0]!.signature);
});

test('only demo calls carry the header of demo trading', () => {
	const request = {method: 'GET', path: '/', body: '', now: 0} as const;
	expect(signedHeaders({...request, environment: 'demo'}, canary)).toHaveProperty('x-simulated-trading', '1');
	expect(signedHeaders({...request, environment: 'live'}, canary)).not.toHaveProperty('x-simulated-trading');
});

test.each([
	['a passphrase in Cyrillic', {passphrase: new Secret('Пароль-9Aa!')}, 'passphrase'],
	['a passphrase with a line break', {passphrase: new Secret('Correct\r\nX-Evil: 1')}, 'passphrase'],
	[
		'a passphrase with a space at its end, which fetch would cut off',
		{passphrase: new Secret('Correct-Horse9! ')},
		'passphrase',
	],
	['no passphrase', {passphrase: new Secret('')}, 'passphrase'],
	['a key with a zero-width space', {apiKey: '7e5f0a11\u{200B}'}, 'API key'],
])('%s cannot be sent, and the reason does not quote it', (_, change, named) => {
	const problem = unsendable({...canary, ...change});
	expect(problem).toContain(named);
	expect(problem).not.toMatch(/Пароль|Evil|Correct|7e5f/);
});

test('a passphrase with Latin-1 letters can be sent', () => {
	expect(unsendable({...canary, passphrase: new Secret('Pässw0rd-9!')})).toBeUndefined();
});
