import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {foreignBytes} from '../helpers/terminal-bytes.ts';
import {workedMs} from './ending.ts';
import {secretKey} from './exec.ts';
import {program} from './program.ts';
import {hasPty, takeLetters, test} from './raw-terminal.ts';

const hasScreen = spawnSync('screen', ['--version']).error === undefined;
const colour = /\u001B\[3\d/;
const utf8 = (written: string) => Buffer.from(written, 'latin1').toString('utf8');

describe.skipIf(!hasPty).concurrent('the full screen (needs python3 and /proc)', () => {
	test.for<
		readonly [name: string, environment: NodeJS.ProcessEnv, has: {readonly color: boolean; readonly ascii: boolean}]
	>([
		['xterm', {TERM: 'xterm'}, {color: true, ascii: false}],
		['xterm-16color', {TERM: 'xterm-16color'}, {color: true, ascii: false}],
		['a terminal of millions of colours', {COLORTERM: 'truecolor'}, {color: true, ascii: false}],
		['the console of Linux', {TERM: 'linux'}, {color: true, ascii: true}],
		['vt100', {TERM: 'vt100'}, {color: true, ascii: false}],
		['screen', {TERM: 'screen'}, {color: true, ascii: false}],
		['tmux', {TERM: 'tmux-256color'}, {color: true, ascii: false}],
		['a terminal without a name', {TERM: ''}, {color: true, ascii: false}],
		['NO_COLOR', {NO_COLOR: '1'}, {color: false, ascii: false}],
		['a locale without UTF-8', {LANG: 'C'}, {color: true, ascii: true}],
		['CI', {CI: 'true'}, {color: true, ascii: false}],
		['CI_NAME', {CI_NAME: 'codeship'}, {color: true, ascii: false}],
		['CONTINUOUS_INTEGRATION', {CONTINUOUS_INTEGRATION: '1'}, {color: true, ascii: false}],
		['GITHUB_ACTIONS', {CI: '1', GITHUB_ACTIONS: 'true'}, {color: true, ascii: false}],
	])(
		'is one under %s, in the eight colours of every terminal at most',
		async ([, environment, {color, ascii}], {sandbox, openRaw}) => {
			const terminal = openRaw(sandbox.opened, {environment});
			await takeLetters(terminal);
			await terminal.send('?');
			await terminal.see('List of keys');
			expect(terminal.state).toMatchObject({screen: 'alternate', isCursorShown: false});
			await terminal.send('q');
			expect(await terminal.ended()).toBe(0);
			const written = utf8(terminal.written);
			expect(foreignBytes(written)).toEqual([]);
			expect(colour.test(written)).toBe(color);
			expect(/^[\u0000-\u007F]*$/.test(written)).toBe(ascii);
		},
	);

	test('is right after a thousand changes of its size within a second, and does no work for most of them', async ({
		sandbox,
		openRaw,
	}) => {
		const terminal = openRaw(sandbox.opened, {columns: 100, rows: 30});
		await takeLetters(terminal);
		await terminal.send('?');
		await terminal.see(/List of keys[^]*Esc back {2}L lock/);
		const before = terminal.screen;
		const id = await terminal.id();
		const worked = workedMs(id);
		const {length} = terminal.written;
		await terminal.storm(1000, 100, 30);
		await terminal.until(() => terminal.screen === before, 'the last frame is that of the last size');
		expect(foreignBytes(utf8(terminal.written))).toEqual([]);
		expect(workedMs(id) - worked).toBeLessThan(3000);
		expect(terminal.written.length - length).toBeLessThan(2_000_000);
	});
});

describe.skipIf(!hasPty || !hasScreen).concurrent('inside screen (needs screen, python3 and /proc)', () => {
	test.for([
		['the secret key', 'j\r', (text: string) => text],
		['all three as JSON', 'jjjj\r', (text: string) => (JSON.parse(text) as {secretKey: string}).secretKey],
	] as const)(
		'%s reaches the terminal around it, and is cleared there when the program ends',
		async ([, keys, secretIn], {grid, openRaw}) => {
			const folder = grid.home.file('screens');
			fs.mkdirSync(folder, {mode: 0o700});
			// A test that fails must leave no screen behind.
			const settings = grid.home.file('screenrc');
			fs.writeFileSync(settings, 'autodetach off\n');
			const terminal = openRaw(['-c', settings, '-q', process.execPath, program, ...grid.opened], {
				command: ['screen'],
				environment: {SCREENDIR: folder},
			});
			const before = await terminal.modesBefore();
			await terminal.see('Opened with ');
			await terminal.type('z\r');
			await terminal.see('what you typed was ignored');
			await terminal.type('c');
			await terminal.see('Copy which part of grid?');
			await terminal.type(keys);
			await terminal.see('sent to your terminal');
			await terminal.writes(/\u001B\]52;c;[\w+/]{30,}=*\u0007/);
			const [, copied] = /\u001B\]52;c;([\w+/]{30,}=*)\u0007/.exec(terminal.written)!;
			expect(secretIn(Buffer.from(copied!, 'base64').toString())).toBe(secretKey);
			expect(terminal.written).not.toContain(secretKey);
			expect(terminal.written).not.toContain('\u001B]52;c;IA==\u0007');
			await terminal.type('q');
			expect(await terminal.ended()).toBe(0);
			expect(terminal.written).toContain('\u001B]52;c;IA==\u0007\u001B]52;c;\u0007');
			expect(terminal.state).toMatchObject({screen: 'normal', isCursorShown: true, bracketedPasteMode: false});
			expect(await terminal.modes()).toBe(before);
		},
	);
});
