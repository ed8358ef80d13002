import {expect, test} from 'vitest';
import {sortKeys, orders} from '../../source/core/key-list/order.ts';
import {splitNotes, usedByProblem} from '../../source/core/validate.ts';
import {commandLine} from '../helpers/command-line.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

const credential = JSON.stringify({apiKey: 'k', secretKey: 's3cret', passphrase: 'Correct-Horse9!'});

test('notes of who uses a key are split at commas, once each, and bounded', () => {
	expect(splitNotes(' grid bot  on vps1,, backtests ,backtests')).toEqual(['grid bot on vps1', 'backtests']);
	expect(usedByProblem(splitNotes('grid bot on vps1'))).toBeUndefined();
	expect(usedByProblem(['x'.repeat(101)])?.problem).toContain('is not a note');
	expect(usedByProblem(['a\u0007b'])?.problem).not.toContain('\u0007');
	expect(usedByProblem(Array.from({length: 21}, (_, index) => `bot${index}`))?.problem).toContain('at most 20');
});

test('add, edit and undo keep the notes; show and the filter know them, and a rotation hands them on', async () => {
	const {context} = await world();
	const run = async (...words: readonly string[]) => {
		const {io, printed} = printing({
			json: words.includes('--json'),
			readStdin: async () => credential,
			ask: async () => '',
		});
		await commandLine({context, io}, ...words);
		return [...printed.out, ...printed.note].join('\n');
	};
	await run('create', 'grid', '--ip', '127.0.0.1', '--used-by', 'grid bot on vps1', '--tag', 'eu,bots');
	expect(await run('list', 'tag:bots')).toContain('grid');
	await run('add', 'extra', '--no-test', '--used-by', 'freqtrade');
	expect(await run('show', 'grid')).toMatch(/Used by +grid bot on vps1/);
	expect(await run('list', 'vps1')).toContain('grid');
	expect(await run('edit', 'grid', '--used-by', 'backtests, grid bot')).toContain(
		'used by: grid bot on vps1 → backtests, grid bot',
	);
	expect(await run('rotate', 'grid')).toContain('Your notes say that it is used by: backtests, grid bot');
	const [grid] = JSON.parse(await run('list', 'grid', '--json')) as {usedBy: unknown}[];
	expect(grid!.usedBy).toEqual(['backtests', 'grid bot']);
	await run('edit', 'extra', '--used-by', '');
	expect(context.vault.read().keys.find(({name}) => name === 'extra')?.usedBy).toEqual([]);
	await run('undo');
	expect(context.vault.read().keys.find(({name}) => name === 'extra')?.usedBy).toEqual(['freqtrade']);
});

test('keys with the same tags stand together, those without a tag last', () => {
	const keys = [
		['a', []],
		['b', ['eu']],
		['c', ['asia', 'eu']],
		['d', ['EU']],
		['e', ['eu', 'asia']],
	] as const;
	const sorted = sortKeys(
		keys.map(([name, tags]) => storedKey({id: name, name, tags, credential: credentialWith({apiKey: name})})),
		orders.findIndex(({field}) => field === 'tag'),
		0,
	);
	expect(sorted.map(({name}) => name)).toEqual(['c', 'e', 'b', 'd', 'a']);
});
