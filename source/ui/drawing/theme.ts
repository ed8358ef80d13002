import {inAscii, inWords} from '../../core/text/signs.ts';
import {bold, colored, dim, inverse, plain, type CellStyle} from '../painting/style.ts';

/** Every colour by its meaning. A symbol or a word repeats the meaning, so that colour is never needed. */
const tones = {
	plain,
	title: bold,
	muted: dim,
	good: colored('green'),
	bad: colored('red'),
	warn: colored('yellow'),
	accent: colored('cyan'),
	selected: bold,
	cursor: inverse,
} as const satisfies Record<string, CellStyle>;

export type Tone = keyof typeof tones;

export const symbols = {
	selected: '›',
	marked: '*',
	crumb: '›',
	good: '✓',
	bad: '✗',
	warn: '!',
	none: '·',
	waiting: '·',
	running: '…',
	on: '●',
	off: '○',
	rule: '─',
	heavyRule: '━',
	branch: '┬',
	side: '│',
	cursor: '▏',
	dot: '·',
} as const;

export type Appearance = {
	readonly ascii: boolean;
	readonly color: boolean;
	/** Whether a screen reader reads the text: words in place of signs, and no layout. */
	readonly isSpoken?: boolean | undefined;
};

/** The program's own signs in ASCII, or as words, where that is asked for; a user's text keeps its letters. */
export function withSigns(text: string, {ascii, isSpoken}: Appearance): string {
	if (isSpoken) return inWords(text);
	return ascii ? inAscii(text) : text;
}

export function styleOf(tone: Tone, {color}: Pick<Appearance, 'color'>): CellStyle {
	return color ? tones[tone] : plain;
}
