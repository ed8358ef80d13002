import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {AppError} from '../../source/core/errors.ts';
import {Secret} from '../../source/core/secret.ts';
import {strayCredential} from '../../source/sandbox/seed.ts';
import {inventoryWorld, keyOfDesk, listedKey, manager} from '../actions/inventories.ts';
import {hostileTexts} from '../helpers/hostile.ts';
import {commandLine} from '../helpers/command-line.ts';
import {printing} from '../helpers/printing.ts';
import {foreignText} from '../helpers/terminal-bytes.ts';
import {world} from '../helpers/world.ts';

type Said = {readonly answer?: string; readonly stdin?: string; readonly columns?: number};

function runner(context: Context, {answer, stdin = '', columns}: Said = {}) {
	return async (...words: readonly string[]) => {
		const {io, printed} = printing({
			json: words.includes('--json'),
			columns,
			// A vault in memory takes any key file.
			...(context.sandbox ? {} : {givenPassphrase: async () => undefined, givenKeyFile: () => new Secret('any')}),
			readStdin: async () => stdin,
			ask: async () => {
				if (answer === undefined) throw new AppError('no-tty', {what: 'an answer'});
				return answer;
			},
		});
		const end = await commandLine({context, io}, ...words).catch((error: unknown) => error);
		return {end, out: printed.out.join('\n'), note: printed.note.join('\n')};
	};
}

test('adopt finds a key that the vault does not know, and imports it with its credential', async () => {
	const {context} = await world();
	const found = await runner(context)('adopt', 'oldbots01');
	expect(found).toMatchObject({
		end: 'drift',
		out: expect.stringMatching(/^oldbots01 +telegrambot +unknown here +read, trade; 2 addresses; made /m),
		note: expect.stringContaining('okx-keys adopt --import oldbots01/telegrambot stores it'),
	});
	const other = runner(context, {stdin: JSON.stringify({...strayCredential, apiKey: 'another'})});
	expect(await other('adopt', 'oldbots01', '--import', 'telegrambot')).toMatchObject({end: {code: 'other-api-key'}});
	const run = runner(context, {stdin: JSON.stringify(strayCredential)});
	expect(await run('adopt', 'oldbots01', '--import', 'telegrambot', '--name', 'telegram')).toMatchObject({
		end: 'ok',
		out: expect.stringContaining('telegram is stored in the vault.\ntelegram: The key works'),
	});
	expect(context.vault.read().keys.find(({name}) => name === 'telegram')).toMatchObject({
		label: 'telegrambot',
		account: {kind: 'sub', subAccount: 'oldbots01'},
		lastTest: {ok: true},
	});
	expect(await runner(context)('adopt', 'oldbots01')).toMatchObject({
		end: 'ok',
		out: '',
		note: expect.stringContaining('The exchange has 1 key in 1 sub-account; 1 as declared in this vault.'),
	});
});

test('adopt --delete shows what it deletes, asks for the name, and deletes it on the exchange', async () => {
	const {context} = await world();
	const words = ['adopt', 'oldbots01', '--delete', 'oldbots01/telegrambot'] as const;
	expect(await runner(context, {answer: 'y'})(...words)).toMatchObject({end: {code: 'aborted'}});
	const deleted = await runner(context, {answer: 'telegrambot'})(...words);
	expect(deleted).toMatchObject({end: 'ok', out: 'oldbots01/telegrambot is deleted on the exchange.'});
	expect(deleted.note).toContain('telegrambot  unknown here');
	expect(await runner(context, {answer: 'telegrambot'})(...words)).toMatchObject({end: {code: 'no-such-listed-key'}});
	const frozen = await runner(context)('adopt', '--delete', 'pausedbot', '--yes', '--json');
	expect(frozen.end).toBe('frozen');
	expect(JSON.parse(frozen.out)).toMatchObject([{key: 'pausedbots01/pausedbot', outcome: 'failed', code: 26}]);
});

test('adopt --json has an entry for each key that does not agree, and counts those that do', async () => {
	const {context} = inventoryWorld(
		{keys: [manager, keyOfDesk('grid'), keyOfDesk('wide', {permissions: ['read']}), keyOfDesk('lost')]},
		{desk: {keys: ['grid', 'wide', 'stray'].map(label => listedKey(label))}, idle: {enabled: false, keys: []}},
	);
	const {end, out} = await runner(context)('adopt', '--json');
	expect(end).toBe('drift');
	expect(JSON.parse(out)).toEqual({
		accounts: [
			{
				site: 'global',
				environment: 'live',
				mainUid: '1',
				using: 'main',
				code: 0,
				cause: null,
				fix: null,
				subAccounts: [
					{name: 'desk', uid: '20', label: '', frozen: false, keys: 3, agreeing: 1, code: 0, cause: null, fix: null},
					{name: 'idle', uid: '21', label: '', frozen: true, keys: 0, agreeing: 0, code: 0, cause: null, fix: null},
				],
			},
		],
		keys: [
			expect.objectContaining({key: 'desk/stray', state: 'unknown', name: null, apiKeyMasked: '••••'}),
			expect.objectContaining({key: 'desk/lost', state: 'gone', name: 'lost', permissions: null, createdAt: null}),
			expect.objectContaining({
				key: 'desk/wide',
				state: 'differs',
				drift: [{field: 'permissions', declared: 'read', live: 'read, trade'}],
				next: ['okx-keys adopt --accept wide', 'okx-keys adopt --enforce wide'],
			}),
		],
		notListed: 1,
		notPlaced: 0,
	});
});

test('adopt takes the exchange’s word, or gives it ours, key by key', async () => {
	const {context, rooms, calls} = inventoryWorld(
		{keys: [manager, keyOfDesk('wide', {permissions: ['read']}), keyOfDesk('lost'), keyOfDesk('same')]},
		{desk: {keys: ['wide', 'same'].map(label => listedKey(label))}},
	);
	const accepted = await runner(context)('adopt', '--accept', 'wide', '--accept', 'lost', '--accept', 'same', '--json');
	expect(accepted.end).toBe('usage');
	expect(JSON.parse(accepted.out)).toMatchObject([
		{name: 'wide', outcome: 'declared', code: 0},
		{name: 'lost', outcome: 'marked-revoked', code: 0},
		{name: 'same', outcome: 'failed', code: 2, cause: expect.stringContaining('nothing to change')},
	]);
	expect(calls).not.toContain('modifySubKey');
	rooms['desk']!.keys[0] = listedKey('wide', {ip: []});
	const asked = await runner(context, {answer: '1'})('adopt', '--enforce', 'wide');
	expect(asked).toMatchObject({
		end: 'ok',
		note: expect.stringContaining('wide: ip: any address → 203.0.113.7 (to be changed on the exchange)'),
	});
	expect(rooms['desk']?.keys[0]?.ip).toEqual(['203.0.113.7']);
});

test('adopt notes what is kept elsewhere, and then has nothing to report', async () => {
	const {context} = inventoryWorld({keys: [manager]}, {desk: {keys: [listedKey('anna')]}});
	const run = runner(context);
	expect(await run('adopt', '--known', 'api-anna', '--note', 'Anna')).toMatchObject({
		end: 'ok',
		out: 'desk/anna is noted as kept elsewhere.',
	});
	expect(await run('adopt')).toMatchObject({
		end: 'ok',
		out: expect.stringMatching(/desk +anna +kept elsewhere +Anna$/),
	});
	expect(await run('adopt', '--unknown', 'anna')).toMatchObject({end: 'ok'});
	expect(await run('adopt')).toMatchObject({end: 'drift'});
});

test('a key is named by its label only where no other has it, and a key in use is never deleted', async () => {
	const {context, rooms} = inventoryWorld(
		{keys: [manager, keyOfDesk('grid')]},
		{
			desk: {keys: [listedKey('grid'), listedKey('bot')]},
			other: {keys: [listedKey('bot', {apiKey: 'second'})]},
		},
	);
	const run = runner(context);
	expect(await run('adopt', '--delete', 'bot', '--yes')).toMatchObject({
		end: {code: 'ambiguous-listed-key', message: 'bot may be desk/bot or other/bot.'},
	});
	expect(await run('adopt', '--delete', 'grid', '--yes')).toMatchObject({end: {code: 'listed-key-in-use'}});
	expect(await run('adopt', '--delete', 'desk/bto', '--yes')).toMatchObject({end: {hint: /desk\/bot/}});
	expect(await run('adopt', '--delete', 'desk/bot', '--delete', 'second', '--yes')).toMatchObject({
		end: 'ok',
		out: '2 of 2 keys are deleted on the exchange.',
	});
	expect(rooms['desk']!.keys.map(({label}) => label)).toEqual(['grid']);
});

test.each([
	[['--delete', 'a', '--known', 'a'], '--delete and --known exclude each other.'],
	[['--name', 'a'], '--name goes with --import only.'],
	[['--note', 'a', '--delete', 'a'], '--note goes with --known only.'],
	[['--no-test'], '--no-test goes with --import only.'],
])('adopt %j is refused before the exchange is asked', async (words, problem) => {
	const {context, calls} = inventoryWorld({keys: [manager]}, {desk: {keys: []}});
	expect(await runner(context)('adopt', ...words)).toMatchObject({end: {code: 'usage', message: problem}});
	expect(calls).toEqual([]);
});

test('hostile-label: what the exchange calls its keys and sub-accounts steers nothing', async () => {
	const keys = hostileTexts.map((label, index) => listedKey(label, {apiKey: `${label}${index}`, ip: [label]}));
	const {context} = inventoryWorld({keys: [manager, keyOfDesk('grid', {label: hostileTexts[0]!})]}, {desk: {keys}});
	for (const words of [['adopt'], ['adopt', '--json'], ['adopt', '--delete', `${hostileTexts[0]}0`]]) {
		const {out, note} = await runner(context, {answer: '', columns: 80})(...words);
		expect(`${out}${note}`).not.toBe('');
		expect({words, foreign: foreignText(`${out}\n${note}`)}).toEqual({words, foreign: []});
	}
});
