import {describe, expect, test} from 'vitest';
import {clipboardWays, type ClipboardWay, type Surroundings} from '../../source/core/terminal/clipboard.ts';
import {osc52, osc52Clearing, throughScreen} from '../../source/core/terminal/osc52.ts';

const ssh = {SSH_CONNECTION: '198.51.100.7 50000 203.0.113.7 22'};
const all = {hasTerminal: true, isInstalled: () => true};

describe('a text is copied', () => {
	test.each<[how: string, environment: Surroundings['environment'], ways: readonly ClipboardWay[]]>([
		['by OSC 52 over SSH', {TERM: 'xterm-256color', ...ssh}, ['osc52']],
		[
			'by OSC 52 over SSH, where a display is forwarded too',
			{TERM: 'xterm', DISPLAY: 'localhost:10', ...ssh},
			['osc52'],
		],
		['over SSH of which only the terminal is known', {TERM: 'xterm', DISPLAY: ':0', SSH_TTY: '/dev/pts/3'}, ['osc52']],
		['through tmux', {TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0', ...ssh}, ['tmux']],
		['through tmux that screen was started in, or in screen', {TERM: 'screen', TMUX: 'x', STY: '1.x'}, ['tmux']],
		['through screen', {TERM: 'screen', STY: '1.pts-0.host', ...ssh}, ['screen']],
		['beside OSC 52, by the tool of a desktop of Wayland', {TERM: 'foot', WAYLAND_DISPLAY: 'w'}, ['osc52', 'wl-copy']],
		['beside OSC 52, by the tool of X', {TERM: 'xterm', DISPLAY: ':0'}, ['osc52', 'xclip']],
		['by tmux and a tool', {TERM: 'screen', TMUX: 'x', DISPLAY: ':0'}, ['tmux', 'xclip']],
		['by a tool alone on a console', {TERM: 'linux', DISPLAY: ':0'}, ['xclip']],
		['nowhere on a console', {TERM: 'linux'}, []],
		['nowhere without a kind of terminal', {TERM: 'dumb'}, []],
		['nowhere by empty variables', {TERM: '', TMUX: '', STY: '', DISPLAY: ''}, []],
	])('%s: %o', (_, environment, ways) => {
		expect(clipboardWays({...all, platform: 'linux', environment})).toEqual(ways);
	});

	test('on a Mac, by pbcopy, unless it is reached by SSH', () => {
		const environment = {TERM: 'xterm-256color'};
		expect(clipboardWays({...all, platform: 'darwin', environment})).toEqual(['osc52', 'pbcopy']);
		expect(clipboardWays({...all, platform: 'darwin', environment: {...environment, ...ssh}})).toEqual(['osc52']);
	});

	test('by the tool that is installed', () => {
		const environment = {TERM: 'xterm', WAYLAND_DISPLAY: 'w', DISPLAY: ':0'};
		const waysWith = (...installed: readonly string[]) =>
			clipboardWays({...all, platform: 'linux', environment, isInstalled: name => installed.includes(name)});
		expect(waysWith('xsel')).toEqual(['osc52', 'xsel']);
		expect(waysWith('xsel', 'xclip')).toEqual(['osc52', 'xclip']);
		expect(waysWith()).toEqual(['osc52']);
	});

	test('only through tmux without a controlling terminal', () => {
		const around = {...all, platform: 'linux', hasTerminal: false};
		expect(clipboardWays({...around, environment: {TERM: 'xterm'}})).toEqual([]);
		expect(clipboardWays({...around, environment: {TERM: 'screen', STY: 'x'}})).toEqual([]);
		expect(clipboardWays({...around, environment: {TERM: 'screen', TMUX: 'x'}})).toEqual(['tmux']);
	});
});

describe('OSC 52', () => {
	test('carries any text as base64 of UTF-8, and nothing that a terminal could obey', () => {
		const text = '\u001B]0;title\u0007 ключ 🔑\n';
		const control = osc52(text)!;
		expect(control).toBe(`\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`);
		expect(control.slice(7, -1)).toMatch(/^[\w+/=]+$/);
	});

	test('is not made longer than terminals take', () => {
		expect(osc52('x'.repeat(56_244))).toHaveLength(74_992 + 8);
		expect(osc52('x'.repeat(56_246))).toBeUndefined();
	});

	test('clears with a blank, for terminals that ignore an empty text, and then with an empty text', () => {
		expect(osc52Clearing).toEqual(['\u001B]52;c;IA==\u0007', '\u001B]52;c;\u0007']);
	});

	test('goes through screen in pieces that it passes on, which make up the whole', () => {
		const control = osc52('x'.repeat(1000))!;
		const pieces = throughScreen(control)
			.split('\u001B\\')
			.slice(0, -1)
			.map(piece => piece.replace(/^\u001BP/, ''));
		expect(pieces.length).toBeGreaterThan(5);
		expect(pieces.every(piece => piece.length <= 240)).toBe(true);
		expect(pieces.join('')).toBe(control);
	});
});
