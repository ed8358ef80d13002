import {inspect} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {permissionsSaid} from '../../source/core/key/permission.ts';
import {json} from '../../source/formats/json.ts';
import {sourceOf} from '../../source/formats/source.ts';
import type {ImportEntry} from '../../source/formats/format.ts';
import {arbitraryKeys, inClear} from '../helpers/arbitrary.ts';
import {storedKey} from '../helpers/keys.ts';
import {failureOf} from '../vault/world.ts';

const canary = 'CANARY-9f86d081884c';
/** The least that an entry must say. */
const least = {name: 'bot1', apiKey: 'api-key-1', secretKey: 'secret-1', passphrase: 'passphrase-1'};

function parse(...entries: readonly unknown[]): readonly ImportEntry[] {
	return json.parse(sourceOf(JSON.stringify(entries), 'keys.json'));
}

function problemOf(entry: unknown): string | undefined {
	return parse(entry)[0]!.problem?.problem;
}

describe('keys as JSON', () => {
	test('come back with everything but their id and their last test', () => {
		fc.assert(
			fc.property(arbitraryKeys, keys => {
				const entries = json.parse(sourceOf(json.print(keys), 'keys.json'));
				expect(entries.map(({key}) => key && inClear(key))).toEqual(keys.map(key => inClear(key)));
			}),
		);
	});

	test('are UTF-8 text with a newline at its end, in the fields that are promised', () => {
		const text = json.print([storedKey({name: '键🔑'})]);
		expect(text.endsWith('}\n]\n')).toBe(true);
		expect((JSON.parse(text) as unknown[])[0]).toEqual({
			name: '键🔑',
			description: '',
			type: 'api',
			isTypeTold: true,
			env: 'live',
			site: 'global',
			account: {kind: 'main'},
			label: null,
			permissions: ['read'],
			ip: [],
			tags: [],
			status: 'active',
			createdAt: 0,
			updatedAt: 0,
			lastUsedAt: null,
			apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
			secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
			passphrase: 'Correct-Horse9!',
		});
	});

	test('need no more than a name and a credential, and what else they say is ignored', () => {
		const [{key}] = parse({...least, notes: canary, exchange: {id: 'okx'}}) as [ImportEntry];
		expect(inClear(key!)).toEqual(least);
	});
});

describe('a hostile or mistaken file', () => {
	test('that is not JSON, not a list, or a list too long is refused as a whole, and none of it is quoted', async () => {
		for (const text of [
			`[{"secretKey": "${canary}`,
			`"${canary}"`,
			`{"${canary}": 1}`,
			'null',
			'',
			'['.repeat(200_000),
			`[${'0,'.repeat(10_000)}0]`,
		]) {
			const error = await failureOf(() => json.parse(sourceOf(text, 'keys.json')));
			expect(error.code).toBe('not-importable');
			expect(inspect(error, {depth: null})).not.toContain(canary);
		}
	});

	test.each([
		['a missing part', {secretKey: undefined}, 'Its field secretKey is missing.'],
		['a number for a secret', {secretKey: 42}, 'Its field secretKey is not what it must be.'],
		['a secret without end', {secretKey: canary.repeat(1000)}, 'Its field secretKey is not what it must be.'],
		['an object for a name', {name: {[canary]: canary}}, 'Its field name is not what it must be.'],
		['an unknown environment', {env: canary}, 'Its field env is not what it must be.'],
		[
			'a permission of several words',
			{permissions: ['read', `${canary} trade`]},
			'Its field permissions.1 is not what it must be.',
		],
		['an unknown kind of account', {account: {kind: canary}}, 'Its field account.kind is not what it must be.'],
		['an unfinished key', {status: 'creating'}, 'Its field status is not what it must be.'],
		['a control character in a label', {label: `${canary}\u001B[2J`}, 'Its field label is not what it must be.'],
		[
			'a bidi override in a uid',
			{account: {kind: 'main', uid: `${canary}\u202E`}},
			'Its field account.uid is not what it must be.',
		],
		['a time beyond time', {createdAt: 1e300}, 'Its field createdAt is not what it must be.'],
		['a time before time', {lastUsedAt: -1}, 'Its field lastUsedAt is not what it must be.'],
		['a text for a list', {ip: canary}, 'Its field ip is not what it must be.'],
	])('%s is told by its field, without a value', (_, wrong, sentence) => {
		const [entry] = parse({...least, ...wrong}) as [ImportEntry];
		expect(entry.problem?.problem).toBe(sentence);
		expect(inspect({...entry, name: ''}, {depth: null})).not.toContain(canary);
	});

	test('an entry that is no object is told so, and the others are judged by themselves', () => {
		expect(parse(null, 7, canary, least).map(({problem, name}) => (problem ? problem.problem : name))).toEqual([
			...Array.from({length: 3}, () => 'It is not an object with the fields of a key.'),
			'bot1',
		]);
	});

	test('prototype-pollution: members with the names of an object’s own machinery change nothing', () => {
		const text =
			`[{"__proto__": ${JSON.stringify({...least, polluted: true})}}, {"constructor": {"prototype": ` +
			`{"polluted": true}}, "__proto__": {"polluted": true}, ${JSON.stringify(least).slice(1)}]`;
		const [inherited, own] = json.parse(sourceOf(text, 'keys.json'));
		expect(inherited?.problem?.problem).toBe('Its field name is missing.');
		expect(inClear(own!.key!)).toEqual(least);
		expect(own!.key).not.toHaveProperty('polluted');
		expect({}).not.toHaveProperty('polluted');
	});

	test('hostile-name: what an entry is called by is cleaned and short, however wrong the entry is', () => {
		const [entry] = parse({name: `\u001B]0;${'x'.repeat(100_000)}\u0007\u202E`}) as [ImportEntry];
		expect(entry.name).toMatch(/^\\u\{1b\}\]0;x+…$/);
		expect(entry.name.length).toBeLessThan(40);
		expect(problemOf({name: 5})).toBe('Its field name is not what it must be.');
	});
});

test('a permission that this program does not know goes out and comes back', () => {
	const text = json.print([storedKey({permissions: permissionsSaid(['read_only', 'onchain'])})]);
	const [{key}] = json.parse(sourceOf(text, 'keys.json')) as [ImportEntry];
	expect(key?.permissions).toEqual(['read', 'onchain']);
});
