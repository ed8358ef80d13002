import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {openApp} from '../helpers/app.tsx';
import {world} from '../helpers/world.ts';

/** The sandbox whose exchange answers only when it is told to go on. */
async function slowSandbox() {
	const {context} = await world();
	const {exchange} = context;
	const gate = Promise.withResolvers<void>();
	const call: Context['exchange']['call'] = async (name, parameters, target, options = {}) => {
		await Promise.race([gate.promise, aborted(options.signal)]);
		return exchange.call(name, parameters, target, options);
	};
	const {terminal} = await openApp({...context, exchange: {...exchange, call}});
	return {context, terminal, goOn: gate.resolve};
}

async function aborted(signal: AbortSignal | undefined): Promise<never> {
	return new Promise((_, reject) => {
		signal?.addEventListener('abort', () => {
			reject(signal.reason as Error);
		});
	});
}

test.each([
	[
		'the difference of an edit',
		['e', 'Tab', 'Tab', ', 203.0.113.7', 'PgDn'],
		'Looking at what the exchange has now…',
		'This would change main',
	],
	[
		'the difference of permissions',
		['p', 'Space', 'Enter'],
		'Looking at what the exchange has now…',
		'This would change main',
	],
	['a new key', ['n', 'bot', 'PgDn', 'PgDn', 'PgDn', 'PgDn', 'y'], 'Making it…', 'I have saved them'],
	['a revocation', ['x', 'y'], 'Waiting for the exchange…', 'main is revoked on the exchange.'],
	['a test', ['t'], '… Compare clocks', 'The key works'],
])('%s that takes long says what it waits for, and then comes', async (_, keys, words, result) => {
	const {terminal, goOn} = await slowSandbox();
	await terminal.press(...keys);
	await terminal.see(words);
	if (words.endsWith('…')) await terminal.see(`${words} 1 s`);
	expect(terminal.screen).not.toContain(result);
	goOn();
	await terminal.see(result);
	expect(terminal.screen).not.toContain(words);
});

test.each([
	['an edit', ['e', 'Tab', 'Tab', ', 203.0.113.7', 'PgDn'], 'Enter shows what would change', '203.0.113.7'],
	['permissions', ['p', 'Down', 'Space', 'Enter'], 'Enter shows what would change', '[x] Withdraw'],
])('Esc stops waiting for the difference of %s, and leads back to the form', async (_, keys, form, typed) => {
	const {terminal, goOn} = await slowSandbox();
	await terminal.press(...keys);
	await terminal.see('Looking at what the exchange has now…', 'Esc cancel');
	await terminal.press('Esc');
	await terminal.see(form, typed);
	goOn();
	await terminal.settle();
	expect(terminal.screen).not.toContain('This would change');
});

test('what changes the exchange is not stopped halfway: Esc says that it ends first', async () => {
	const {context, terminal, goOn} = await slowSandbox();
	await terminal.press('x', 'y');
	await terminal.see('Waiting for the exchange…');
	await terminal.press('Esc');
	await terminal.see('Finishing the current operation first…');
	goOn();
	await terminal.see('main is revoked on the exchange.');
	expect(context.vault.read().keys[0]!.status).toBe('revoked');
});
