import {expect, test} from 'vitest';
import {inAscii} from '../../source/core/text/signs.ts';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {world} from '../helpers/world.ts';

const sizes = [
	[40, 12],
	[60, 16],
	[80, 24],
	[100, 30],
	[120, 36],
	[160, 45],
	[200, 50],
] as const;

const plain = {ascii: true, color: false};
const colourful = {ascii: false, color: true};
const looks = [
	...sizes.map(([columns, rows]) => [columns, rows, 'in ASCII and without colour', plain] as const),
	[80, 24, 'in colour', colourful] as const,
	[120, 36, 'in colour', colourful] as const,
	[160, 45, 'in colour', colourful] as const,
];

const longName = 'a-name-of-fifty-characters-that-fills-all-the-room';
const wideName = '機械学習取引ロボット・夜間専用';
const keys = [
	storedKey({id: 'b2', name: longName, description: `${longName} ${wideName}`.repeat(3), tags: [longName]}),
	storedKey({id: 'c3', name: wideName, ip: ['2001:db8:85a3:8d3:1319:8a2e:370:7348', '203.0.113.0/24']}),
];

/** The columns that come before each of these signs in a row. */
function columnsOf(row: string, sign: RegExp): number[] {
	return Array.from(row.matchAll(sign), ({index}) => width(row.slice(0, index)));
}

/** The rows below the panes: a message of three at most, and a footer of two at most. */
const mostBelow = 5;

/** Whether all keeps to its pane, with the lines between the panes straight from the rule to the message. */
function expectStraight({lines}: TestTerminal, columns: number): void {
	for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(columns);
	const [, rule = '', ...rest] = lines;
	expect(width(rule)).toBe(columns);
	for (const at of columnsOf(rule, /[┬+]/g)) {
		const end = rest.findIndex(row => !columnsOf(row, / [│|](?: |$)/g).includes(at - 1));
		expect(end, `the line at ${at} ends in row ${end + 2}:\n${lines.join('\n')}`).toBeGreaterThanOrEqual(
			rest.length - mostBelow,
		);
	}
}

test.each(looks)(
	'at %ix%i %s every screen keeps to its panes, also with long and wide names',
	async (columns, rows, _, look) => {
		const {context} = await world({keys});
		const {terminal} = await openApp(context, {columns, rows, look});
		const seen: string[] = [];
		const press = async (...pressed: readonly string[]) => {
			for (const key of pressed) {
				await terminal.press(key);
				seen.push(terminal.screen);
				if (!/[╭+][─-]{9,}[╮+]/.test(terminal.screen)) expectStraight(terminal, columns);
			}
		};
		await terminal.see('3 keys');
		await press('Enter', 'v', 't');
		await terminal.see('Esc');
		await press('Esc', 'Esc', 'e', 'xyz', 'PgDn');
		await terminal.see('The name');
		await press('Ctrl+U', 'short', 'Ctrl+O', 'Ctrl+O', 'PgDn');
		await terminal.see('This would change');
		await press('Esc', 'Esc', 'y');
		await press('Down', 'Down', 'Enter', 'p', 'Space', 'Enter', 'Esc', 'Esc', 'y', 'c', 'Esc', 'Esc');
		await press('Up', 'Enter', 't');
		await terminal.see('The key works');
		await press('Esc', 'Esc', '/', wideName, 'Enter', 'Esc', 's', 's', '?', 'Esc', ':', 'Esc', 'H', 'Esc', 'n', 'grid');
		await press('PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn', 'y');
		await terminal.see('step 6 of 6');
		await press('c', 'Esc', 's');
		await press('T', 'Enter', 'Esc', 'Esc');
		if (look.ascii) for (const line of seen.flatMap(screen => screen.split('\n'))) expect(line).toBe(inAscii(line));
	},
);
