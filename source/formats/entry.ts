import {partWords, parts} from '../core/key/credential-form.ts';
import {unusableKind} from '../core/key/unusable-value.ts';
import {suggestedCommand} from '../core/invocation.ts';
import type {Environment} from '../core/key/key.ts';
import {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import {msg, t} from '../language/translate.ts';
import type {ImportEntry} from './format.ts';
import {textsOf, type Member} from './parts.ts';

const longestText = 1024;

/** What ccxt and its kin call OKX; the id says the site too. */
const exchangeIds: ReadonlySet<string> = new Set(['okx', 'okex', 'okex5', 'myokx', 'okxus']);

export function isExchangeId(id: unknown): id is string {
	return typeof id === 'string' && exchangeIds.has(id.toLowerCase());
}

/** What a file says of one key. Nothing of it is checked yet. */
export type FoundEntry = {
	readonly name: string;
	readonly members: readonly Member[];
	/** The exchange's id; absent where the file is for OKX alone. */
	readonly exchange?: unknown;
	readonly isDemo?: boolean | undefined;
	/** Name, id or address; the first that is a text counts. */
	readonly site?: readonly unknown[];
};

/** Safe to print, and short. */
export function shownName(name: string): string {
	return truncate(sanitize(name.slice(0, 100)), 32);
}

/** `1`, `true` and `yes`, as programs write them; undefined for what is neither on nor off. */
export function isOn(value: unknown): boolean | undefined {
	const word = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : '';
	if (/^(1|true|yes|on)$/i.test(String(word).trim())) return true;
	return /^(0|false|no|off)$/i.test(String(word).trim()) ? false : undefined;
}

const asShown = () => t`Store the key as the exchange has shown it: ${suggestedCommand('add', 'NAME')}`;
const reasons = {
	encrypted: [msg`is encrypted by the program that wrote the file`, asShown],
	variable: [msg`is taken from a variable that the file does not hold`, asShown],
	placeholder: [msg`is the placeholder of a sample file`, msg`Use the real one instead.`],
} as const;

/** An entry with a key, or with the reason why it holds none. Quotes no value. */
export function entryOf({name, members, exchange, isDemo, site = []}: FoundEntry): ImportEntry {
	const shown = shownName(name);
	if (exchange !== undefined && !isExchangeId(exchange))
		return {name: shown, problem: otherExchange(exchange), isElsewhere: true};
	const refuse = (problem: string, fix = asShown()): ImportEntry => ({name: shown, problem: {problem, fix}});
	const {values, problem} = textsOf(members);
	if (problem !== undefined) return refuse(problem);
	if (members.length === 0) return refuse(t`It holds no API key.`);
	for (const part of parts) {
		const value = values[part] ?? '';
		if (value === '' || value === 'null') return refuse(t`The ${partWords[part]()} is missing.`);
		if (value.length > longestText) return refuse(t`The ${partWords[part]()} is too long to be one.`);
		const why = unusableKind(value);
		// A valid passphrase may hold such a word.
		if (why === undefined || (why === 'placeholder' && part === 'passphrase')) continue;
		const reason = reasons[why];
		return refuse(t`The ${partWords[part]()} ${reason[0]()}.`, reason[1]());
	}

	const place = site.find(one => typeof one === 'string' && one.trim() !== '') as string | undefined;
	const environment: Environment | undefined = isDemo === undefined ? undefined : isDemo ? 'demo' : 'live';
	return {
		name: shown,
		key: {
			name: name.slice(0, longestText),
			credential: {
				apiKey: values.apiKey!,
				secretKey: new Secret(values.secretKey!),
				passphrase: new Secret(values.passphrase!),
			},
			...(environment !== undefined && {environment}),
			...(place !== undefined && {site: place.slice(0, longestText)}),
		},
	};
}

function otherExchange(exchange: unknown) {
	const id = shownName(typeof exchange === 'string' ? exchange : '');
	return {problem: t`It is for the exchange ${id}, not for OKX.`, fix: ''};
}
