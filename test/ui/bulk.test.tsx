import {describe, expect, test} from 'vitest';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {wireError} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {makeKeys} from '../helpers/sandbox-keys.ts';
import {world} from '../helpers/world.ts';

const keys = ['alpha', 'beta', 'gamma'].map((name, index) =>
	storedKey({
		id: name,
		name,
		tags: index === 0 ? ['eu'] : [],
		ip: index === 2 ? [] : ['8.8.8.8'],
		createdAt: Date.now(),
		credential: credentialWith({apiKey: name}),
	}),
);

describe.each([
	[40, 12],
	[80, 24],
	[120, 36],
])('at %ix%i', (columns, rows) => {
	test('tags of the marked keys are changed with one preview, and undone at once', async () => {
		const {context} = await world({sandbox: false, keys});
		const {terminal} = await openApp(context, {columns, rows});
		await terminal.press('*', '#');
		await terminal.see('3 keys: alpha, beta, gamma', 'Tags now: eu (1)');
		await terminal.press('night', 'Enter', 'eu', 'Enter');
		await terminal.see('This would change 3 of 3 keys', 'y to go on');
		for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(columns);
		await terminal.press('y');
		await terminal.see('3 keys are changed in this vault.', '3 keys, by name');
		expect(context.vault.read().keys.map(({tags}) => tags)).toEqual([['night'], ['night'], ['night']]);
		await terminal.press('u');
		await terminal.see('Undone: tags of 3 keys.');
		expect(context.vault.read().keys.map(({tags}) => tags)).toEqual([['eu'], [], []]);
	});
});

test('several keys are removed once their number is typed, and nothing happens before', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('*', 'D');
	await terminal.see('Remove 3 keys from this vault?', 'Type 3 to go on');
	await terminal.press('y', 'Enter');
	await terminal.see('That is not the number of keys; nothing was changed.');
	expect(context.vault.read().keys.every(({trashedAt}) => trashedAt === null)).toBe(true);
	await terminal.press('Ctrl+U', '3', 'Enter');
	await terminal.see('3 keys are in the trash of this vault.', 'u brings them back.');
	await terminal.press('u');
	await terminal.see('Undone: 3 keys are back from the trash.', '3 keys, by name');
});

test('without marks the actions are for the selected key', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('Down', '#', 'x', 'Enter', 'Enter');
	await terminal.see('This would change beta');
	await terminal.press('y');
	await terminal.see('beta is changed.');
	expect(context.vault.read().keys.map(({tags}) => tags)).toEqual([['eu'], ['x'], []]);
});

test('the preview says of each key what is live, what is only declared, and what cannot be', async () => {
	const {context} = await world({keys: [keys[0]!, storedKey({id: 'lost', name: 'lost', site: 'sandbox'})]});
	await makeKeys(context, ['read'], ['live1', 'live2']);
	const {terminal} = await openApp(context, {rows: 50});
	await terminal.press('*', 'A', 'Down', 'Down', '1.1.1.1', 'Enter', 'Enter');
	await terminal.see(
		'This would change 4 of 5 keys: 3 on the exchange, 1 declared only',
		'ip  declared in this vault only',
		'ip  on the exchange, at once',
		'✗ The exchange no longer has lost',
		'Type 4 to go on',
	);
	await terminal.press('4', 'Enter');
	await terminal.see(
		'4 keys are changed. 1 has failed.',
		'What has failed stays marked.',
		'✗ The exchange no longer has lost',
		'✓ live1 is changed.',
	);
	expect(context.vault.read().keys.flatMap(({name, ip}) => (ip.includes('1.1.1.1') ? [name] : []))).toEqual([
		'main',
		'alpha',
		'live1',
		'live2',
	]);
	await terminal.press('Esc');
	await terminal.see('5 keys, 1 marked');
});

test('what was changed before Esc stays, the rest is left alone and stays marked', async () => {
	const {context} = await world();
	await makeKeys(context, ['read'], ['live1', 'live2']);
	const reached = Promise.withResolvers<void>();
	const held = Promise.withResolvers<void>();
	const {exchange} = context;
	const call: typeof exchange.call = async (name, parameters, target, options) => {
		const answer = await exchange.call(name, parameters, target, options);
		if (name === 'pageEdit') {
			reached.resolve();
			await held.promise;
		}

		return answer;
	};
	const {terminal} = await openApp({...context, exchange: {...exchange, call}});
	await terminal.press('/', 'live', 'Enter', '*', 'A', 'Down', 'Down', '1.1.1.1', 'Enter', 'Enter');
	await terminal.see('Type 2 to go on');
	await terminal.press('2', 'Enter');
	await reached.promise;
	await terminal.see('0 of 2');
	await terminal.press('Esc');
	await terminal.see('stopping…');
	held.resolve();
	await terminal.see('live1 is changed. 1 has failed.', '✗ live2: cancelled before it was changed');
	await terminal.press('Esc');
	await terminal.see('2 of 3 keys, 1 marked');
	expect(context.vault.read().keys.map(({ip}) => ip.length)).toEqual([2, 2, 1]);
});

test('a key that the exchange refuses is told with the reason, and the others are changed', async () => {
	const {context} = await world();
	await makeKeys(context, ['read'], ['live1', 'live2']);
	const {exchange} = context;
	let edits = 0;
	const call: typeof exchange.call = async (name, parameters, target, options) => {
		if (name === 'pageEdit' && ++edits === 1) throw wireError({kind: 'code', exchangeCode: '50011', httpStatus: 429});
		return exchange.call(name, parameters, target, options);
	};
	const {terminal} = await openApp({...context, exchange: {...exchange, call}});
	await terminal.press('/', 'live', 'Enter', '*', 'A', '127.0.0.1', 'Enter', '1.1.1.1', 'PgDn');
	await terminal.see('Type 2 to go on');
	await terminal.press('2', 'Enter');
	await terminal.see('live2 is changed. 1 has failed.', '✗ live1:', '✓ live2 is changed.');
});

test('a form that is half filled asks before it is left, and an unequal replacement is refused', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('A', '8.8.8.8', 'PgDn');
	await terminal.see('Each address to replace needs one in its place.');
	await terminal.press('Esc');
	await terminal.see('Leave without saving?');
	await terminal.press('n');
	await terminal.see('8.8.8.8');
});

test('under --readonly nothing of it begins', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp({...context, readonly: true});
	await terminal.press('*', '#');
	await terminal.see('Nothing is changed under --readonly.', '3 keys, 3 marked');
	await terminal.press('D');
	await terminal.see('3 keys, 3 marked');
});

test('the removal of keys with names of any length keeps their states in one column', async () => {
	const names = ['a', 'b'.repeat(50), '漢字'];
	const {context} = await world({
		sandbox: false,
		keys: names.map((name, index) => storedKey({id: String(index), name})),
	});
	const {terminal} = await openApp(context, {columns: 40, rows: 20});
	await terminal.press('*', 'D');
	await terminal.see('Remove 3 keys');
	const rows = terminal.lines.filter(line => line.trimEnd().endsWith(' active'));
	expect(rows).toHaveLength(3);
	expect(new Set(rows.map(row => width(row.trimEnd()))).size).toBe(1);
});
