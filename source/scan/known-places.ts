import {realpathSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';
import {suggestedCommand} from '../core/invocation.ts';
import {homeFolder, type ProcessEnvironment} from '../files/home.ts';
import {isWithin} from '../files/folders.ts';
import {msg, type Translatable} from '../language/translate.ts';
import {placeAt, type Place} from './walk.ts';

type PlaceKind = {
	/** Below the home; the folders of the XDG base directory specification are where it says. */
	readonly paths: readonly string[];
	/** What to do about a secret of a key that is found there. */
	readonly fix: (key: string) => Translatable;
};

const run = (key: string, ...words: readonly string[]) => suggestedCommand('exec', key, ...words);

/** Where secrets are left on the machines of people who run bots. */
const kinds = {
	okxCli: {
		paths: ['.okx'],
		fix: key => msg`Delete the profile, and start the program as ${run(key, '--flavour', 'okx-cli', '--', 'okx')}.`,
	},
	history: {
		paths: [
			'.bash_history',
			'.bash_sessions',
			'.zsh_history',
			'.zhistory',
			'.histfile',
			'.zsh_sessions',
			'.sh_history',
			'.ash_history',
			'.ksh_history',
			'.history',
			'.local/share/fish/fish_history',
			'.local/share/atuin',
			'.local/share/powershell/PSReadLine',
			'.config/nushell',
			'.local/share/xonsh',
			'.python_history',
			'.node_repl_history',
			'.ipython',
			'.sqlite_history',
			'.lesshst',
			'.viminfo',
			'.local/share/nvim',
			'.local/state/nvim',
			'.vim',
			'.emacs.d/auto-save-list',
		],
		fix: () =>
			msg`Delete the line, and rotate the key if others use this machine: a command that runs shows its words to all.`,
	},
	agent: {
		paths: [
			'.claude.json',
			'.claude',
			'.config/claude',
			'.config/Claude',
			'Library/Application Support/Claude',
			'.codex',
			'.cursor',
			'.config/Cursor/User',
			'Library/Application Support/Cursor/User',
			'.config/Code/User',
			'.config/Code - Insiders/User',
			'.config/VSCodium/User',
			'Library/Application Support/Code/User',
			'.vscode',
			'.vscode-server/data',
			'.cursor-server/data',
			'.codeium',
			'.windsurf',
			'.gemini',
			'.qwen',
			'.continue',
			'.cline',
			'.roo',
			'.kiro',
			'.trae',
			'.copilot',
			'.config/github-copilot',
			'.config/zed',
			'.local/share/zed',
			'.config/opencode',
			'.local/share/opencode',
			'.config/goose',
			'.config/crush',
			'.config/amp',
			'.config/mcp',
			'.mcp.json',
			'.aider.conf.yml',
			'.aider.chat.history.md',
			'.aider.input.history',
			'.openclaw',
			'.hermes',
		],
		fix: key =>
			msg`Delete it, start the server of the agent as ${run(key, '--', 'COMMAND')},
				and rotate the key: an agent sends what it reads to its provider.`,
	},
	startUp: {
		paths: [
			'.profile',
			'.bashrc',
			'.bash_profile',
			'.bash_login',
			'.bash_aliases',
			'.bash_logout',
			'.zshrc',
			'.zshenv',
			'.zprofile',
			'.zlogin',
			'.xprofile',
			'.xsessionrc',
			'.pam_environment',
			'.ssh/environment',
			'.config/fish',
			'.config/environment.d',
			'.config/systemd/user',
			'.config/autostart',
			'.tmux.conf',
			'.config/tmux',
		],
		fix: key =>
			msg`Delete it, and start the program as ${run(key, '--', 'COMMAND')}: every program gets what is set there.`,
	},
	bot: {
		paths: [
			'.vntrader',
			'freqtrade/user_data',
			'ft_userdata/user_data',
			'hummingbot/conf',
			'OctoBot/user',
			'passivbot/api-keys.json',
			'.gocryptotrader',
			'.pm2',
			'.config/pm2',
			'.forever',
		],
		fix: key => msg`Delete it, and start the program as ${run(key, '--', 'COMMAND')}.`,
	},
} as const satisfies Readonly<Record<string, PlaceKind>>;

const bases = {
	'.config': 'XDG_CONFIG_HOME',
	'.local/share': 'XDG_DATA_HOME',
	'.local/state': 'XDG_STATE_HOME',
} as const;

/**
 * The places that are searched when none is named, as far as they are there, and the files in the home itself;
 * undefined without a home.
 */
export function knownPlaces(environment: ProcessEnvironment): readonly Place[] | undefined {
	const home = homeFolder();
	if (home === undefined) return undefined;
	const history = environment['HISTFILE'];
	const paths = Object.values(kinds).flatMap(({paths}) => paths.map(path => placed(path, home, environment)));
	return [
		placeAt(home, {depth: 0}),
		...new Set(history !== undefined && isAbsolute(history) ? [...paths, history] : paths)
			.values()
			.map(path => placeIfReadable(path, home)),
	].filter(place => place !== undefined);
}

/** What cannot be looked at is told when it is searched. */
function placeIfReadable(path: string, home: string): Place | undefined {
	try {
		const place = placeAt(path);
		const base = realpathSync(home);
		return place && isWithin(place.path, base) ? {...place, base} : place;
	} catch {
		return {path};
	}
}

/** What to do about a secret of a key in a file. */
export function fixFor(path: string, key: string, environment: ProcessEnvironment): Translatable {
	const home = homeFolder();
	const known = Object.values(kinds).find(
		({paths}) => home !== undefined && paths.some(place => isWithin(path, placed(place, home, environment))),
	);
	if (known) return known.fix(key);
	if (path.includes('/.git/'))
		return msg`Take it out with git, not by deleting the file, and rotate the key: clones may have it too.`;
	if (/(?:~|\.(?:bak|old|orig|save|sw[a-p]|tmp)[^/]*)$/i.test(path))
		return msg`Delete the file: editors and scripts leave such copies behind.`;
	if (/\.log(?:[.\d-][^/]*)?$/i.test(path)) return msg`Keep the program from logging it, and rotate the key.`;
	return kinds.bot.fix(key);
}

function placed(path: string, home: string, environment: ProcessEnvironment): string {
	for (const [below, name] of Object.entries(bases)) {
		const folder = environment[name];
		if (folder !== undefined && isAbsolute(folder) && isWithin(path, below))
			return join(folder, path.slice(below.length));
	}

	return join(home, path);
}
