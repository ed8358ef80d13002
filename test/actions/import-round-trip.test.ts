import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {exportKeys, keysToExport} from '../../source/actions/export.ts';
import {importKeys} from '../../source/actions/import.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {json} from '../../source/formats/json.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {arbitraryKeys, inClear} from '../helpers/arbitrary.ts';
import {fakeContext, failureOf} from '../helpers/fakes.ts';
import {creation, storedKey} from '../helpers/keys.ts';
import {untested} from './imports.ts';

describe('the way out and back', () => {
	test('loses nothing of a key but its id and its last test', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryKeys, async keys => {
				const from = fakeContext({keys, sandbox: {}});
				const to = fakeContext();
				let file = '';
				await exportKeys(keysToExport(from.context, 'all'), {format: 'json'}, async content => {
					file = Buffer.from(content).toString();
					return content;
				});
				const outcomes = await importKeys(to.context, json.parse(sourceOf(file, 'keys.json')), untested);
				expect(outcomes.every(({what}) => what === 'stored')).toBe(true);
				const byName = (some: readonly StoredKey[]) => Object.fromEntries(some.map(key => [key.name, inClear(key)]));
				expect(byName(to.vault.read().keys)).toEqual(byName(keys));
				expect(
					to.vault.read().keys.every(({id, lastTest}) => lastTest === null && !keys.some(key => key.id === id)),
				).toBe(true);
				expect(to.vault.writes).toBe(keys.length === 0 ? 0 : 1);
			}),
			{numRuns: 50},
		);
	});

	test('wipes the text it sealed, and refuses more than it would take back', async () => {
		let seen: Uint8Array = new Uint8Array();
		const seal = async (content: Uint8Array) => (seen = content);
		await exportKeys([storedKey()], {format: 'json'}, seal);
		expect(seen.length).toBeGreaterThan(100);
		expect(seen.every(byte => byte === 0)).toBe(true);
		expect(
			await failureOf(
				exportKeys(
					Array.from({length: 10_001}, () => storedKey()),
					{format: 'json'},
					seal,
				),
			),
		).toBe('too-much-to-export');
		expect(
			await failureOf(exportKeys([storedKey({description: 'x'.repeat(17 * 1024 * 1024)})], {format: 'json'}, seal)),
		).toBe('too-much-to-export');
	});

	test('takes the keys in use that are finished, or says which one is not', async () => {
		const {context} = fakeContext({
			keys: [storedKey({id: '1', name: 'used'}), storedKey({id: '2', name: 'gone', trashedAt: 1})],
			operations: [creation({name: 'half'})],
		});
		expect(keysToExport(context, 'all').map(({name}) => name)).toEqual(['used']);
		expect(keysToExport(context, ['used', 'used']).map(({name}) => name)).toEqual(['used']);
		expect(() => keysToExport(context, ['gone'])).toThrow('There is no key called gone');
		expect(() => keysToExport(context, ['used', 'half'])).toThrow('half was never finished');
	});
});
