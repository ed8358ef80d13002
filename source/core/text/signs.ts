import {sanitize} from './sanitize.ts';
import {shellQuote} from './shell.ts';

/** One column for one column, so that nothing moves. */
const asciiOf: Readonly<Record<string, string>> = {
	'›': '>',
	'✓': '+',
	'✗': 'x',
	'·': '-',
	'…': '~',
	'●': '*',
	'○': 'o',
	'─': '-',
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
	// Stands for a bar where a bar would end the line of a plugin.
	'¦': '/',
};
const signs = new RegExp(`[${Object.keys(asciiOf).join('')}]`, 'g');

/** What means something else in a regular expression. */
const syntax = /[$()*+.?[\\\]^{|}]/g;

/** A text with the signs of this program in ASCII. All other characters stay, such as the letters of a name. */
export function inAscii(text: string): string {
	return text.replaceAll(signs, sign => asciiOf[sign]!);
}

/** How what is said reaches a place that may show ASCII only. */
export type SignFilter = {
	/** The text as that place can show it: our own signs in ASCII there, and each kept text as it is. */
	readonly shown: (text: string) => string;
	/** Keeps texts of a person, such as the names of keys, wherever `shown` meets them from now on. */
	readonly keep: (texts: readonly string[]) => void;
};

export function createSignFilter(isAscii: boolean): SignFilter {
	const kept = new Set<string>();
	let pieces: RegExp | undefined;
	return {
		shown(text) {
			if (!isAscii || text.search(signs) === -1) return text;
			if (kept.size === 0) return inAscii(text);
			// A name may be the beginning of another.
			const longestFirst = Array.from(kept).toSorted((left, right) => right.length - left.length);
			pieces ??= new RegExp(`(${longestFirst.map(one => one.replaceAll(syntax, String.raw`\$&`)).join('|')})`, 'u');
			return text
				.split(pieces)
				.map((piece, index) => (index % 2 === 1 ? piece : inAscii(piece)))
				.join('');
		},

		keep(texts) {
			if (!isAscii) return;
			const withSigns = texts.filter(text => text.search(signs) !== -1);
			// They are printed bare, cleaned, or as a word of a suggested command.
			for (const text of withSigns) for (const form of [text, sanitize(text), shellQuote(text)]) kept.add(form);
			if (withSigns.length > 0) pieces = undefined;
		},
	};
}
