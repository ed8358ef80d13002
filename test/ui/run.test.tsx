import {Console} from 'node:console';
import {expect, test} from 'vitest';
import {runApp} from '../../source/ui/run.tsx';
import {TestTerminal} from '../helpers/terminal.tsx';
import {world} from '../helpers/world.ts';

// The test runner's console lacks what Ink needs to keep libraries from tearing the screen.
Object.assign(console, {Console});

const options = {ascii: false, color: true};

test('leaving resolves with 0, locks the vault and gives the screen back', async () => {
	const {context} = await world();
	const terminal = new TestTerminal();
	const ended = runApp(context, {...options, ...terminal.streams});
	await terminal.see('1 key');
	await terminal.press('q');
	expect(await ended).toBe(0);
	expect(context.vault.isOpen()).toBe(false);
	expect(terminal.written.lastIndexOf('\u001B[?1049l')).toBeGreaterThan(terminal.written.lastIndexOf('\u001B[?1049h'));
	expect(terminal.screen.trim()).toBe('');
});

test.each([
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGINT', 130],
	['SIGQUIT', 131],
] as const)('%s locks the vault and ends with %i, even when it comes twice', async (signal, status) => {
	const {context} = await world();
	const terminal = new TestTerminal();
	const others = process.listeners(signal);
	const ended = runApp(context, {...options, ...terminal.streams});
	await terminal.see('1 key');
	// Ink's own listener takes the signal's name, ours takes nothing.
	const ours = process.listeners(signal).find(listener => !others.includes(listener) && listener.length === 0);
	ours!(signal);
	ours!(signal);
	expect(await ended).toBe(status);
	expect(context.vault.isOpen()).toBe(false);
	expect(process.listeners(signal)).not.toContain(ours);
});

test('what breaks a screen rejects, with the screen given back and the vault locked', async () => {
	const {context} = await world();
	const terminal = new TestTerminal();
	const broken = {
		...context,
		vault: {
			...context.vault,
			read: () => {
				throw new RangeError('broken');
			},
		},
	};
	await expect(runApp(broken, {...options, ...terminal.streams})).rejects.toThrow('broken');
	expect(context.vault.isOpen()).toBe(false);
	expect(terminal.written).toContain('\u001B[?1049l');
});
