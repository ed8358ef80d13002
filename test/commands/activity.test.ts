import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {noteReveal} from '../../source/actions/uses.ts';
import {dayMs} from '../../source/core/text/time.ts';
import {activityLog} from '../helpers/activity.ts';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

const now = Date.UTC(2026, 10, 30, 12);
const by = {user: 'alice', host: 'desk', client: '203.0.113.9'};
const keys = [storedKey({name: 'grid'}), storedKey({id: 'b', name: 'arb'})];
const log = activityLog([
	{at: now - 9 * dayMs, by, what: 'added', keys: [{id: 'a1', name: 'grid'}]},
	{
		at: now - dayMs,
		by,
		what: 'tested',
		keys: [{id: 'b', name: 'arb'}],
		detail: 'ipNotAllowed',
		times: 3,
		since: now - 2 * dayMs,
	},
	{
		at: now,
		by: {user: 'bob', host: ''},
		what: 'edited',
		keys: [{id: 'a1', name: 'grid'}],
		edits: [{field: 'tags', from: '', to: 'eu'}],
	},
]);

async function desk(): Promise<Context> {
	const {context} = await world({sandbox: false, keys});
	await context.vault.change(content => ({...content, activity: log}));
	return {...context, clock: () => now};
}

async function said(context: Context, ...words: readonly string[]) {
	const {io, printed} = printing({json: words.includes('--json')});
	const ended = await commandLine({context, io}, ...words);
	return {ended, out: printed.out.join('\n').split('\n'), note: printed.note};
}

test('activity lists who did what with which keys, the latest last', async () => {
	const {ended, out, note} = await said(await desk(), 'activity');
	expect({ended, note}).toEqual({ended: 'ok', note: []});
	expect(out.slice(0, 4).map(line => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
		'WHEN | WHO | WHAT | KEYS | DETAIL',
		'2026-11-21 12:00 | alice@desk from 203.0.113.9 | added | grid',
		'2026-11-29 12:00 | alice@desk from 203.0.113.9 | tested | arb | IP not allowed; 3 times since 2026-11-28 12:00',
		'2026-11-30 12:00 | bob | edited | grid | tags: - → eu',
	]);
});

test.each([
	[['grid'], ['added', 'edited']],
	[
		['grid', 'arb'],
		['added', 'tested', 'edited'],
	],
	[
		['--since', '2d'],
		['tested', 'edited'],
	],
	[
		['--since', '2026-11-29'],
		['tested', 'edited'],
	],
	[['grid', '--since', '1h'], ['edited']],
])('activity %j shows only that, in JSON one entry a line', async (words, whats) => {
	const {ended, out} = await said(await desk(), 'activity', ...words, '--json');
	expect(ended).toBe('ok');
	const entries = out.map(line => JSON.parse(line) as {readonly what: string});
	expect(entries.map(({what}) => what).filter(what => what !== 'unrecorded')).toEqual(whats);
});

test('an entry in JSON has every member, whatever is known of it', async () => {
	const {out} = await said(await desk(), 'activity', 'arb', '--json');
	expect(JSON.parse(out[0]!)).toEqual({
		at: now - dayMs,
		what: 'tested',
		keys: [{id: 'b', name: 'arb'}],
		count: 1,
		user: 'alice',
		host: 'desk',
		client: '203.0.113.9',
		detail: 'ipNotAllowed',
		edits: [],
		since: now - 2 * dayMs,
		times: 3,
		isRoutine: false,
		number: 2,
	});
});

test('what matches nothing is said, and what is no time is refused', async () => {
	const context = await desk();
	const none = await said(context, 'activity', 'arb', '--since', '1m');
	expect(none.note).toEqual(['Nothing that was recorded matches.']);
	await expect(said(context, 'activity', '--since', 'yesterday')).rejects.toThrow(
		'yesterday is not a day or a time span.',
	);
	await expect(said(context, 'activity', '--since', '2027-01-01')).rejects.toThrow('2027-01-01 is in the future.');
	await expect(said(context, 'activity', '--since', '2026-02-30')).rejects.toThrow('not a day');
	await expect(said(context, 'activity', 'nobody')).rejects.toThrow('There is no key called nobody');
});

test('show --reveal is recorded, but not under --readonly, which activity says', async () => {
	const {context} = await world({sandbox: false, keys});
	await said(context, 'show', 'grid', '--reveal');
	expect((await said(context, 'activity', 'grid')).out[1]).toMatch(/alice@desk +secrets shown +grid$/);
	await noteReveal({...context, readonly: true}, keys[1]!);
	const {out, note} = await said({...context, readonly: true}, 'activity');
	expect(out.filter(line => line.includes('secrets shown'))).toHaveLength(1);
	expect(note).toEqual(['Nothing that is done under --readonly is recorded.']);
});

test('activity-rewritten: activity, verify and each other command tell that a record was altered', async () => {
	const context = await desk();
	const lines = log.changes.lines.with(2, log.changes.lines[2]!.replace('bob', 'eve'));
	await context.vault.change(content => ({...content, activity: {...log, rev: 2, changes: {...log.changes, lines}}}));
	const told = '! The record of activity was altered or cut at the entry of 2026-11-30 12:00, or just before it.';
	expect(await said(context, 'activity')).toMatchObject({ended: 'damaged', note: expect.arrayContaining([told])});
	expect(await said(context, 'verify')).toMatchObject({ended: 'damaged', note: expect.arrayContaining([told])});
	const {ended, note} = await said(context, 'list');
	expect(ended).toBe('ok');
	expect(note[0]).toBe('! The record of activity is not what was written. okx-keys activity shows where.');
});
