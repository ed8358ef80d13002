import {expect, test} from 'vitest';
import {readImport} from '../../source/actions/import-text.ts';
import {three} from '../formats/imported.ts';

test.each([
	['/home/me/grid-bot/.env', 'grid-bot'],
	['/home/me/grid-bot/.env.live', 'live'],
	['/home/me/grid-bot/.env.live.eea', 'live.eea'],
	['/home/me/bots/grid.env', 'grid'],
	['/home/me/bots/keys.okx.env', 'keys.okx'],
	['/.env', 'env'],
])('a key without a name in %s is called %s', async (file, name) => {
	const {entries} = await readImport({text: three('OKX_', '00'), from: 'it', file});
	expect(entries.map(entry => entry.name)).toEqual([name]);
});

test('a key from a pipe is called as its format', async () => {
	const {entries} = await readImport({text: three('OKX_', '00'), from: 'Standard input'});
	expect(entries.map(entry => entry.name)).toEqual(['env']);
});
