import {expect, test} from 'vitest';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const now = Date.now();
const keys = [
	storedKey({
		id: 'k1',
		name: 'drain',
		permissions: ['read', 'withdraw'],
		createdAt: now,
		credential: {...storedKey().credential, apiKey: 'one'},
	}),
	storedKey({id: 'k2', name: 'quiet', createdAt: now}),
];

test('a card counts its keys, and Enter lists them by a filter that is shown', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('H');
	expect(terminal.screen).toMatch(/› 1 +Withdraw is on/);
	expect(terminal.screen).toMatch(/2 +Never tested/);
	expect(terminal.screen.indexOf('drain')).toBeLessThan(terminal.screen.indexOf('quiet'));
	await terminal.press('Enter');
	expect(terminal.screen).toContain('filter: health:can-withdraw');
	expect(terminal.screen).toContain('1 of 2 keys');
	expect(terminal.screen).not.toContain('quiet');
});

test.each([
	[80, 24],
	[60, 20],
	[40, 12],
	[200, 50],
])('every card can be reached at %dx%d, in ASCII without colour', async (columns, rows) => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context, {columns, rows, look: {ascii: true, color: false}});
	await terminal.press('H', 'End');
	expect(terminal.screen).toMatch(/> 2 +Never tested/);
	expect(terminal.screen).toMatch(/^[\n\x20-\x7E]+$/);
	for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(columns);
});

test.each([60, 120])('a long name stands apart from its score at %d columns', async columns => {
	const name = 'n'.repeat(50);
	const {context} = await world({sandbox: false, keys: [storedKey({name}), storedKey({id: 'k2', name: 'quiet'})]});
	const {terminal} = await openApp(context, {columns, rows: 45});
	await terminal.press('H');
	expect(terminal.screen).toMatch(columns === 60 ? /^n+… \d\d {3}/m : /^n{50} \d\d {3}/m);
	expect(terminal.screen).toMatch(columns === 60 ? /^quiet {21}\d\d {3}/m : /^quiet {46}\d\d {3}/m);
});

test('an empty vault has nothing to watch over, and says so', async () => {
	const {context} = await world({sandbox: false, keys: []});
	const {terminal} = await openApp(context);
	await terminal.press('H');
	expect(terminal.screen).toContain('The vault holds no keys yet.');
});

test('health-left-out-alive: a revoked key that still works has a card, which the screen begins with', async () => {
	const lastTest = {at: now, ok: true, code: 0, cause: 'The key works: read.', latencyMs: 5, live: null};
	const {context} = await world({
		sandbox: false,
		keys: [
			...keys,
			storedKey({id: 'k3', name: 'zombie', status: 'revoked', updatedAt: now - 1000, createdAt: now - 5000, lastTest}),
		],
	});
	const {terminal} = await openApp(context);
	await terminal.press('H');
	expect(terminal.screen).toMatch(/› 1 +Work though revoked/);
	await terminal.press('Enter');
	expect(terminal.screen).toContain('zombie');
});
