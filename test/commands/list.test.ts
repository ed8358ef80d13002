import {expect, test} from 'vitest';
import {storedKey} from '../helpers/keys.ts';
import {commandLine} from '../helpers/command-line.ts';
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
async function listed(...words: readonly string[]): Promise<string> {
	const {context} = await world({sandbox: false, keys});
	const asJson = printing({json: true});
	expect(await commandLine({context, io: asJson.io}, 'list', ...words)).toBe('ok');
	const names = (JSON.parse(asJson.printed.out.join('')) as readonly {readonly name: string}[]).map(({name}) => name);
	const asTable = printing();
	await commandLine({context, io: asTable.io}, 'list', ...words);
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
])('list %j shows the keys that match all words: %s', async (words, names) => {
	expect(await listed(...words)).toBe(names);
});

test.each([
	['name', 'alpha beta gamma'],
	['risk', 'beta alpha gamma'],
	['age', 'alpha gamma beta'],
])('list --sort %s gives %s', async (sort, names) => {
	expect(await listed('--sort', sort)).toBe(names);
});

test('list --trash is filtered too', async () => {
	expect(await listed('gone', '--trash')).toBe('gone');
});

test.each([[[]], [['--trash']]])('where no key matches, that is said, and JSON is an empty list: %j', async options => {
	const {context} = await world({sandbox: false, keys});
	const {io, printed} = printing();
	expect(await commandLine({context, io}, 'list', 'no', 'such', ...options)).toBe('ok');
	expect(printed).toMatchObject({
		out: [],
		note: [`No key matches no such. ${['okx-keys list', ...options].join(' ')} shows all keys.`],
	});
	const asJson = printing({json: true});
	await commandLine({context, io: asJson.io}, 'list', 'nothing', ...options);
	expect(JSON.parse(asJson.printed.out.join(''))).toEqual([]);
});
