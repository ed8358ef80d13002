import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {liveKeys} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {world} from '../helpers/world.ts';

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
