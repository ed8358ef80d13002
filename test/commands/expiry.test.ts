import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {commandLine} from '../helpers/command-line.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

const day = 86_400_000;

function runner(context: Context) {
	return async (...words: readonly string[]) => {
		const {io, printed} = printing({json: words.includes('--json')});
		const end = await commandLine({context, io}, ...words).catch((error: unknown) => error);
		return {end, out: printed.out.join('\n'), note: printed.note.join('\n')};
	};
}

test('create and edit take an expiry date, which show, list and JSON tell', async () => {
	const {context} = await world();
	const run = runner(context);
	const made = await run('create', 'grid', '--perm', 'trade', '--ip', '127.0.0.1', '--expires', '30d', '--json');
	const {expiresAt} = JSON.parse(made.out) as {expiresAt: number};
	expect(Math.abs(expiresAt - Date.now() - 30 * day)).toBeLessThan(60_000);
	expect((await run('show', 'grid')).out).toMatch(/^Expires +\d{4}-\d\d-\d\d, in (?:30d|29d 23h)$/m);
	const edited = await run('edit', 'grid', '--expires', '3d');
	expect(edited.note).toMatch(/^expiry date: \d{4}-\d\d-\d\d → \d{4}-\d\d-\d\d$/);
	expect((await run('list')).out).toMatch(/^grid .*reaches its expiry date here, \d{4}-\d\d-\d\d, in (?:3d|2d 23h)/m);
	expect(JSON.parse((await run('edit', 'grid', '--expires', 'never', '--json')).out)).toMatchObject({expiresAt: null});
	expect((await run('show', 'grid')).out).toMatch(/^Expires +never$/m);
	expect(await run('edit', 'grid', '--expires', '2020-01-01')).toMatchObject({
		end: {code: 'invalid', message: 'The expiry date 2020-01-01 is in the past.'},
	});
});

test('check warns of an expiry date as early as wanted', async () => {
	const {context} = await world();
	const run = runner(context);
	await run('create', 'grid', '--expires', '20d');
	expect(await run('check')).toMatchObject({end: 'ok', out: ''});
	expect(await run('check', '--expiry-warning', '30')).toMatchObject({
		end: 'expiring',
		out: expect.stringMatching(/^grid: expired or expiring soon: reaches its expiry date here, .* \(42\)$/),
	});
	expect(await run('check', '--expiry-warning', '0')).toMatchObject({end: {code: 'usage'}});
});

test('check --revoke-expired revokes expired keys of sub-accounts, and no others', async () => {
	const {context} = await world();
	const run = runner(context);
	await run('create', 'grid', '--sub-account', 'gridbots01', '--using', 'main', '--expires', '1d');
	await run('create', 'own', '--expires', '1d');
	await context.vault.change(content => ({
		...content,
		keys: content.keys.map(key => (key.expiresAt ? {...key, expiresAt: Date.now() - 1000} : key)),
	}));
	expect(await runner({...context, readonly: true})('check', '--revoke-expired')).toMatchObject({
		end: {code: 'readonly'},
	});
	expect(await run('check', '--revoke-expired', '--no-touch')).toMatchObject({end: {code: 'usage'}});
	const checked = await run('check', '--revoke-expired', '--json');
	expect(checked.end).toBe('expiring');
	expect(JSON.parse(checked.out)).toMatchObject([
		{name: 'grid', revocation: {outcome: 'revoked', reason: null}, findings: [{code: 42}]},
		{name: 'main', revocation: null, findings: []},
		{name: 'own', revocation: null, ok: true, findings: [{code: 42}]},
	]);
	expect(context.vault.read().keys.map(({name, status}) => [name, status])).toEqual([
		['main', 'active'],
		['grid', 'revoked'],
		['own', 'active'],
	]);
});
