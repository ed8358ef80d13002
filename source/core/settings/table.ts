import {siteNames} from './site-names.ts';
import {languages} from '../../language/languages.ts';
import {msg, type Translatable} from '../../language/translate.ts';
import {listOf, oneOf, time, wholeNumber, type Kind} from './kinds.ts';

export type Setting<Value> = {
	/** A name for people; the member of the table is that for files and commands. */
	readonly title: Translatable;
	readonly about: Translatable;
	readonly kind: Kind<Value>;
	readonly usual: NoInfer<Value>;
	/** An open screen keeps the value that it was started with. */
	readonly needsRestart?: true;
};

function setting<Value>(setting: Setting<Value>): Setting<Value> {
	return setting;
}

/** A name of the DNS with a dot in it, in lower case; no address, no port and no URL. */
function hostName(text: string): string | undefined {
	const name = text.toLowerCase();
	const isName = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/.test(name);
	return isName && name.length <= 253 ? name : undefined;
}

const [second, minute, hour] = [1000, 60_000, 3_600_000];

/**
 * Every setting but the keys of the keyboard. The screen, the command, the file, its documentation and its completion
 * are made from this table.
 */
export const settings = {
	'lock-time': setting({
		title: msg`Lock after`,
		about: msg`how long no key is pressed on the full screen until it locks the vault`,
		kind: time(30 * second, 24 * hour),
		usual: 10 * minute,
	}),
	'clipboard-time': setting({
		title: msg`Clear clipboard after`,
		about: msg`how long a copied secret stays on the clipboard`,
		kind: time(second, 10 * minute),
		usual: 30 * second,
	}),
	'healthy-score': setting({
		title: msg`Healthy from score`,
		about: msg`a key with a lower score, of 100, counts as bad, even if nothing that was found is bad by itself`,
		kind: wholeNumber(0, 100),
		usual: 50,
	}),
	'allowed-hosts': setting({
		title: msg`Allowed hosts`,
		about: msg`hosts beside OKX’s own that --site https://HOST may name; they see all that is sent to the exchange, and
			the secret key of a key that is created`,
		kind: listOf(hostName, 20, msg`names of hosts, such as okx.example.com`),
		usual: [],
	}),
	site: setting({
		title: msg`Site`,
		about: msg`the exchange of a new or imported key where nothing else names one`,
		kind: oneOf(siteNames),
		usual: 'global',
	}),
	language: setting({
		title: msg`Language`,
		about: msg`the language of sentences for people; auto takes that of the locale, if there is a translation`,
		kind: oneOf(['auto', 'en', ...Object.keys(languages)]),
		usual: 'auto',
		needsRestart: true,
	}),
	colors: setting({
		title: msg`Colours`,
		about: msg`the colours of the full screen; auto shows them where the terminal has any`,
		kind: oneOf(['auto', 'never']),
		usual: 'auto',
	}),
	ascii: setting({
		title: msg`ASCII`,
		about: msg`whether the signs of the program are ASCII only; auto takes ASCII where the locale is not UTF-8`,
		kind: oneOf(['auto', 'always', 'never']),
		usual: 'auto',
	}),
} as const;

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = (typeof settings)[Name]['usual'];

export const settingNames = Object.keys(settings) as SettingName[];

/** For what is done with settings of all kinds, whose values pass from one function of a kind to another. */
export function settingOf(name: SettingName): Setting<unknown> {
	return settings[name] as unknown as Setting<unknown>;
}

export function isSettingName(name: string): name is SettingName {
	return Object.hasOwn(settings, name);
}
