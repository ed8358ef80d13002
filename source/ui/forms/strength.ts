import {msg} from '../../language/translate.ts';
import {graphemes} from '../../core/text/width.ts';
import type {Tone} from '../drawing/theme.ts';

export type Strength = {readonly bits: number; readonly word: string; readonly tone: Tone};

/** What attackers try first; each word counts as one choice among a few thousand. */
const common = [
	'password',
	'passwort',
	'qwerty',
	'qwertz',
	'letmein',
	'welcome',
	'admin',
	'dragon',
	'monkey',
	'iloveyou',
	'abc123',
	'12345678',
	'123456',
	'12345',
	'1234',
	'bitcoin',
	'crypto',
	'trading',
	'okx',
	'okex',
	'secret',
	'master',
	'hello',
];
const commonBits = 10;

const kinds = [
	[/\p{Ll}/u, 26],
	[/\p{Lu}/u, 26],
	[/\p{N}/u, 10],
	[/[^\p{L}\p{N}]/u, 33],
	[/[^\0-\x7F]/, 100],
] as const;

const levels = [
	[75, msg`strong`, 'good'],
	[55, msg`good`, 'good'],
	[40, msg`fair`, 'warn'],
	[0, msg`weak`, 'bad'],
] as const;

/**
 * Estimates a passphrase's strength in bits; repeats (aaa), sequences (123) and common words add little. The estimate
 * is too low for words, and too high for names and dates.
 */
export function strengthOf(passphrase: string): Strength {
	let rest = passphrase.toLowerCase();
	let bits = 0;
	for (const word of common) {
		if (!rest.includes(word)) continue;
		rest = rest.replaceAll(word, '');
		bits += commonBits;
	}

	const pool = kinds.reduce((sum, [kind, size]) => (kind.test(passphrase) ? sum + size : sum), 0);
	const each = Math.log2(Math.max(2, pool));
	let before: number | undefined;
	for (const grapheme of graphemes(rest)) {
		const code = grapheme.codePointAt(0)!;
		bits += before !== undefined && Math.abs(code - before) <= 1 ? 1 : each;
		before = code;
	}

	const [, word, tone] = levels.find(([least]) => bits >= least)!;
	return {bits: Math.round(bits), word: word(), tone};
}
