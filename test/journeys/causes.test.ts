import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';

let credential: Readonly<Record<string, string>>;

/** A vault that does not know the key of its exchange any more. */
const test = testWith('sandbox', async vault => {
	const {apiKey, secretKey, passphrase} = await vault.json<Record<string, string>>('show', 'main', '--reveal');
	credential = {apiKey: apiKey!, secretKey: secretKey!, passphrase: passphrase!};
	await vault.done('remove', 'main', '--yes');
});

describe.concurrent('what is wrong with a key names its own cause', () => {
	test.for([
		['a wrong secret', {secretKey: '0123456789ABCDEF0123456789ABCDEF'}, [], 20, '50113'],
		['a wrong passphrase', {passphrase: 'Wrong-Horse9!'}, [], 20, '50105'],
		['the wrong environment', {}, ['--env', 'demo'], 24, '50101'],
		['a key that does not exist', {apiKey: '00000000-0000-4000-8000-000000000000'}, [], 21, '50119'],
		['a key that is none', {apiKey: 'nonsense'}, [], 20, '50111'],
	] as const)('%s', async ([, wrong, words, status, exchangeCode], {vault}) => {
		const {status: actual, err} = await vault.runWith(
			{input: JSON.stringify({...credential, ...wrong})},
			'add',
			'again',
			...words,
		);
		expect({status: actual, err}).toMatchObject({status, err: expect.stringContaining(exchangeCode) as string});
		expect(await vault.run('show', 'again')).toMatchObject({status: 10});
	});

	test('an address that is not on the list', async ({sandbox}) => {
		expect(await sandbox.run('create', 'bound', '--ip', '203.0.113.7')).toMatchObject({status: 0});
		expect(await sandbox.json('test', 'bound')).toMatchObject([
			{ok: false, code: 22, exchangeCode: '50110', cause: expect.stringContaining('127.0.0.1') as string},
		]);
	});
});
