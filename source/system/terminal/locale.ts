/**
 * Whether the terminal of this environment shows more than ASCII, as POSIX has it: the first of LC_ALL, LC_CTYPE and
 * LANG that is not empty names the character set, and none of them means the C locale. The fonts of Linux's own
 * console lack our signs.
 */
export function showsUnicode(environment: Readonly<Record<string, string | undefined>>): boolean {
	const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || 'C';
	return /utf-?8/i.test(locale) && environment['TERM'] !== 'linux';
}
