import {describe, expect, test} from 'vitest';
import {canWithdraw, givenOf, keysForProgram} from '../../source/actions/exec.ts';
import {noteUses} from '../../source/actions/uses.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {limits} from '../../source/core/limits.ts';
import {flavours} from '../../source/formats/flavours.ts';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const handover = {
	flavour: flavours['okx-cli'],
	files: [],
	descriptors: [],
	isInput: false,
	format: 'ccxt',
	prefixes: [],
} as const;
const one = storedKey({id: 'one', name: 'grid-eu', site: 'eea', environment: 'demo'});
const two = storedKey({id: 'two', name: '2nd', credential: {...one.credential, apiKey: 'two'}});

async function given(keys: readonly StoredKey[], wanted: Partial<Parameters<typeof givenOf>[2]> = {}) {
	const {context} = await world({keys, sandbox: false});
	const names = keys.map(({name}) => name);
	return givenOf(context, keysForProgram(context, names), {...handover, ...wanted});
}

describe('a program gets', () => {
	test('the variables of one key as they are', async () => {
		expect((await given([one])).variables).toEqual({
			OKX_API_KEY: one.credential.apiKey,
			OKX_SECRET_KEY: '9F86D081884C7D659A2FEAA0C55AD015',
			OKX_PASSPHRASE: 'Correct-Horse9!',
			OKX_SITE: 'eea',
			OKX_API_BASE_URL: 'https://eea.okx.com',
			OKX_DEMO: 'true',
		});
	});

	test('those of several keys by the names of the keys, and none without', async () => {
		expect((await given([one, two])).variables).toMatchObject({
			OKX_API_KEY: undefined,
			OKX_SITE: undefined,
			GRID_EU_OKX_API_KEY: one.credential.apiKey,
			GRID_EU_OKX_DEMO: 'true',
			KEY_2ND_OKX_API_KEY: 'two',
			KEY_2ND_OKX_DEMO: 'false',
		});
	});

	test('those with a given prefix, for one key too', async () => {
		expect(Object.keys((await given([one], {prefixes: ['A']})).variables)).toContain('A_OKX_API_KEY');
		const {variables} = await given([one, two], {prefixes: ['A_', 'B']});
		expect(variables).toMatchObject({A_OKX_API_KEY: one.credential.apiKey, B_OKX_API_KEY: 'two'});
	});

	test('a file for ccxt for each key', async () => {
		const {files} = await given([one, two], {flavour: flavours.custom, files: ['ACCOUNT']});
		expect(Object.keys(files)).toEqual(['GRID_EU_ACCOUNT', 'KEY_2ND_ACCOUNT']);
		expect(JSON.parse(files['KEY_2ND_ACCOUNT']!)).toMatchObject({okx: {apiKey: 'two', sandbox: false}});
	});

	test('a file in the form of another program, without a prefix in it', async () => {
		const {files} = await given([one, two], {flavour: flavours.custom, files: ['CONF'], format: 'freqtrade'});
		expect(JSON.parse(files['GRID_EU_CONF']!)).toMatchObject({
			exchange: {name: 'myokx', ccxt_config: {sandbox: true}},
		});
		const {input} = await given([one], {flavour: flavours.custom, isInput: true, format: 'env'});
		expect(input).toContain('\nOKX_API_KEY=');
	});

	test('the same by descriptors, or as standard input', async () => {
		const wanted = {flavour: flavours.custom, files: ['ACCOUNT'], descriptors: ['OPEN']};
		const both = await given([one, two], wanted);
		expect(both.descriptors).toEqual({
			GRID_EU_OPEN: both.files['GRID_EU_ACCOUNT'],
			KEY_2ND_OPEN: both.files['KEY_2ND_ACCOUNT'],
		});
		expect(both.input).toBeUndefined();
		const {files, input} = await given([one], {...wanted, isInput: true});
		expect(input).toBe(files['ACCOUNT']);
	});

	test('the address of a site that its words have no name for', async () => {
		expect((await given([{...one, site: 'tr'}])).variables).toMatchObject({
			OKX_SITE: 'global',
			OKX_API_BASE_URL: 'https://tr.okx.com',
		});
		expect((await given([{...one, site: 'http://127.0.0.1:8080'}])).variables).toMatchObject({
			OKX_API_BASE_URL: 'http://127.0.0.1:8080',
		});
	});
});

describe('refused', () => {
	test('are two keys whose variables would be the same', async () => {
		await expect(given([one, {...two, name: 'grid.eu'}])).rejects.toThrow(
			'Two keys would have variables that begin with GRID_EU_.',
		);
		await expect(given([one, two], {prefixes: ['A', 'A_']})).rejects.toThrow('begin with A_.');
	});

	test('are two keys for one standard input', async () => {
		await expect(given([one, two], {isInput: true})).rejects.toThrow(
			'Standard input holds one credential, and there are 2 keys.',
		);
	});

	test.each([
		{files: ['OKX_DEMO']},
		{descriptors: ['OKX_SITE']},
		{flavour: flavours.custom, files: ['A'], descriptors: ['A']},
	])('is a variable for two things: %j', async wanted => {
		await expect(given([one], wanted)).rejects.toThrow('would hold two things at once.');
	});

	test('is a value that no variable can hold', async () => {
		const flavour = {...flavours.custom, variables: {LONG: '{apiKey}'.repeat(4000)}};
		await expect(given([one], {flavour})).rejects.toThrow('The value for LONG is longer than a variable can be.');
		const credential = {...one.credential, apiKey: 'a\0b'};
		await expect(given([{...one, credential}])).rejects.toThrow('The value for OKX_API_KEY has a zero character');
	});

	test('are more keys than prefixes', async () => {
		await expect(given([one, two], {prefixes: ['A']})).rejects.toThrow(
			'The numbers of keys (2) and of --prefix (1) differ.',
		);
	});

	test.each([
		['revoked', 'grid-eu is revoked, so no program is given it.'],
		['frozen', 'grid-eu is frozen, so nothing may use it.'],
		['paused', 'grid-eu is paused, so no program is given it.'],
		['creating', 'grid-eu was never finished'],
	])('is a key that is %s', async (status, told) => {
		// A later version may know states that this one does not.
		await expect(given([{...one, status: status as StoredKey['status']}])).rejects.toThrow(told);
	});

	test('is a key in the trash', async () => {
		await expect(given([{...one, trashedAt: 1}])).rejects.toThrow('There is no key called grid-eu');
	});
});

test.each([
	[false, storedKey({permissions: ['read', 'trade']})],
	[true, storedKey({permissions: ['read', 'withdraw']})],
	[
		true,
		storedKey({
			lastTest: {
				at: 0,
				ok: true,
				code: 0,
				cause: '',
				latencyMs: 1,
				live: {permissions: ['read', 'withdraw'], ip: [], label: '', uid: '1', mainUid: '1', kycLv: '1'},
			},
		}),
	],
])('whether a key can withdraw is told from what is declared and what was last seen: %s', (expected, key) => {
	expect(canWithdraw(key)).toBe(expected);
});

describe('a use', () => {
	test('is noted with its key, the last ones only', async () => {
		const {context, elsewhere} = await world({keys: [one, two], sandbox: false});
		for (let use = 0; use <= limits.uses; use++)
			await noteUses(context, keysForProgram(context, ['grid-eu']), 'exec', `bot${use}`);
		const [kept, other] = (await elsewhere()).read().keys;
		expect(kept!.uses!.map(({program}) => program)).toEqual(
			Array.from({length: limits.uses}, (_, index) => `bot${index + 1}`),
		);
		expect(kept!.uses![0]).toMatchObject({by: 'exec', at: expect.any(Number) as number});
		expect(other!.uses).toBeUndefined();
	});

	test('is noted as text that steers no terminal, and not under --readonly', async () => {
		const {context} = await world({keys: [one], sandbox: false});
		await noteUses({...context, readonly: true}, context.vault.read().keys, 'exec', 'bot');
		expect(context.vault.read().keys[0]!.uses).toBeUndefined();
		await noteUses(context, context.vault.read().keys, 'export', `\u001B[31m${'x'.repeat(400)}`);
		const {program} = context.vault.read().keys[0]!.uses![0]!;
		expect(program).not.toContain('\u001B');
		expect(program.length).toBeLessThanOrEqual(160);
	});
});
