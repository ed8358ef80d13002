import {isObject} from '../core/is-object.ts';
import type {CredentialPart} from '../core/key/credential-form.ts';
import {byName} from '../core/text/natural-order.ts';
import {entryOf, isExchangeId, isOn} from './entry.ts';
import type {ImportEntry} from './format.ts';
import {partNamed, type Member} from './parts.ts';

// A name such as MAIN_OKX_API_KEY_2 is taken apart into words: those of the exchange and of frameworks go, those that
// name a part are found, and what is left names the key.

const idle: ReadonlySet<string> = new Set(['vite', 'next', 'public', 'react', 'app', 'expo', 'com']);
const flags: ReadonlySet<string> = new Set([
	'demo',
	'demomode',
	'demotrading',
	'isdemo',
	'usedemo',
	'flag',
	'tradeflag',
	'sandbox',
	'sandboxmode',
	'usesandbox',
	'issandbox',
	'simulated',
	'simulatedtrading',
	'testnet',
	'usetestnet',
	'istestnet',
]);
const sites: ReadonlySet<string> = new Set(['site', 'baseurl', 'apibaseurl', 'host', 'hostname', 'domain']);
const otherExchanges: ReadonlySet<string> = new Set([
	'ascendex',
	'binance',
	'binanceus',
	'bingx',
	'bitfinex',
	'bitget',
	'bitmart',
	'bitmex',
	'bitstamp',
	'bitvavo',
	'blofin',
	'bybit',
	'coinbase',
	'coinex',
	'cryptocom',
	'deribit',
	'dydx',
	'gate',
	'gateio',
	'gemini',
	'htx',
	'huobi',
	'hyperliquid',
	'kraken',
	'krakenfutures',
	'kucoin',
	'kucoinfutures',
	'mexc',
	'phemex',
	'poloniex',
	'upbit',
	'whitebit',
	'woo',
]);

type VariableKind = CredentialPart | 'demo' | 'site';
type Variable = {
	readonly name: string;
	readonly value: unknown;
	readonly kind: VariableKind;
	/** What is left of the name. */
	readonly label: string;
	readonly exchange: string | undefined;
};

/** In OKX_DEMO_PASSPHRASE the part counts, and `demo` names the key. */
const kinds: readonly ((words: string) => VariableKind | undefined)[] = [
	partNamed,
	words => (flags.has(words) ? 'demo' : sites.has(words) ? 'site' : undefined),
];

function variableOf(name: string, value: unknown): Variable | undefined {
	const all = name
		.toLowerCase()
		.split(/[_.-]+/)
		.filter(word => word !== '');
	const exchange = all.find(word => isExchangeId(word) || otherExchanges.has(word));
	const words = all.filter(word => word !== exchange && !idle.has(word));
	// The longest run of words that means something.
	for (const kindOf of kinds)
		for (let length = Math.min(words.length, 4); length > 0; length--)
			for (let at = 0; at + length <= words.length; at++) {
				const kind = kindOf(words.slice(at, at + length).join(''));
				const label = [...words.slice(0, at), ...words.slice(at + length)].join('-');
				if (kind) return {name, value, kind, label, exchange};
			}
	return undefined;
}

/** freqtrade's names for the members of its section `exchange`, after the name of a key if there are several. */
const ofFreqtrade = /^(\w{0,100}?)FREQTRADE__EXCHANGE__(?:CCXT_CONFIG__)?/i;

/** Whether the name of a variable is one for a part of a credential. */
export function namesPart(name: string): boolean {
	const kind = variableOf(name.replace(ofFreqtrade, ''), '')?.kind;
	return kind !== undefined && kind !== 'demo' && kind !== 'site';
}

/** freqtrade says by a variable of its own which exchange the others are of. */
function variablesIn(all: Readonly<Record<string, unknown>>): readonly Variable[] {
	const exchangeOf = (prefix: string) => {
		const named = all[`${prefix}FREQTRADE__EXCHANGE__NAME`];
		return typeof named === 'string' && /^[a-z\d]{1,30}$/i.test(named) ? named : 'okx';
	};
	return Object.entries(all).flatMap(([name, value]) => {
		if (!/^[\w.-]{1,128}$/.test(name)) return [];
		const usual = name.replace(ofFreqtrade, (_, prefix: string) => `${prefix}${exchangeOf(prefix)}_`);
		const found = variableOf(usual, value);
		return found ? [{...found, name}] : [];
	});
}

/**
 * The keys in the variables of a program, each by what their names have in common; the one without takes `name`.
 * Leaves out what may belong to anything, such as a lone DB_PASSWORD.
 */
export function keysInVariables(variables: unknown, name: string): readonly ImportEntry[] {
	if (!isObject(variables)) return [];
	const groups = Map.groupBy(variablesIn(variables), ({exchange = 'okx', label}) =>
		[isExchangeId(exchange) ? '' : exchange, label].join('/'),
	);
	// The nameless one first; the parser of .env files sorts by name.
	const sorted = [...groups.values()].toSorted((one, other) => byName(one[0]!.label, other[0]!.label));
	return sorted.flatMap(group => keyIn(group, name) ?? []);
}

function keyIn(group: readonly Variable[], name: string): ImportEntry | undefined {
	const members = group.flatMap(({kind, name, value}): readonly Member[] =>
		kind === 'demo' || kind === 'site' ? [] : [[kind, name, value]],
	);
	const exchange = group.find(one => one.exchange !== undefined)?.exchange;
	const isWhole = new Set(members.map(([part]) => part)).size === 3;
	if (members.length === 0 || (exchange === undefined && !isWhole)) return undefined;
	const {label} = group[0]!;
	const nameless = exchange === undefined || isExchangeId(exchange) ? name : exchange;
	// HOST and the like may be of anything.
	const ofExchange = (kind: VariableKind) =>
		group.flatMap(one => (one.kind === kind && one.exchange !== undefined ? [one.value] : []));
	const flag = exchange === undefined ? group.find(({kind}) => kind === 'demo')?.value : ofExchange('demo')[0];
	const isDemoByName = /(^|-)(demo|paper|sandbox|testnet|simulated)(-|$)/.test(label) || undefined;
	return entryOf({
		name: label === '' ? nameless : label,
		members,
		...(exchange !== undefined && {exchange}),
		isDemo: isOn(flag) ?? isDemoByName,
		// OKX's programs, too, go by the address and not by the word for a site.
		site: [...ofExchange('site').toSorted((one, other) => Number(isAddress(other)) - Number(isAddress(one))), exchange],
	});
}

function isAddress(value: unknown): boolean {
	return typeof value === 'string' && value.includes('.');
}
