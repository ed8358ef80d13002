import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

test('sorted by tag, keys of the same tags stand together below their tags', async () => {
	const keys = [
		['a', ''],
		['b', 'eu'],
		['c', 'asia'],
		['d', 'EU'],
	].map(([name = '', tag]) =>
		storedKey({id: name, name, tags: tag ? [tag] : [], credential: credentialWith({apiKey: name})}),
	);
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context, {columns: 60, rows: 20});
	const rows = () => terminal.lines.flatMap(line => /^(?:[› ] )?([a-d]|\S.* \(\d\))(?= |$)/.exec(line)?.[1] ?? []);
	await terminal.press('s', 's', 's', 's', 's');
	await terminal.see('Sorted by tag.', '4 keys, by tag');
	expect(rows()).toEqual(['asia (1)', 'c', 'eu (2)', 'b', 'd', 'no tag (1)', 'a']);
	await terminal.press('s');
	await terminal.see('4 keys, by name');
	expect(rows()).toEqual(['a', 'b', 'c', 'd']);
});

test('the heading of the first key of a group is in sight with it in a list longer than the window', async () => {
	const keys = Array.from({length: 30}, (_, index) =>
		storedKey({
			id: `k${index}`,
			name: `bot${String(index).padStart(2, '0')}`,
			tags: [`group${Math.floor(index / 3)}`],
			credential: credentialWith({apiKey: `k${index}`}),
		}),
	);
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context, {columns: 60, rows: 14});
	await terminal.press('s', 's', 's', 's', 's');
	await terminal.see('Sorted by tag.');
	const isWhole = () => {
		const at = terminal.lines.findIndex(line => line.startsWith('› '));
		const name = Number(/bot(\d+)/.exec(terminal.lines[at]!)![1]);
		return name % 3 > 0 || terminal.lines[at - 1]!.startsWith(`group${name / 3} (3)`);
	};
	for (const press of ['Down', 'PgDn', 'End', 'Up', 'PgUp', 'Home'])
		for (let times = 0; times < (press === 'Down' || press === 'Up' ? 29 : 2); times++) {
			await terminal.press(press);
			expect(isWhole(), `${press} ${times}\n${terminal.screen}`).toBe(true);
		}
});
