import fc from 'fast-check';
import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {stopTime} from '../helpers/time.ts';
import {world} from '../helpers/world.ts';

test.each([
	['in the list', []],
	['while text is typed', ['n', 'grid']],
	['at a question', ['D']],
])('Ctrl+L %s draws the whole screen again, after another program wrote on it', async (_, keys) => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press(...keys);
	const before = terminal.screen;
	terminal.streams.stdout.write(
		'\u001B[1;1H\u001B[7mBroadcast message from root\r\n\n\u001B[3;9rThe system goes down.',
	);
	await terminal.settle();
	expect(terminal.screen).not.toBe(before);
	await terminal.press('Ctrl+L');
	expect(terminal.screen).toBe(before);
});

test('nothing of a question is left in a page over it', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('D', '?');
	await terminal.see('every key of the screen');
	expect(terminal.screen).not.toMatch(/[╭╮╰╯│]|Remove/);
	await terminal.press('Esc');
	await terminal.see('Remove main from this vault?');
});

/** Keys that open, close, move and scroll; none that ends the program, locks the vault or waits for the exchange. */
const keys = [
	['Down', 'Down', 'Down', 'PgDn', 'PgUp', 'G', 'g', 'Up', 'Space', '*', 's', 'Enter', 'Esc', 'Tab', '1', '2', '3'],
	['e', 'p', 'c', 'n', 'D', 'x', 'a', 'H', '?', ':', '/', 'y', ',', 'u', 'v', '漢', '👨‍👩‍👧'],
].flat();
const sizes = [
	{columns: 160, rows: 45},
	{columns: 101, rows: 30},
	{columns: 80, rows: 24},
	{columns: 61, rows: 16},
	{columns: 40, rows: 12},
];
const steps = fc.array(
	fc.oneof({weight: 9, arbitrary: fc.constantFrom(...keys)}, {weight: 1, arbitrary: fc.constantFrom(...sizes)}),
	{minLength: 30, maxLength: 50},
);
const names = [
	'機械学習取引ロボット・夜間専用',
	'a取引ロボット取引ロボット取引ロボット取引ロボット',
	'ｗｉｄｅ',
	'한국어 봇 열두 번째',
];
const many = Array.from({length: 60}, (_, index) =>
	storedKey({id: `k${index}`, name: `${index % 3 === 0 ? names[index % names.length] : 'bot'} ${index}`}),
);

/** A space that was written looks as one that never was. */
const shown = ({lines}: TestTerminal) => lines.map(line => line.trimEnd()).join('\n');

test('whatever is pressed, a screen of which only changes were sent is the same as one drawn anew', async () => {
	// No message goes by itself meanwhile.
	stopTime('Date');
	await fc.assert(
		fc.asyncProperty(steps, async walk => {
			const {context} = await world({keys: many});
			const {terminal, app} = await openApp(context, {columns: 101, rows: 30, refreshMs: 60_000});
			for (const step of walk) {
				if (typeof step === 'string') await terminal.press(step);
				else await terminal.resize(step.columns, step.rows);
				const changed = shown(terminal);
				await terminal.press('Ctrl+L');
				expect(changed).toBe(shown(terminal));
			}

			app.unmount();
		}),
		{numRuns: 1, endOnFailure: true},
	);
});
