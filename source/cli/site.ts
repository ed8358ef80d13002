import {siteMeant} from '../exchange/sites.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Io} from './io.ts';
import {t} from '../language/translate.ts';

/**
 * The site that --site means, with a note when it was given under another name; undefined without the option. Throws
 * `site-unknown`.
 */
export function givenSite(given: string | undefined, io: Io): string | undefined {
	if (given === undefined) return undefined;
	const site = siteMeant(given);
	if (given.trim() !== site) io.note(t`--site ${sanitize(given.trim())} is the site ${site}.`);
	return site;
}
