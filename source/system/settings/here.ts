import type {Keymap, Overrides, Settings} from '../../core/settings/settings.ts';
import {baseOf, type ProcessEnvironment} from '../../files/home.ts';
import {wantedLanguage} from '../../language/languages.ts';
import {settingsPath} from './path.ts';
import {settingsIn} from './settings-in.ts';

/** The settings of this user; `given` says which options are on the command line. */
export function settingsHere(
	environment: ProcessEnvironment,
	given: {readonly ascii: boolean; readonly noColor: boolean},
	keymap: Keymap,
): Settings {
	const path = settingsPath(environment);
	return settingsIn({
		path,
		base: path === undefined ? undefined : baseOf(path, environment),
		owner: process.geteuid?.(),
		overrides: {...ofEnvironment(environment), ...ofOptions(given)},
		keymap,
	});
}

function ofEnvironment(environment: ProcessEnvironment): Overrides {
	const {OKX_KEYS_LANG, NO_COLOR, FORCE_COLOR} = environment;
	const colorless = NO_COLOR ? 'NO_COLOR' : FORCE_COLOR === '0' ? 'FORCE_COLOR' : undefined;
	return {
		...(OKX_KEYS_LANG && {
			language: {value: wantedLanguage({OKX_KEYS_LANG}) ?? 'en', from: 'environment', by: 'OKX_KEYS_LANG'},
		}),
		...(colorless !== undefined && {colors: {value: 'never', from: 'environment', by: colorless}}),
	};
}

function ofOptions({ascii, noColor}: {readonly ascii: boolean; readonly noColor: boolean}): Overrides {
	return {
		...(ascii && {ascii: {value: 'always', from: 'option', by: '--ascii'}}),
		...(noColor && {colors: {value: 'never', from: 'option', by: '--no-color'}}),
	};
}
