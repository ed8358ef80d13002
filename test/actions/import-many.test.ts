import {describe, expect, test} from 'vitest';
import {importKeys} from '../../source/actions/import.ts';
import {formats} from '../../source/formats/index.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {fakeContext, failureOf} from '../helpers/fakes.ts';
import {creation, storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {untested, foreign, entriesOf, names} from './imports.ts';

describe('an import of many keys', () => {
	test('vault-too-large: a dry run says that there is no room, as the import itself would', async () => {
		const {context} = await world();
		const entries = () =>
			entriesOf(
				...Array.from({length: 5}, (_, index) => foreign(`big${index}`, {description: 'x'.repeat(12 * 1024 * 1024)})),
			);
		const before = context.vault.read();
		expect(await failureOf(importKeys(context, entries(), {test: false, isDryRun: true}))).toBe('vault-too-large');
		expect(await failureOf(importKeys(context, entries(), {test: false}))).toBe('vault-too-large');
		expect(context.vault.read()).toBe(before);
	});

	test('gives a name that is taken, or looks so, the next number, and cuts it to the length of a name', async () => {
		const {context, vault} = fakeContext({
			keys: [storedKey({id: '1', name: 'grid'}), storedKey({id: '2', name: 'gone', trashedAt: 1})],
			operations: [creation({name: 'half'})],
		});
		const long = 'x'.repeat(50);
		const wanted = ['grid', 'grid', 'grid-2', '\uFF47rid', 'gone', 'half', long, long, `${'x'.repeat(48)}-2`];
		await importKeys(context, entriesOf(...wanted.map(name => foreign(name))), untested);
		expect(names({vault}).slice(2)).toEqual([
			'grid-2',
			'grid-3',
			'grid-2-2',
			'\uFF47rid-4',
			'gone',
			'half-2',
			long,
			`${'x'.repeat(48)}-2`,
			`${'x'.repeat(48)}-3`,
		]);
	});

	test('leaves a key of another exchange out, which is no fault', async () => {
		const {context, vault} = fakeContext({keys: []}, {sandbox: false});
		const entries = await formats.ccxt.parse!(sourceOf('{"bybit": {"apiKey": "a", "secret": "b"}}', 'keys.json'));
		expect(await importKeys(context, entries, untested)).toMatchObject([
			{name: 'bybit', what: 'elsewhere', code: 0, cause: 'It is for the exchange bybit, not for OKX.'},
		]);
		expect(vault.writes).toBe(0);
	});

	test('tells its progress after each entry', async () => {
		const {context} = fakeContext();
		const told: number[] = [];
		await importKeys(context, entriesOf(foreign('a'), {name: 'broken'}, foreign('c')), {
			...untested,
			onProgress({done, total}) {
				told.push(done, total);
			},
		});
		expect(told).toEqual([1, 3, 2, 3, 3, 3]);
	});

	test('of 2,000 keys is one save', async () => {
		const {context, vault} = fakeContext();
		const outcomes = await importKeys(
			context,
			entriesOf(...Array.from({length: 2000}, (_, index) => foreign(`k${index}`))),
			untested,
		);
		expect(outcomes.every(({what}) => what === 'stored')).toBe(true);
		expect(vault.writes).toBe(1);
	});
});
