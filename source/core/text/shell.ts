import {isPrintable} from './sanitize.ts';

/** Also keeps the path from being read as an option. */
export function shellQuotePath(path: string): string {
	return shellQuote(path.startsWith('-') ? `./${path}` : path);
}

/**
 * One shell word without expansion. Unprintable text is written as bytes in `$'…'`, which bash, zsh and ksh understand.
 */
export function shellQuote(text: string): string {
	if (/^[\w./+@-][\w./+@:,=-]*$/.test(text)) return text;
	if (isPrintable(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
	return (
		"$'" +
		text
			.replaceAll(/['\\]/g, String.raw`\$&`)
			.replaceAll(/[^]/gu, character => (isPrintable(character) ? character : bytesOf(character))) +
		"'"
	);
}

function bytesOf(character: string): string {
	return Array.from(new TextEncoder().encode(character), byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
