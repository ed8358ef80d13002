import {expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {dayMs} from '../../source/core/text/time.ts';
import {openApp} from '../helpers/app.tsx';
import {world} from '../helpers/world.ts';

test('the wizard goes forth and back without losing anything', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn');
	await terminal.see('step 2 of 6', 'Sub-account quantdesk01');
	await terminal.press('Tab', 'Down', 'PgDn', 'Down', 'Space', 'PgDn', '10.0.0.1', 'Esc', 'PgUp');
	await terminal.see('step 2 of 6', '● Third-party app');
	await terminal.press('PgDn');
	await terminal.see('[x] Withdraw', '[ ] Trade');
	await terminal.press('PgDn');
	await terminal.see('10.0.0.1');
	await terminal.press('PgUp', 'PgUp', 'PgUp');
	await terminal.see('gridbot', 'step 1 of 6');
});

test('Esc on the first step asks before anything typed is lost, and nothing is lost by No', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'Esc');
	await terminal.see('Leave without saving?');
	await terminal.press('n');
	await terminal.see('gridbot', '7 of 10 characters');
	await terminal.press('Esc', 'y');
	await terminal.see('1 key');
	await terminal.press('n');
	await terminal.see('step 1 of 6');
	await terminal.press('Esc');
	await terminal.see('1 key');
	expect(terminal.screen).not.toContain('Leave without saving?');
});

test.each([
	['no name', ['PgDn'], 'A key needs a name.'],
	['a name too long', ['elevenchars', 'PgDn'], 'has 11 characters; a new key may have 10.'],
	['a name that is taken', ['main', 'PgDn'], 'A key called main is already in this vault.'],
	[
		'a tag that is none',
		['gridbot', 'Tab', 'Tab', 't'.repeat(33), 'PgDn'],
		'A tag is one word of at most 32 characters.',
	],
	[
		'a note that is too long',
		['gridbot', 'Tab', 'Tab', 'Tab', 'n'.repeat(200), 'PgDn'],
		'is not a note of who uses the key.',
	],
	['a date that has passed', ['gridbot', 'Tab', 'Tab', 'Tab', 'Tab', '2020-01-31', 'PgDn'], 'is in the past.'],
])('%s is refused on its step', async (_, keys, words) => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', ...keys);
	await terminal.see(words, 'step 1 of 6');
});

test('the name has tags, notes of who uses the key and an expiry date with it, which the review repeats', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context, {columns: 100, rows: 30});
	await terminal.press(
		'n',
		'gridbot',
		'Tab',
		'Tab',
		'bots eu',
		'Tab',
		'grid bot on vps1, backtests',
		'Tab',
		'30d',
		'PgDn',
	);
	await terminal.see('step 2 of 6');
	await terminal.press('PgDn', 'PgDn', '127.0.0.1', 'PgDn');
	await terminal.see('Tags        bots eu', 'Used by     grid bot on vps1, backtests');
	expect(terminal.screen).toMatch(/Expires {5}\d{4}-\d\d-\d\d, in 30d/);
	await terminal.press('y');
	await terminal.see('step 6 of 6');
	const stored = liveKeys(context.vault.read()).find(({name}) => name === 'gridbot');
	expect(stored).toMatchObject({tags: ['bots', 'eu'], usedBy: ['grid bot on vps1', 'backtests']});
	expect(stored?.expiresAt).toBeGreaterThan(context.clock() + 29 * dayMs);
});

test.each([
	['an address that is none', ['10.0.0.300'], '10.0.0.300 is not an IP address.'],
	['a network of all addresses', ['0.0.0.0/0'], 'lets every address in'],
	['a weak passphrase', ['10.0.0.1', 'Tab', 'Down', 'Tab', 'short', 'Tab'], 'The passphrase has 5 characters.'],
	[
		'two passphrases that differ',
		['10.0.0.1', 'Tab', 'Down', 'Tab', 'Correct-Horse9', 'Tab', 'Correct-Horse8'],
		'The two are not the same.',
	],
])('%s is refused on step 4', async (_, keys, words) => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', ...keys, 'PgDn');
	await terminal.see(words, 'step 4 of 6');
});

test('Select all takes what the account can have, and a sub-account can never withdraw', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'Down', 'Down', 'Space');
	await terminal.see('[x] Trade', '[x] Withdraw', '[x] Select all');
	await terminal.press('PgUp');
	await terminal.see('Sub-account quantdesk01');
	await terminal.press('Down', 'PgDn');
	await terminal.see('[x] Trade', '[ ] Withdraw', 'can never withdraw');
	await terminal.press('Down', 'Space');
	await terminal.see('! A key of a sub-account can never withdraw.');
});

test('without an address, the step says what that means', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'Space', 'PgDn');
	await terminal.see('works from anywhere', '14 days');
});

test('a key is in the vault before its secret is seen, even when the window closes right then', async () => {
	const {context, elsewhere} = await world();
	const {terminal, app} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y');
	await terminal.see('step 6 of 6');
	app.unmount();
	const stored = liveKeys((await elsewhere()).read()).find(({name}) => name === 'gridbot')!;
	expect(stored.status).toBe('active');
	expect(terminal.written).toContain(stored.credential.secretKey.reveal());
});

test('when the exchange refuses, the reason is said and everything entered is still there', async () => {
	const {context} = await world();
	const [main] = context.vault.read().keys;
	await context.exchange.call(
		'pageCreate',
		{label: 'gridbot', passphrase: 'Correct-Horse9!', permissions: ['read'], ip: [], type: 'api', environment: 'live'},
		main!,
	);
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y');
	await terminal.see('already has a key called gridbot', 'step 5 of 6', '127.0.0.1');
	expect(liveKeys(context.vault.read())).toHaveLength(1);
});
