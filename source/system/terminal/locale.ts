/**
 * Follows POSIX: the first of LC_ALL, LC_CTYPE and LANG that is not empty names the character set, and without any
 * the locale is C. The fonts of Linux's own console lack our symbols.
 */
export function showsUnicode(environment: Readonly<Record<string, string | undefined>>): boolean {
	const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || 'C';
	return /utf-?8/i.test(locale) && environment['TERM'] !== 'linux';
}

/** Whether what TERM names shows colours. */
export function showsColors({TERM}: Readonly<Record<string, string | undefined>>): boolean {
	return TERM !== 'dumb';
}
