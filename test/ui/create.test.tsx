import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {liveKeys} from '../../source/actions/keys.ts';
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
])('%s is refused on its step', async (_, keys, words) => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', ...keys);
	await terminal.see(words, 'step 1 of 6');
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

test('outside the sandbox a main-account key is made on OKX’s page, pasted, tested, then saved', async () => {
	const remote = await world();
	const {context: local} = await world({sandbox: false});
	// The page is the sandbox's; what would go to OKX goes there too.
	const {exchange} = remote.context;
	const context = {
		...local,
		exchange: {
			call: ((name, parameters, target, options) =>
				exchange.call(name, parameters, {...target, site: 'sandbox'}, options)) as typeof exchange.call,
			locate: async () => exchange.locate('sandbox'),
		},
	};
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn');
	await terminal.see('OKX has no API for it');
	await terminal.press('PgDn', 'Space', 'PgDn', '127.0.0.1', 'PgDn');
	await terminal.see('https://www.okx.com/account/my-api?go-live-trading=1', 'read, trade', '127.0.0.1', 'v shows it');
	await terminal.press('v');
	await terminal.see('hidden again in');
	const passphrase = /Passphrase +(\S+)/.exec(terminal.screen)![1]!;
	const [main] = remote.context.vault.read().keys;
	const made = await exchange.call(
		'pageCreate',
		{label: 'gridbot', passphrase, permissions: ['read', 'trade'], ip: ['127.0.0.1'], type: 'api', environment: 'live'},
		main!,
	);

	await terminal.press('y');
	await terminal.see('step 6 of 6');
	await terminal.paste(`  ${made.apiKey}\n`);
	await terminal.press('Tab');
	await terminal.paste(passphrase);
	await terminal.press('Enter');
	await terminal.see('Secret key and passphrase are the same.');
	await terminal.press('Ctrl+U');
	await terminal.paste(made.secretKey);
	await terminal.press('Enter');
	await terminal.see('gridbot works and is saved in this vault.');
	const [stored] = liveKeys(local.vault.read());
	expect(stored).toMatchObject({name: 'gridbot', site: 'global', permissions: ['read', 'trade'], ip: ['127.0.0.1']});
	expect(terminal.written).not.toContain(made.secretKey);
});

test('two pasted lines fill both fields, Esc ends a test that hangs, and the secret is never shown', async () => {
	const remote = await world();
	const {context: local} = await world({sandbox: false});
	const {exchange} = remote.context;
	const waitForEver = async (signal: AbortSignal | undefined) =>
		new Promise<never>((_, reject) => {
			signal?.addEventListener('abort', () => {
				reject(signal.reason as Error);
			});
		});
	const context = {
		...local,
		exchange: {
			call: (async (...[, , , options]) => waitForEver(options?.signal)) as typeof exchange.call,
			locate: async () => exchange.locate('sandbox'),
		},
	};
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y');
	await terminal.see('step 6 of 6');
	await terminal.paste('0123456789ABCDEF0123456789ABCDEF\n11111111-2222-4333-8444-555555555555');
	await terminal.see('nothing was pasted');
	expect(terminal.written).not.toContain('0123456789ABCDEF');
	await terminal.paste('11111111-2222-4333-8444-555555555555\r\n0123456789ABCDEF0123456789ABCDEF\r\n');
	await terminal.see('11111111-2222-4333-8444-555555555555', '••••••••');
	await terminal.press('Enter');
	await terminal.see('Esc cancel');
	await terminal.press('Esc');
	await terminal.see('step 6 of 6', 'Cancelled; nothing was stored.', 'save untested');
	expect(terminal.written).not.toContain('0123456789ABCDEF');
	expect(liveKeys(local.vault.read()).some(({name}) => name === 'gridbot')).toBe(false);
});

async function openPasteStep(context: Context) {
	const {terminal} = await openApp(context);
	await terminal.press('n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y');
	await terminal.see('step 6 of 6');
	return terminal;
}

const pasted = {
	apiKey: '11111111-2222-4333-8444-555555555555',
	secretKey: '0123456789ABCDEF0123456789ABCDEF',
	passphrase: 'Pasted-Horse9!',
};

test.each([
	['three lines', Object.values(pasted).join('\n'), 'API key'],
	['a JSON object on one line', JSON.stringify(pasted), 'API key'],
	['a JSON object, into the field of the secret', JSON.stringify(pasted, null, '\t'), 'Secret key'],
])('%s pasted in the last step fill all three parts, and the status line says which', async (_, text, field) => {
	const {context} = await world({sandbox: false});
	const calls: string[] = [];
	const call: typeof context.exchange.call = async name => {
		calls.push(name);
		throw new Error('offline');
	};
	const terminal = await openPasteStep({...context, exchange: {...context.exchange, call}});
	if (field === 'Secret key') await terminal.press('Tab');
	await terminal.paste(text);
	await terminal.see(
		pasted.apiKey,
		'••••••••',
		'The API key, the secret key and the passphrase were pasted.',
		'replaces the one in step 4',
	);
	await terminal.press('PgUp', 'Esc');
	await terminal.see('step 4 of 6', '••••••••••••••');
	for (const value of [pasted.secretKey, pasted.passphrase]) expect(terminal.written).not.toContain(value);
	expect(calls).toEqual([]);
});

test('a JSON object that ends too early is not put into the field that shows what it holds', async () => {
	const {context} = await world({sandbox: false});
	const terminal = await openPasteStep(context);
	await terminal.paste(JSON.stringify(pasted).slice(0, -2));
	await terminal.see('is not JSON', 'Nothing was pasted.');
	expect(terminal.written).not.toContain('0123456789ABCDEF');
	await terminal.paste(`secretkey = "${pasted.secretKey}"`);
	await terminal.see('The secret key was pasted.', '••••••••');
	expect(terminal.written).not.toContain('0123456789ABCDEF');
});
