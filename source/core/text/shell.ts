import {isPrintable} from './sanitize.ts';

/** A path as a person can hand it to a shell, where it is no option and nothing in it is expanded. */
export function shellQuotePath(path: string): string {
	return shellQuote(path.startsWith('-') ? `./${path}` : path);
}

/**
 * A text as one word of a shell's line, nothing in it expanded. What `clean` would make visible is written as bytes in
 * `$'…'`, which bash, zsh and ksh read as the text itself.
 */
export function shellQuote(text: string): string {
	if (/^[\w./+@-][\w./+@:,=-]*$/.test(text)) return text;
	if (isPrintable(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
	return `$'${text.replaceAll(/['\\]/g, String.raw`\$&`).replaceAll(/[^]/gu, character => (isPrintable(character) ? character : bytesOf(character)))}'`;
}

/** `\xe2\x80\xae`: a character in UTF-8, as `$'…'` of a shell reads it. */
function bytesOf(character: string): string {
	return Array.from(new TextEncoder().encode(character), byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
