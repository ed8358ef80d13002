import {sanitize} from './sanitize.ts';
import {shellQuote} from './shell.ts';
import {t} from '../../language/translate.ts';

/** Each replacement takes one column, so that layouts keep their widths. */
const asciiOf: Readonly<Record<string, string>> = {
	'›': '>',
	'✓': '+',
	'✗': 'x',
	'·': '-',
	'…': '~',
	'●': '*',
	'○': 'o',
	'─': '-',
	'━': '=',
	'┬': '+',
	'│': '|',
	'▏': '|',
	'•': '*',
	'’': "'",
	'“': '"',
	'”': '"',
	'→': '>',
	'–': '-',
	'−': '-',
	'█': '#',
	'░': '.',
	// Stands for a bar where a real one would end the line of a Nagios plugin.
	'¦': '/',
};
const signs = new RegExp(`[${Object.keys(asciiOf).join('')}]`, 'g');

const syntax = /[$()*+.?[\\\]^{|}]/g;

/** Replaces only this program's signs; other characters stay, such as the letters of a name. */
export function inAscii(text: string): string {
	return text.replaceAll(signs, sign => asciiOf[sign]!);
}

const signWords: ReadonlyMap<string, () => string> = new Map([
	['✓', () => t`ok`],
	['✗', () => t`failed`],
	['●', () => t`on`],
	['○', () => t`off`],
	['→', () => t`to`],
	['•', () => '*'],
	['’', () => '’'],
	['“', () => '“'],
	['”', () => '”'],
	['–', () => '–'],
	['…', () => '…'],
]);
const allSigns = new RegExp(`[${Object.keys(asciiOf).join('')}▁-▇]`, 'g');

/** Writes this program's signs as words for a screen reader, and leaves out those that only draw. */
export function inWords(text: string): string {
	return text
		.replace(/^! /, () => `${t`warning`}: `)
		.replaceAll('· ', '')
		.replaceAll(allSigns, sign => signWords.get(sign)?.() ?? '');
}

export type SignFilter = {
	readonly shown: (text: string) => string;
	/** Protects texts of the user, such as names of keys, from conversion in `shown`. */
	readonly keep: (texts: Iterable<string>) => void;
};

export function createSignFilter(isAscii: boolean): SignFilter {
	const kept = new Set<string>();
	let pieces: RegExp | undefined;
	return {
		shown(text) {
			if (!isAscii || text.search(signs) === -1) return text;
			if (kept.size === 0) return inAscii(text);
			// Longest first, because one name may be the start of another.
			const longestFirst = Array.from(kept).toSorted((left, right) => right.length - left.length);
			pieces ??= new RegExp(`(${longestFirst.map(one => one.replaceAll(syntax, String.raw`\$&`)).join('|')})`, 'u');
			return text
				.split(pieces)
				.map((piece, index) => (index % 2 === 1 ? piece : inAscii(piece)))
				.join('');
		},

		keep(texts) {
			if (!isAscii) return;
			for (const text of texts) {
				if (text.search(signs) === -1) continue;
				// Texts are printed raw, sanitized, or quoted in a suggested command.
				for (const form of [text, sanitize(text), shellQuote(text)]) kept.add(form);
				pieces = undefined;
			}
		},
	};
}
