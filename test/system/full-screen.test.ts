import {expect, test} from 'vitest';
import {canMoveLines, escapeMsIn} from '../../source/system/terminal/full-screen.ts';

test.each([
	[{}, 50],
	[{SSH_TTY: '/dev/pts/1'}, 100],
	[{SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22'}, 100],
	[{SSH_TTY: ''}, 50],
	[{SSH_TTY: '/dev/pts/1', TMUX: '/tmp/tmux-0/default,1,0'}, 50],
	[{SSH_TTY: '/dev/pts/1', STY: '1.pts-0.host'}, 50],
	[{SSH_TTY: '/dev/pts/1', ESCDELAY: '25'}, 25],
	[{ESCDELAY: '1000'}, 1000],
	[{ESCDELAY: 'soon'}, 50],
])('with %j an ESC waits %d ms for the rest of a key', (environment, ms) => {
	expect(escapeMsIn(environment)).toBe(ms);
});

test.each([
	['xterm-256color', true],
	['tmux-256color', true],
	['linux', true],
	['vt220', true],
	['vt100', false],
	['vt100-nav', false],
	['vt52', false],
	['', false],
])('lines are moved under TERM=%s: %s', (TERM, can) => {
	expect(canMoveLines({TERM})).toBe(can);
});
