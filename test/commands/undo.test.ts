import {expect, test} from 'vitest';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

test('undo says what it has undone and what is as before, and ends with 2 when nothing is left', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({tags: ['eu']})]});
	const {io, printed} = printing();
	await commandLine({context, io}, 'edit', 'bot1', '--tag', 'night');
	await commandLine({context, io}, 'remove', 'bot1', '--yes');
	printed.out.length = 0;
	printed.note.length = 0;
	expect(await commandLine({context, io}, 'undo')).toBe('ok');
	expect(await commandLine({context, io}, 'undo')).toBe('ok');
	expect(printed).toMatchObject({
		out: ['Undone: bot1 is back from the trash.', 'Undone: tags of bot1.'],
		note: ['night → eu'],
	});
	expect(context.vault.read().keys).toMatchObject([{tags: ['eu'], trashedAt: null}]);
	await expect(commandLine({context, io}, 'undo')).rejects.toMatchObject({code: 'nothing-to-undo', exit: 'usage'});
});

test('undo --json names the keys and their fields', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey()]});
	const {io, printed} = printing({json: true});
	await commandLine({context, io}, 'edit', 'bot1', '--tag', 'night', '--name', 'grid');
	printed.out.length = 0;
	expect(await commandLine({context, io}, 'undo')).toBe('ok');
	expect(JSON.parse(printed.out.join(''))).toEqual({
		undone: [{name: 'bot1', moved: null, fields: ['name', 'tags']}],
		refused: [],
		live: [],
	});
});
