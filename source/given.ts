import {usesAscii, type Keymap} from './core/settings/settings.ts';
import {createSignFilter} from './core/text/signs.ts';
import {languageOf} from './language/languages.ts';
import {asksFor, commandsFor, readRequest} from './parser/request.ts';
import {readProcessState} from './system/process-state.ts';
import {settingsHere} from './system/settings/here.ts';
import {showsUnicode} from './system/terminal/locale.ts';
import {keymapOfSettings} from './ui/keyboard/remapping/keymap-of-settings.ts';

/** Loaded where the settings bind keys, or are asked for. */
const keymap: Keymap = {
	actions: () => keymapOfSettings.actions(),
	keyNamed: word => keymapOfSettings.keyNamed(word),
	check: bindings => keymapOfSettings.check(bindings),
};

export type Given = ReturnType<typeof readGiven>;

/** What the command line, the environment and the settings say. To be called before `harden`. */
export function readGiven(words: readonly string[]) {
	const before = readProcessState();
	const among = commandsFor(words);
	const settings = settingsHere(
		process.env,
		{ascii: asksFor('--ascii', words, among), noColor: asksFor('--no-color', words, among)},
		keymap,
	);
	const isAscii = usesAscii(settings, showsUnicode(process.env));
	const signs = createSignFilter(isAscii);
	signs.keep(words);
	// English is in ASCII, and what programs read.
	const language =
		isAscii || asksFor('--json', words, among) ? undefined : languageOf(settings.get('language'), process.env);
	return {words, before, among, settings, signs, language, asked: readRequest(words, among)};
}
