import {expect, test} from 'vitest';
import {withChangedKey} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {answering} from './answering.ts';

const keys = ['alpha', 'beta', 'gamma', 'delta'].map((name, index) =>
	storedKey({
		id: name,
		name,
		tags: index < 2 ? ['eu'] : [],
		createdAt: Date.now(),
		credential: credentialWith({apiKey: name}),
	}),
);

/** The names of the rows with a mark, from the top. */
function marked(lines: readonly string[]): string[] {
	return lines.flatMap(line => /^[› ]\*(\w+)/.exec(line)?.[1] ?? []);
}

test('Space marks a key and goes on, and the row, the summary and the footer say so without colour', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context, {look: {ascii: true, color: false}});
	await terminal.press('Space', 'Down', 'Space');
	await terminal.see('4 keys, 2 marked, by name', ' *alpha', '> gamma', 'Esc unmark', ': actions', 'T test 2 marked');
	expect(marked(terminal.lines.map(line => line.replace('>', '›')))).toEqual(['alpha', 'delta']);
	await terminal.press('Up', 'Space');
	await terminal.see('4 keys, 1 marked');
});

test('* marks all that are shown, or unmarks them; the others keep their marks', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('G', 'Space', '/', 'tag:eu', 'Enter', '*');
	await terminal.see('2 of 4 keys, 3 marked (1 not shown), by name, filter: tag:eu');
	await terminal.press('*');
	await terminal.see('1 marked (1 not shown)');
	await terminal.press('*');
	await terminal.see('3 marked');
});

test('Esc ends the typing, then the marks, then the filter', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('/', 'a', 'Enter', 'Space', '/');
	await terminal.press('Enter', 'Esc');
	await terminal.see('4 keys, by name, filter: a');
	await terminal.press('Esc');
	await terminal.see('4 keys, by name');
	expect(terminal.lines[2]).toBe('4 keys, by name');
});

test('marks stay through sorting, filters, a look into a key, and changes from elsewhere', async () => {
	const {context, elsewhere} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('Space', 'Space', 's', 's', '/', 'eu', 'Enter', 'Enter');
	await terminal.see('API Keys Management › alpha');
	await terminal.press('Left', 'Esc');
	await terminal.see('4 keys');
	expect(marked(terminal.lines)).toEqual([]);
	await terminal.press('g', 'Space', 'Space');
	const other = await elsewhere();
	await other.change(content => withChangedKey(content, 'delta', key => ({...key, tags: ['us']})));
	await terminal.see('4 keys, 2 marked');
	// A key that goes takes its mark along, and comes back without one.
	await other.change(content => withChangedKey(content, 'beta', key => ({...key, trashedAt: 5})));
	await terminal.see('3 keys, 1 marked');
	await other.change(content => withChangedKey(content, 'beta', key => ({...key, trashedAt: null})));
	await terminal.see('4 keys, 1 marked');
	other.lock();
	expect(marked(terminal.lines)).toEqual(['alpha']);
});

test('what is done with marked keys names them in the order of the list', async () => {
	const shuffled = ['gamma', 'beta', 'alpha'].map((name, index) =>
		storedKey({id: name, name, createdAt: index, credential: credentialWith({apiKey: name})}),
	);
	const {context} = await world({sandbox: false, keys: shuffled});
	const {terminal} = await openApp(context);
	await terminal.press('*', '#');
	await terminal.see('3 keys: alpha, beta, gamma');
});

test.each(['t', 'T'])('%s tests the marked keys, and only these', async press => {
	const {context} = await world({sandbox: false, keys});
	const {answered} = await answering(context);
	const {terminal} = await openApp(answered);
	await terminal.press('Space', 'Space', press);
	await terminal.see('2 tested: all passed');
	expect(context.vault.read().keys.flatMap(({name, lastTest}) => (lastTest ? [name] : []))).toEqual(['alpha', 'beta']);
});

test('a lock takes the marks away', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('*', 'L');
	await terminal.see('Locked.');
	await terminal.press('correct horse battery staple', 'Enter');
	await terminal.see('4 keys, by name');
});

test('with 10,000 keys, a mark costs the layout of the rows in sight', async () => {
	const many = Array.from({length: 10_000}, (_, index) =>
		storedKey({
			id: `${index}`,
			name: `bot${index}`,
			createdAt: Date.now(),
			credential: credentialWith({apiKey: `${index}`}),
		}),
	);
	const {context} = await world({sandbox: false, keys: many});
	const {terminal} = await openApp(context);
	await terminal.see('10000 keys');
	const before = terminal.bytes;
	await terminal.press('Space', 'Space', 'Space');
	await terminal.see('10000 keys, 3 marked');
	expect(terminal.bytes - before).toBeLessThan(6000);
	await terminal.press('*');
	await terminal.see('10000 keys, 10000 marked');
});
