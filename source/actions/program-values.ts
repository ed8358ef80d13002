import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {sandboxSite, siteUrl, sites} from '../exchange/sites.ts';
import type {FlavourValues} from '../formats/flavours.ts';
import {t} from '../language/translate.ts';
import type {Context} from './context.ts';

/** What the names of each key's variables begin with. Throws `usage` where two would begin alike. */
export function prefixesFor(keys: readonly StoredKey[], wanted: readonly string[]): readonly string[] {
	if (wanted.length === 0 && keys.length === 1) return [''];
	if (wanted.length > 0 && wanted.length !== keys.length)
		throw new AppError('usage', {
			problem: t`The numbers of keys (${keys.length}) and of --prefix (${wanted.length}) differ.`,
			hint: t`Give one for each key, in their order.`,
		});
	const prefixes = wanted.length > 0 ? wanted.map(prefix => prefix.replace(/_*$/, '_')) : keys.map(prefixOf);
	const twice = prefixes.find((prefix, index) => prefixes.indexOf(prefix) !== index);
	if (twice === undefined) return prefixes;
	throw new AppError('usage', {
		problem: t`Two keys would have variables that begin with ${twice}.`,
		hint: t`Give a different --prefix for each key, in their order.`,
	});
}

/** `GRID_EU_` of `grid-eu`. */
function prefixOf({name}: StoredKey): string {
	const word = name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
	return `${/^[A-Z]/.test(word) ? '' : 'KEY_'}${word.replaceAll(/^_+|_+$/g, '')}_`;
}

/** Where the exchange of a key is. Starts that of the sandbox, which ends with this process. */
export async function addressOf({sandboxUrl, settings}: Context, {site}: StoredKey): Promise<URL> {
	return site === sandboxSite && sandboxUrl ? sandboxUrl() : siteUrl(site, settings.get('allowed-hosts'));
}

export function valuesOf({name, site, environment, credential}: StoredKey, address: URL): FlavourValues {
	const isDemo = environment === 'demo';
	const ccxtId = ccxtIdOf(site);
	return {
		apiKey: credential.apiKey,
		secretKey: credential.secretKey.reveal(),
		passphrase: credential.passphrase.reveal(),
		name,
		environment,
		demo: String(isDemo),
		flag: isDemo ? '1' : '0',
		site,
		// The address decides; older versions of these programs refuse a site that they do not know.
		okxSite: ccxtId === undefined ? 'global' : site,
		baseUrl: address.origin,
		ccxtId,
		CCXT: ccxtId?.toUpperCase(),
	};
}

/** What ccxt calls a site; undefined where it has no word. */
function ccxtIdOf(site: string): string | undefined {
	const known: readonly string[] = Object.hasOwn(sites, site) ? sites[site as keyof typeof sites].known : [];
	return known.find(word => /^(?:my)?okx(?:us)?$/.test(word));
}
