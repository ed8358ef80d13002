import {siteMeant} from '../exchange/sites.ts';
import {clean} from '../core/text/sanitize.ts';
import {text, type Words} from './command.ts';
import type {Io} from './io.ts';

/**
 * The site that --site means, and a note of it where it was called otherwise; undefined without the option. Throws
 * `site-unknown`.
 */
export function givenSite(words: Words, io: Io): string | undefined {
	const given = text(words, 'site');
	if (given === undefined) return undefined;
	const site = siteMeant(given);
	if (given.trim() !== site) io.note(`--site ${clean(given.trim())} is the site ${site}.`);
	return site;
}
