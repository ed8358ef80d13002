import {placesOf} from '../../../actions/places.ts';
import type {Context} from '../../../actions/context.ts';
import {originWords, type Settings} from '../../../core/settings/settings.ts';
import {settingNames, settingOf, type SettingName} from '../../../core/settings/table.ts';
import {msg, sentences, t, type Translatable} from '../../../language/translate.ts';

/** A line of the screen of settings. */
export type SettingItem = {
	readonly id: string;
	readonly title: string;
	readonly value: string;
	/** Where the value comes from. */
	readonly from: string;
	readonly about: string;
} & (
	| {
			readonly kind: 'setting';
			readonly name: SettingName;
			readonly choices: readonly string[] | undefined;
			/** The value to begin with where another is typed. */
			readonly typed: string;
	  }
	| {readonly kind: 'keys' | 'place'}
);

const placeTitles: Readonly<Record<keyof ReturnType<typeof placesOf>, Translatable>> = {
	vault: msg`Vault`,
	backups: msg`Earlier saves`,
	settings: msg`Settings`,
	agent: msg`Agent`,
};

export function settingItems(context: Context): readonly SettingItem[] {
	const {settings} = context;
	const changed = Object.keys(settings.keys()).length;
	const places = Object.entries(placesOf(context)) as [keyof typeof placeTitles, string | undefined][];
	return [
		...settingNames.map(name => settingItem(settings, name)),
		{
			kind: 'keys',
			id: 'keys',
			title: t`Keys`,
			value: changed === 0 ? t`the usual ones` : t`${changed} changed`,
			from: originWords({from: changed === 0 ? 'default' : 'file'}),
			about: t`Which keys the actions of the full screen have. Enter lists them.`,
		},
		...places.map(([place, path]): SettingItem => ({
			kind: 'place',
			id: place,
			title: placeTitles[place](),
			value: path ?? t`none`,
			from: '',
			about: path ?? t`There is no home folder.`,
		})),
	];
}

function settingItem(settings: Settings, name: SettingName): SettingItem {
	const {title, about, kind, usual, needsRestart} = settingOf(name);
	const origin = settings.originOf(name);
	const sentence = about();
	const value = settings.get(name);
	return {
		kind: 'setting',
		id: name,
		name,
		choices: kind.choices,
		title: title(),
		value: kind.format(value),
		typed: Array.isArray(value) && value.length === 0 ? '' : kind.format(value),
		from: originWords(origin),
		about: sentences(
			`${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`,
			t`Default: ${kind.format(usual)}.`,
			kind.choices === undefined ? t`It may be ${kind.allowed()}.` : '',
			needsRestart ? t`In force from the next start.` : '',
			'by' in origin ? t`${origin.by} comes before the file.` : '',
		),
	};
}

/** What to say of a setting that was changed. */
export function changedWords(settings: Settings, name: SettingName): string {
	const {title, kind, needsRestart} = settingOf(name);
	const origin = settings.originOf(name);
	if ('by' in origin) return t`${title()} is saved, but ${origin.by} comes before it.`;
	const value = kind.format(settings.get(name));
	return needsRestart ? t`${title()}: ${value}, from the next start.` : t`${title()}: ${value}.`;
}
