import {suggestedCommand} from '../core/invocation.ts';
import {readJson} from '../core/text/read-json.ts';
import {isObject} from '../core/is-object.ts';

export type Lookalike = {readonly looksLike: string; readonly fix: string};

type JsonObject = Readonly<Record<string, unknown>>;

const oneByOne = () =>
	`Store its keys one by one: ${suggestedCommand('add', 'NAME')} takes ` +
	'{"apiKey": "…", "secretKey": "…", "passphrase": "…"} on standard input, ' +
	'also under the names that bots give them.';

function has(value: unknown, ...names: readonly string[]): boolean {
	return isObject(value) && names.every(name => Object.hasOwn(value, name));
}

function hasOneWith(value: unknown, ...names: readonly string[]): boolean {
	return (isObject(value) || Array.isArray(value)) && Object.values(value).some(one => has(one, ...names));
}

/** By members that only these files have; the first match counts. */
const inJson: readonly (readonly [what: string, fits: (value: JsonObject) => boolean])[] = [
	['a freqtrade configuration', ({exchange}) => has(exchange, 'key', 'secret')],
	['the configuration of an MCP client', value => has(value, 'mcpServers')],
	['an OctoBot configuration', ({exchanges}) => hasOneWith(exchanges, 'api-key')],
	['a gocryptotrader configuration', ({exchanges}) => Array.isArray(exchanges) && hasOneWith(exchanges, 'api')],
	['a connection file of vnpy', value => has(value, 'API Key', 'Secret Key')],
	['a Kubernetes Secret', value => value['kind'] === 'Secret' && has(value, 'apiVersion')],
	['the API keys of passivbot', value => hasOneWith(value, 'exchange', 'key', 'secret')],
	['a list of keys for ccxt', value => hasOneWith(value, 'apiKey', 'secret')],
];

const inText: readonly (readonly [what: string, fits: RegExp])[] = [
	['an OKX Trade Kit configuration (~/.okx/config.toml)', /^\s*\[profiles\.[^\]\n]+\]/m],
	['a Kubernetes Secret', /^kind:\s*["']?Secret\b/m],
	['a Docker compose file', /^services:\s*$/m],
	['a cryptofeed configuration', /^\s+key_id:/m],
	['a connector file of the Hummingbot gateway', /^\s*secretKey:\s/m],
	['a .env file', /^\s*(export\s+)?\w*(API_?KEY|SECRET|PASSPHRASE)\w*\s*=/im],
];

/** UTF-16 units; each of these files has its keys near its beginning. */
const beginning = 64 * 1024;

/** Names what another kind of text is; undefined for an unknown one. Quotes nothing of it. */
export function lookalikeOf(text: string): Lookalike | undefined {
	if (/^\s*-----BEGIN PGP MESSAGE-----/.test(text))
		return {
			looksLike: 'is encrypted with OpenPGP',
			fix: `Decrypt it first, and import the result: gpg -d … | ${suggestedCommand('import')}`,
		};
	if (/^\s*-----BEGIN [A-Z ]*(KEY|CERTIFICATE)-----/.test(text))
		return {looksLike: 'is a key or certificate in PEM form, not an API key', fix: 'Name the file with the API keys.'};
	if (/^\s*<(!doctype|html|\?xml)/i.test(text))
		return {looksLike: 'is a web page', fix: 'Save the file itself, not the page that shows it.'};
	const {value} = readJson(text, {allowComments: true});
	if (has(value, 'format', 'header', 'ciphertext'))
		return {
			looksLike: 'is a vault, not a list of keys',
			fix: `Open it with --vault, or bring it back with ${suggestedCommand('restore', 'FILE')}.`,
		};
	// Hummingbot encrypts its values under its own password.
	if (value === undefined && /^\s*okx_(perpetual_)?secret_key:/m.test(text.slice(0, beginning))) {
		return {
			looksLike: 'looks like a connector file of Hummingbot, whose values are encrypted with its password',
			fix: `Store the key as the exchange has shown it: ${suggestedCommand('add', 'NAME')}`,
		};
	}

	const what = isObject(value)
		? inJson.find(([, fits]) => fits(value))?.[0]
		: value === undefined
			? whatText(text)
			: undefined;
	return what === undefined ? undefined : {looksLike: `looks like ${what}`, fix: oneByOne()};
}

function whatText(text: string): string | undefined {
	return inText.find(([, fits]) => fits.test(text.slice(0, beginning)))?.[0];
}
