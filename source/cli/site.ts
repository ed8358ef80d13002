import {siteMeant} from '../exchange/sites.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Session} from './command.ts';
import {t} from '../language/translate.ts';

type Asked = {readonly context: Pick<Session['context'], 'settings'>; readonly io: Pick<Session['io'], 'note'>};

/**
 * The site that --site means, with a note when it was given under another name; undefined without the option. Throws
 * `site-unknown` or `host-not-allowed`.
 */
export function givenSite(given: string | undefined, {context: {settings}, io}: Asked): string | undefined {
	if (given === undefined) return undefined;
	const site = siteMeant(given, settings.get('allowed-hosts'));
	if (given.trim() !== site) io.note(t`--site ${sanitize(given.trim())} is the site ${site}.`);
	return site;
}
