import {suggestedCommand} from '../../core/invocation.ts';
import {clipboardWays, type ClipboardWay} from '../../core/terminal/clipboard.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';
import {ok, skipped, warn, type Check} from './check.ts';

/** Smaller ones show a message instead of the full screen. */
const least = {columns: 40, rows: 12};
const comfortable = {columns: 80, rows: 24};

/** What tmux waits for after Esc, ms: more delays every Esc noticeably. */
const longestEscape = 100;

const wordsOfWay: Readonly<Record<ClipboardWay, Translatable>> = {
	tmux: msg`tmux passes what is copied on to your terminal.`,
	screen: msg`screen passes what is copied on to your terminal, in pieces.`,
	osc52: msg`OSC 52 reaches your terminal, if it allows that: most do, PuTTY and older ones of GNOME do not.`,
	'wl-copy': msg`wl-copy reaches the clipboard of this desktop.`,
	xclip: msg`xclip reaches the clipboard of this desktop.`,
	xsel: msg`xsel reaches the clipboard of this desktop.`,
	pbcopy: msg`pbcopy reaches the clipboard of this desktop.`,
};

export const terminalChecks: readonly Check[] = [
	{
		id: 'terminal',
		title: msg`Terminal`,
		run({machine: {terminal, environment}}) {
			if (!terminal) return skipped(msg`The output does not go to a terminal.`);
			const {columns, rows} = terminal;
			const size = msg`${columns} columns and ${rows} rows`;
			if (!environment['TERM'] || environment['TERM'] === 'dumb')
				return warn(
					msg`TERM names no terminal that can show a full screen.`,
					msg`Set it to what your terminal is, for example: export TERM=xterm-256color`,
				);
			if (columns === 0 || rows === 0)
				return warn(
					msg`The terminal does not tell its size: it is taken for ${comfortable.columns}x${comfortable.rows}.`,
					msg`Tell it what it is, for example: stty columns ${comfortable.columns} rows ${comfortable.rows}`,
				);
			if (columns < least.columns || rows < least.rows)
				return warn(
					() => t`${size()} are too few for the full screen.`,
					msg`Make the window at least ${least.columns} columns wide and ${least.rows} rows high.`,
				);
			if (columns < comfortable.columns || rows < comfortable.rows)
				return ok(() => t`${size()}; from ${comfortable.columns} columns, a key is shown beside the list.`);
			return ok(() => t`${size()}.`);
		},
	},
	{
		id: 'colors',
		title: msg`Colours`,
		run({context: {settings}, machine: {terminal, environment}}) {
			const off = environment['NO_COLOR'] ? 'NO_COLOR' : environment['FORCE_COLOR'] === '0' ? 'FORCE_COLOR' : undefined;
			if (off !== undefined) return ok(msg`${off} turns them off.`);
			if (settings.get('colors') === 'never') return ok(msg`The settings turn them off.`);
			if (!terminal) return skipped(msg`The output does not go to a terminal.`);
			const {colors} = terminal;
			if (colors >= 16) return ok(msg`The terminal shows ${colors}.`);
			return warn(
				msg`The terminal shows ${colors}, by what TERM says of it.`,
				msg`If it can show more, set TERM to what it is, for example: export TERM=xterm-256color`,
			);
		},
	},
	{
		id: 'locale',
		title: msg`Characters`,
		run({context: {settings}, machine: {showsUnicode, environment}}) {
			const ascii = settings.get('ascii');
			if (ascii === 'always') return ok(msg`The program uses ASCII, as the settings or --ascii ask for.`);
			if (showsUnicode) return ok(msg`The locale is UTF-8.`);
			if (ascii === 'never')
				return warn(
					msg`The settings ask for signs that this terminal may draw wrong.`,
					() => t`Go back with ${suggestedCommand('settings', 'ascii', '--unset')}.`,
				);
			if (environment['TERM'] === 'linux')
				return warn(
					msg`The console of Linux lacks the signs of the program, so it uses ASCII.`,
					msg`Nothing is wrong; connect by SSH for all signs.`,
				);
			return warn(
				msg`The locale is not UTF-8, so the program uses ASCII, and other letters may be drawn wrong.`,
				msg`Set one, for example: export LANG=C.UTF-8`,
			);
		},
	},
	{
		id: 'clipboard',
		title: msg`Clipboard`,
		run({machine: {environment, terminal, platform, isInstalled}}) {
			const ways = clipboardWays({environment, platform, hasTerminal: terminal !== undefined, isInstalled});
			if (ways.length > 0) return ok(() => ways.map(way => wordsOfWay[way]()).join(' '));
			if (!terminal) return skipped(msg`The output does not go to a terminal.`);
			return warn(
				msg`This terminal has none.`,
				msg`Connect by SSH from a terminal that knows OSC 52, or reveal the secret and select it.`,
			);
		},
	},
	{
		id: 'tmux',
		title: msg`tmux`,
		async run({machine: {environment, tmux}}) {
			if (!environment['TMUX']) return skipped(msg`This is not in tmux.`);
			const [version, escape, clipboard, passthrough] = await Promise.all([
				tmux('-V'),
				tmux('show-options', '-sv', 'escape-time'),
				tmux('show-options', '-sv', 'set-clipboard'),
				tmux('show-options', '-gwv', 'allow-passthrough'),
			]);
			if (escape === undefined && clipboard === undefined)
				return warn(msg`tmux does not answer.`, msg`Look whether the server of this session still runs.`);
			if (Number(escape) > longestEscape)
				return warn(
					msg`escape-time is ${Number(escape)} ms: Esc works only after that long.`,
					msg`Run tmux set -s escape-time 10, and put it into ~/.tmux.conf.`,
				);
			const [, major, minor] = (/^tmux (\d+)\.(\d+)/.exec(version ?? '') ?? []).map(Number);
			if (major !== undefined && minor !== undefined && (major < 3 || (major === 3 && minor < 2)))
				return warn(
					msg`It is older than 3.2, so nothing can be copied through it.`,
					msg`Take a newer one, or run okx-keys outside of tmux to copy.`,
				);
			const [clipboardWord, passthroughWord] = [clipboard ?? '?', passthrough ?? 'off'];
			return ok(
				msg`escape-time ${escape ?? '?'} ms, set-clipboard ${clipboardWord}, allow-passthrough ${passthroughWord}.`,
			);
		},
	},
];
