import fc from 'fast-check';
import {expect, test} from 'vitest';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

/** Keys that open, close, type and move; none that ends the program or locks the vault. */
const keys = [
	['Tab', 'Shift+Tab', 'Ctrl+O', '1', '2', '3', 'Enter', 'Esc', 'Up', 'Down', 'PgDn', 'Space', 'y', '?', ':', '/'],
	['e', 'p', 't', 'c', 'n', 'v', 'D', 'x', 'a', 'f', 'T', 'H', 's', 'h', 'l', '*', 'u'],
].flat();
const sizes = [
	{columns: 160, rows: 45},
	{columns: 120, rows: 36},
	{columns: 100, rows: 30},
	{columns: 99, rows: 20},
	{columns: 80, rows: 24},
	{columns: 60, rows: 16},
];
const steps = fc.array(
	fc.oneof({weight: 8, arbitrary: fc.constantFrom(...keys)}, {weight: 1, arbitrary: fc.constantFrom(...sizes)}),
	{
		minLength: 40,
		maxLength: 60,
	},
);

test('whatever is pressed at whatever size, the list stands first and one pane has the keyboard', async () => {
	await fc.assert(
		fc.asyncProperty(steps, async walk => {
			const {context} = await world({keys: [storedKey({id: 'b2', name: 'other', environment: 'demo'})]});
			const {terminal, app} = await openApp(context, {columns: 160, rows: 45});
			for (const step of walk) {
				if (typeof step === 'string') await terminal.press(step);
				else await terminal.resize(step.columns, step.rows);
				const [, rule = ''] = terminal.lines;
				expect(width(rule)).toBe(terminal.columns);
				const isQuestion = terminal.screen.includes('╭');
				const focused = isQuestion ? 0 : 1;
				if (!rule.includes('┬')) expect(rule).toMatch(/^─+$/);
				else {
					expect(rule, terminal.screen).toMatch(/^[─━][─›] 1 (?:Keys|Test all) /);
					expect(rule.match(/━› \d /g) ?? [], terminal.screen).toHaveLength(focused);
				}
			}

			app.unmount();
		}),
		{numRuns: 3, endOnFailure: true},
	);
}, 90_000);
