import fs from 'node:fs';
import path from 'node:path';
import tty from 'node:tty';
import {agentEndpoint} from './agent/endpoint.ts';
import {homeFolder} from './files/home.ts';
import {wantedLanguage} from './language/languages.ts';
import {showEarly} from './system/terminal/early-screen.ts';
import {isInForeground} from './system/terminal/foreground.ts';
import {handOver} from './system/terminal/hand-over.ts';
import {showsColors, showsUnicode} from './system/terminal/locale.ts';
import {configFolder, settingsPath} from './system/settings/path.ts';
import {frameOf, type FrameParts} from './ui/screens/unlock/early-frame.ts';
import {longestBeginning, slotTypesIn} from './vault/format/beginning.ts';

type Environment = Readonly<Record<string, string | undefined>>;

type KnownOptions = {readonly vault?: string; readonly ascii?: true; readonly noColor?: true};

declare const OKX_KEYS_UNLOCK_FRAMES: readonly {readonly look: Look; readonly parts: FrameParts}[];

type Look = {readonly ascii: boolean; readonly color: boolean};

export type EarlyPrompt = {readonly path: string; readonly look: Look};

/** Variables that open the vault in another way, choose another language or have the start refused. */
const leftToTheProgram = [
	'INK_SCREEN_READER',
	'NODE_DEBUG',
	'NODE_DEBUG_NATIVE',
	'NODE_OPTIONS',
	'NODE_TLS_REJECT_UNAUTHORIZED',
	'OKX_KEYS_KEY_FILE',
	'OKX_KEYS_LANG',
	'OKX_KEYS_PASSPHRASE_FILE',
];

/** Settings that show nowhere on the unlock screen. */
const unseenSettings = new Set(['version', 'lock-time', 'clipboard-time', 'healthy-score', 'allowed-hosts', 'site']);

/**
 * Draws the unlock screen before the program is loaded, where that is certain to come first; what is typed waits in the
 * terminal. Everywhere else the program draws its first screen itself.
 */
export function promptEarly(
	words: readonly string[],
	environment: Environment,
	optionsOfNode: readonly string[] = process.execArgv,
): void {
	const prompt = optionsOfNode.length > 0 ? undefined : wantedPrompt(words, environment);
	if (!prompt || !tty.isatty(0) || !tty.isatty(1) || isInForeground() === false) return;
	const {path, look} = prompt;
	const {columns, rows} = process.stdout;
	const frame = frameOf(partsOf(look), path, {columns, rows});
	const screen = frame === undefined ? undefined : showEarly(frame);
	if (screen) handOver({screen, shown: {path, columns, rows, look}});
}

function partsOf({ascii, color}: Look): FrameParts {
	return OKX_KEYS_UNLOCK_FRAMES.find(({look}) => look.ascii === ascii && look.color === color)!.parts;
}

/** The vault whose passphrase is asked for first, and the look of the screen; undefined where that is not certain. */
export function wantedPrompt(words: readonly string[], environment: Environment): EarlyPrompt | undefined {
	const given = knownOptionsIn(words);
	if (!given || leftToTheProgram.some(name => environment[name]) || !environment['TERM'] || !showsColors(environment))
		return undefined;
	if (wantedLanguage(environment) !== undefined || settingsMayShow(environment)) return undefined;
	const place = given.vault ?? (environment['OKX_KEYS_VAULT'] || usualVault(environment));
	if (place === undefined || !asksForPassphrase(path.resolve(place), environment)) return undefined;
	const color = !given.noColor && !environment['NO_COLOR'] && environment['FORCE_COLOR'] !== '0';
	return {path: path.resolve(place), look: {ascii: given.ascii ?? !showsUnicode(environment), color}};
}

/** Undefined where more is given than this file knows. */
function knownOptionsIn(words: readonly string[]): KnownOptions | undefined {
	const [word, ...rest] = words;
	if (word === undefined) return {};
	if (word === '--ascii') return withOption({ascii: true}, rest);
	if (word === '--no-color') return withOption({noColor: true}, rest);
	const [vault = '', ...others] = rest;
	return word === '--vault' && /^[^-]/.test(vault) ? withOption({vault}, others) : undefined;
}

/** Undefined where a vault is named twice. */
function withOption(given: KnownOptions, words: readonly string[]): KnownOptions | undefined {
	const others = knownOptionsIn(words);
	return others && !(given.vault !== undefined && others.vault !== undefined) ? {...others, ...given} : undefined;
}

function settingsMayShow(environment: Environment): boolean {
	const file = settingsPath(environment);
	if (file === undefined) return true;
	if (!isThere(file)) return false;
	try {
		const names = Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')) as object);
		return !names.every(name => unseenSettings.has(name));
	} catch {
		return true;
	}
}

function usualVault(environment: Environment): string | undefined {
	const folder = configFolder(environment);
	return folder === undefined ? undefined : path.join(folder, 'vault.json');
}

/** Whether there is a vault, in a file of this user alone, that no agent may open without a question. */
function asksForPassphrase(file: string, environment: Environment): boolean {
	const user = process.geteuid?.();
	const agent = user === undefined ? undefined : agentEndpoint(environment, homeFolder(environment), user);
	if (!agent || isThere(agent.socket)) return false;
	const beginning = beginningOf(file, user);
	const slots = beginning && slotTypesIn(beginning);
	return slots !== undefined && !(environment['SSH_AUTH_SOCK'] && slots.includes('ssh-agent'));
}

function beginningOf(file: string, user: number | undefined): Buffer | undefined {
	let descriptor: number | undefined;
	try {
		const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY} = fs.constants;
		descriptor = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
		const stats = fs.fstatSync(descriptor);
		if (!stats.isFile() || stats.uid !== user || (stats.mode & 0o077) !== 0) return undefined;
		const bytes = Buffer.alloc(Math.min(stats.size, longestBeginning));
		return bytes.subarray(0, fs.readSync(descriptor, bytes));
	} catch {
		return undefined;
	} finally {
		if (descriptor !== undefined) fs.closeSync(descriptor);
	}
}

/** Also where that cannot be told. */
function isThere(file: string): boolean {
	try {
		return fs.lstatSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch {
		return true;
	}
}
