import {execFileSync} from 'node:child_process';
import {setTimeout as delay} from 'node:timers/promises';
import xterm from '@xterm/headless';

/** What tmux calls the keys of the keymap, where it does not call them the same. */
const names = {
	return: 'Enter',
	escape: 'Escape',
	' ': 'Space',
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	tab: 'Tab',
	'shift+tab': 'BTab',
	pageup: 'PageUp',
	pagedown: 'PageDown',
	home: 'Home',
	end: 'End',
};

const lookEveryMs = 30;
const mostMs = 20_000;

/**
 * A real terminal of this size in tmux, on a socket of its own, that runs one command line in a shell.
 */
export function terminalIn({socket, env, columns, rows}) {
	const tmux = (...words) => execFileSync('tmux', ['-S', socket, ...words], {env, encoding: 'utf8'});
	const text = () => tmux('capture-pane', '-p');

	async function until(isSeen, what) {
		const end = performance.now() + mostMs;
		while (!isSeen(text())) {
			if (performance.now() > end) throw new Error(`The screen never showed ${what}:\n${text()}`);
			await delay(lookEveryMs);
		}
	}

	return {
		start(command) {
			tmux('-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows), 'sh');
			tmux('set-option', '-g', 'status', 'off');
			tmux('resize-window', '-x', String(columns), '-y', String(rows));
			tmux('send-keys', '-l', `clear; ${command}`);
			tmux('send-keys', 'Enter');
		},
		type(letters) {
			tmux('send-keys', '-l', '--', letters);
		},
		/** Takes the name of a key as in the keymap. */
		press(key) {
			if (key in names) tmux('send-keys', names[key]);
			else if (key.length === 1) this.type(key);
			else tmux('send-keys', key.replace('ctrl+', 'C-'));
		},
		text,
		see: async wanted => until(screen => screen.includes(wanted), wanted),
		/** Until nothing on the screen has changed for a while. */
		async settle() {
			let before = '';
			let since = performance.now();
			while (performance.now() - since < 10 * lookEveryMs) {
				const now = text();
				if (now !== before) since = performance.now();
				before = now;
				await delay(lookEveryMs);
			}
		},
		/** The rows of the screen, each with its cells of xterm. */
		async cells() {
			const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
			const capture = tmux('capture-pane', '-e', '-p')
				.replaceAll('\n', '\r\n')
				.replace(/(\r\n)+$/, '');
			await new Promise(resolve => {
				terminal.write(capture, resolve);
			});
			return Array.from({length: rows}, (_, y) => {
				const line = terminal.buffer.active.getLine(y);
				return Array.from({length: columns}, (__, x) => line.getCell(x));
			});
		},
		end() {
			try {
				tmux('kill-server');
			} catch {
				// It was never started, or has ended.
			}
		},
	};
}
