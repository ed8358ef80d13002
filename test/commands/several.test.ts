import {expect, test} from 'vitest';
import {commandLine} from '../helpers/command-line.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

const keys = ['alpha', 'beta', 'gamma'].map((name, index) =>
	storedKey({id: name, name, ip: index === 2 ? [] : ['203.0.113.7'], credential: credentialWith({apiKey: name})}),
);

test('edit of several keys says what changes of each, and what did', async () => {
	const {context} = await world({sandbox: false, keys});
	const {io, printed} = printing();
	const words = ['edit', 'alpha', 'gamma', 'beta', '--replace-ip', '203.0.113.7=8.8.8.8', '--add-tag', 'eu'];
	expect(await commandLine({context, io}, ...words)).toBe('ok');
	expect(printed).toMatchObject({
		note: [
			'alpha: ip: 203.0.113.7 → 8.8.8.8 (declared only: change it on the exchange too)',
			'alpha: tags: - → eu',
			'gamma: tags: - → eu',
			'beta: ip: 203.0.113.7 → 8.8.8.8 (declared only: change it on the exchange too)',
			'beta: tags: - → eu',
		],
		out: ['3 of 3 keys are changed.'],
	});
	expect(context.vault.read().keys).toMatchObject([{ip: ['8.8.8.8']}, {ip: ['8.8.8.8']}, {ip: [], tags: ['eu']}]);
});

test('edit --json of several keys gives a result for each, and the worst exit status counts', async () => {
	const {context} = await world({sandbox: false, keys});
	const {io, printed} = printing({json: true});
	expect(await commandLine({context, io}, 'edit', 'alpha', 'beta', '--remove-ip', '203.0.113.7')).toBe('usage');
	expect(JSON.parse(printed.out.join(''))).toMatchObject([
		{name: 'alpha', outcome: 'failed', code: 2, cause: expect.stringContaining('open to every address') as string},
		{name: 'beta', outcome: 'failed', code: 2},
	]);
	printed.out.length = 0;
	expect(await commandLine({context, io}, 'edit', 'alpha', 'gamma', '--remove-tag', 'none')).toBe('ok');
	expect(JSON.parse(printed.out.join(''))).toMatchObject([
		{name: 'alpha', outcome: 'unchanged', code: 0, cause: null, changes: [], key: {name: 'alpha'}},
		{name: 'gamma', outcome: 'unchanged'},
	]);
});

test.each([
	[['alpha', 'beta', '--name', 'x'], '--name is for one key'],
	[['alpha', '--replace-ip', '203.0.113.7'], 'does not say which address replaces which'],
	[['alpha', '--replace-ip', ''], 'No address was named'],
	[['alpha', '--tag', 'a', '--add-tag', 'b'], '--tag replaces all tags'],
	[['alpha', '--ip', '1.1.1.1', '--replace-ip', '1.1.1.1=2.2.2.2'], '--ip replaces the whole list'],
])('edit %j is refused: %s', async (words, problem) => {
	const {context} = await world({sandbox: false, keys});
	await expect(commandLine({context, io: printing().io}, 'edit', ...words)).rejects.toMatchObject({
		exit: 'usage',
		message: expect.stringContaining(problem) as string,
	});
});

test('a name that is not there keeps all others from being changed', async () => {
	const {context} = await world({sandbox: false, keys});
	const {io} = printing();
	await expect(commandLine({context, io}, 'edit', 'alpha', 'nobody', '--tag', 'x')).rejects.toMatchObject({
		exit: 'noSuchKey',
	});
	await expect(commandLine({context, io}, 'remove', 'alpha', 'nobody', '--yes')).rejects.toMatchObject({
		exit: 'noSuchKey',
	});
	expect(context.vault.read().keys.every(({tags, trashedAt}) => tags.length === 0 && trashedAt === null)).toBe(true);
});

test('several keys are removed once their number is typed, and one undo brings them back', async () => {
	const {context} = await world({sandbox: false, keys});
	const answers = ['yes', '2'];
	const {io, printed} = printing({ask: async () => answers.shift() ?? ''});
	await expect(commandLine({context, io}, 'remove', 'alpha', 'beta')).rejects.toMatchObject({exit: 'aborted'});
	expect(await commandLine({context, io}, 'remove', 'alpha', 'beta')).toBe('ok');
	expect(printed.out).toEqual(['2 keys are in the trash. okx-keys undo brings them back.']);
	expect(await commandLine({context, io}, 'undo')).toBe('ok');
	expect(printed.out.at(-1)).toBe('Undone: 2 keys are back from the trash.');
	expect(context.vault.read().keys.every(({trashedAt}) => trashedAt === null)).toBe(true);
});

test('remove --json gives a key for one name, and a result for each of several', async () => {
	const {context} = await world({sandbox: false, keys});
	const {io, printed} = printing({json: true});
	await commandLine({context, io}, 'remove', 'gamma', '--yes');
	expect(JSON.parse(printed.out.join(''))).toMatchObject({name: 'gamma', status: 'active'});
	printed.out.length = 0;
	await commandLine({context, io}, 'remove', 'alpha', 'beta', '--yes');
	expect(JSON.parse(printed.out.join(''))).toEqual(
		['alpha', 'beta'].map(name => ({name, outcome: 'removed', code: 0, cause: null})),
	);
});
