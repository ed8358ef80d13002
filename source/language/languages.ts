import {setTranslations, type Translations} from './translate.ts';

type Languages = Readonly<Record<string, () => Promise<{readonly default: Translations}>>>;

/**
 * The languages beside English, which is that of the source. Each is loaded only where it is spoken: its tag, such as
 * `zh-CN`, leads to a function that imports its file.
 */
export const languages: Languages = {};

/**
 * The tag of the language to speak; undefined for English. As in gettext, the first variable that is not empty decides,
 * and `zh_CN.UTF-8` is content with `zh`.
 */
export function wantedLanguage(
	environment: Readonly<Record<string, string | undefined>>,
	among: Languages = languages,
): string | undefined {
	const {OKX_KEYS_LANG, LC_ALL, LC_MESSAGES, LANG} = environment;
	const locale = OKX_KEYS_LANG || LC_ALL || LC_MESSAGES || LANG || 'C';
	const parts = locale
		.replace(/[.@].*$/s, '')
		.toLowerCase()
		.split(/[_-]/, 8);
	const tags = Object.keys(among);
	for (let length = parts.length; length > 0; length--) {
		const wanted = parts.slice(0, length).join('-');
		const tag = tags.find(one => one.toLowerCase() === wanted);
		if (tag !== undefined) return tag;
	}

	return undefined;
}

/** The tag of the language that the setting asks for: a tag, `en`, or `auto` for that of the environment. */
export function languageOf(
	setting: string,
	environment: Readonly<Record<string, string | undefined>>,
	among: Languages = languages,
): string | undefined {
	if (setting === 'auto') return wantedLanguage(environment, among);
	return Object.hasOwn(among, setting) ? setting : undefined;
}

/** Loads a language, which everything rendered from then on is in. */
export async function speak(tag: string, among: Languages = languages): Promise<void> {
	setTranslations((await among[tag]!()).default, tag);
}
