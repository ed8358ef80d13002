import {expect, test} from 'vitest';
import {list} from '../../source/commands/list.ts';
import type {ParsedArguments} from '../../source/cli/command.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

const now = Date.now();
const keys = [
	storedKey({id: '1', name: 'alpha', permissions: ['read', 'trade'], ip: ['203.0.113.7'], createdAt: now - 1000}),
	storedKey({id: '2', name: 'beta', permissions: ['read', 'trade', 'withdraw'], createdAt: now - 3000}),
	storedKey({id: '3', name: 'gamma', environment: 'demo', site: 'eea', createdAt: now - 2000}),
	storedKey({id: '4', name: 'gone', trashedAt: now}),
];

/** The names that `list --json` and the table give, which must be the same. */
async function listed(operands: readonly string[], options: ParsedArguments['options'] = {}): Promise<string> {
	const {context} = await world({sandbox: false, keys});
	const asJson = printing({json: true});
	expect(await list.run({context, io: asJson.io}, {operands, options})).toBe('ok');
	const names = (JSON.parse(asJson.printed.out.join('')) as readonly {readonly name: string}[]).map(({name}) => name);
	const asTable = printing();
	await list.run({context, io: asTable.io}, {operands, options});
	const rows = asTable.printed.out.join('').split('\n').slice(1);
	expect(rows.map(row => row.split(' ')[0])).toEqual(names);
	return names.join(' ');
}

test.each([
	[[], 'alpha beta gamma'],
	[['BETA'], 'beta'],
	[['perm:trade', 'ip:none'], 'beta'],
	[['perm:trade ip:none'], 'beta'],
	[['site:my.okx.com'], 'gamma'],
	[['env:live', 'perm:trade'], 'alpha beta'],
])('list %j shows the keys that match all words: %s', async (operands, names) => {
	expect(await listed(operands)).toBe(names);
});

test.each([
	['name', 'alpha beta gamma'],
	['risk', 'beta alpha gamma'],
	['age', 'alpha gamma beta'],
])('list --sort %s gives %s', async (sort, names) => {
	expect(await listed([], {sort})).toBe(names);
});

test('list --trash is filtered too', async () => {
	expect(await listed(['gone'], {trash: true})).toBe('gone');
});

test.each([{}, {trash: true}])('where no key matches, that is said, and JSON is an empty list: %j', async options => {
	const {context} = await world({sandbox: false, keys});
	const {io, printed} = printing();
	expect(await list.run({context, io}, {operands: ['no', 'such'], options})).toBe('ok');
	expect(printed).toMatchObject({out: [], note: ['No key matches no such. okx-keys list shows all keys.']});
	const asJson = printing({json: true});
	await list.run({context, io: asJson.io}, {operands: ['nothing'], options});
	expect(JSON.parse(asJson.printed.out.join(''))).toEqual([]);
});
