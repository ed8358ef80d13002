import {onTestFinished} from 'vitest';
import {setTranslations, type Translations} from '../../source/language/translate.ts';

/** The distance of Latin letters from Cyrillic ones, which are as wide on a terminal. */
const distance = 0x3_cf;

const pseudo: Translations = new Proxy(
	{},
	{
		get: (_, id) => String(id).replaceAll(/[a-z]/gi, letter => String.fromCharCode(letter.charCodeAt(0) + distance)),
		getOwnPropertyDescriptor: () => ({configurable: true, enumerable: true}),
	},
);

/**
 * Until the end of the test, every translation is in Cyrillic letters, so that Latin ones were written past the
 * translation.
 */
export function speakPseudoLanguage(): void {
	setTranslations(pseudo, 'ru');
	onTestFinished(() => {
		setTranslations({});
	});
}

/** Words of three Latin letters and more, each once, but for those of `known`. Secrets and addresses are no words. */
export function englishIn(text: string, known: readonly string[]): readonly string[] {
	const words = text.match(/(?<=^|[\s(“"'›│])[A-Za-z]{3,}(?:-[a-z]+)*(?=[.,:;?!…)”"']*(?:\s|$))/gm) ?? [];
	return [...new Set(words)].filter(word => !known.includes(word)).toSorted();
}
