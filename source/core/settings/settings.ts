import type {Problem} from '../problem.ts';
import {AppError} from '../errors.ts';
import {sanitize} from '../text/sanitize.ts';
import {didYouMean, similar} from '../text/similar.ts';
import {truncate} from '../text/width.ts';
import {settingNames, type SettingName, type SettingValue} from './table.ts';
import {t} from '../../language/translate.ts';

/** Written names of keys, such as `ctrl+x`, by the action that they trigger: `{'key.test': ['t', 'ctrl+t']}`. */
export type KeyBindings = Readonly<Record<string, readonly string[]>>;

export type BindableAction = {
	/** Its scope and its own name: `key.test`. */
	readonly name: string;
	/** The part of the program where it works, as help calls it. */
	readonly scope: string;
	readonly about: string;
	/** The written names of its usual keys. */
	readonly usual: readonly string[];
};

/** The actions of the full screen, whose keys can be changed. */
export type Keymap = {
	readonly actions: () => readonly BindableAction[];
	/** The written name of a key; undefined for a word that names none. */
	readonly keyNamed: (word: string) => string | undefined;
	/**
	 * Splits bindings into those that can be used together and the problems of the others, each with the action that
	 * stays as it is.
	 */
	readonly check: (bindings: KeyBindings) => {
		readonly used: KeyBindings;
		readonly problems: readonly (Problem & {readonly action: string})[];
	};
};

/** Where a value comes from; `by` names the option or the variable. */
export type Origin =
	| {readonly from: 'default' | 'file'}
	| {readonly from: 'environment' | 'option'; readonly by: string};

/** What the command line and the environment say in place of the file. */
export type Overrides = {
	readonly [Name in SettingName]?: {
		readonly value: SettingValue<Name>;
		readonly from: 'environment' | 'option';
		readonly by: string;
	};
};

/** The settings of the user. A changed one is in force at once, and every reader of `get` is told by `subscribe`. */
export type Settings = {
	/** Undefined where there is no folder to keep them in. */
	readonly path: string | undefined;
	readonly get: <Name extends SettingName>(name: Name) => SettingValue<Name>;
	readonly originOf: (name: SettingName) => Origin;
	/** The keys that replace usual ones, without those that have a problem. */
	readonly keys: () => KeyBindings;
	readonly keymap: Keymap;
	/** Why the file, or a setting in it, is not used. */
	readonly problems: () => readonly Problem[];
	/** Members of the file that this version does not know. They are kept. */
	readonly unknown: () => readonly string[];
	/**
	 * Saves a setting, or the keys of an action under the name `keys.ACTION`; `undefined` goes back to the default.
	 * Throws `no-such-setting`, `invalid`, `settings-unusable` or `settings-not-saved`, and then changes nothing.
	 */
	readonly change: (name: string, text: string | undefined) => Promise<void>;
	/** Reads the file again. */
	readonly reload: () => void;
	/** Changes with every change of a value. */
	readonly version: () => number;
	readonly subscribe: (listener: () => void) => () => void;
};

/** Begins the names of settings that are the keys of an action. */
export const keysPrefix = 'keys.';

export function originWords(origin: Origin): string {
	if ('by' in origin) return origin.by;
	return origin.from === 'file' ? t`settings.json` : t`default`;
}

export function usesAscii(settings: Pick<Settings, 'get'>, hasUnicode: boolean): boolean {
	const wanted = settings.get('ascii');
	return wanted === 'auto' ? !hasUnicode : wanted === 'always';
}

/** The error for a name that is no setting, with those that may be meant. */
export function noSuchSetting(name: string, {keymap}: Pick<Settings, 'keymap'>): AppError<'no-such-setting'> {
	const names = [...settingNames, ...keymap.actions().map(action => `${keysPrefix}${action.name}`)];
	const word = name.slice(0, 200);
	return new AppError('no-such-setting', {
		name: truncate(sanitize(word), 60) || '“”',
		guess: didYouMean(similar(word, names)),
	});
}
