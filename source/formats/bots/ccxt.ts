import {AppError} from '../../core/errors.ts';
import {isObject} from '../../core/is-object.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {msg, t} from '../../language/translate.ts';
import {ccxtIds, type FlavourValues} from '../flavours.ts';
import {entryOf, isExchangeId, isOn} from '../entry.ts';
import type {Format, PrintableKey} from '../format.ts';
import {partsIn} from '../parts.ts';
import {hasOneWith, listOf, memberOf} from '../source.ts';

/** What ccxt calls the exchange of a key. */
export function ccxtIdOf({ccxtId}: FlavourValues): string {
	return ccxtId ?? 'okx';
}

/** What tells ccxt an address that its id of the exchange does not: options of its constructor. */
export function ccxtAddress({ccxtId, baseUrl}: FlavourValues): {readonly urls?: object} {
	return ccxtId === undefined ? {urls: {api: {rest: baseUrl}}} : {};
}

/** The options of ccxt's constructor. `sandbox` is its word for demo trading. */
function optionsOf(values: FlavourValues) {
	const {apiKey, secretKey, passphrase, demo} = values;
	return {apiKey, secret: secretKey, password: passphrase, sandbox: demo === 'true', ...ccxtAddress(values)};
}

function print(keys: readonly PrintableKey[]): string {
	const accounts = new Map<string, {readonly name: string; readonly account: object}>();
	for (const key of keys) {
		const {name} = key;
		const values = key.values();
		const id = ccxtIdOf(values);
		const other = accounts.get(id);
		if (other)
			throw new AppError('not-exportable', {
				problem: t`A list of keys for ccxt holds one account of each exchange, and both
					${sanitize(other.name)} and ${sanitize(name)} are of ${id}.`,
				fix: t`Export them one by one.`,
			});
		accounts.set(id, {name, account: optionsOf(values)});
	}

	return `${JSON.stringify(
		Object.fromEntries([...accounts].map(([id, {account}]) => [id, account])),
		undefined,
		'\t',
	)}\n`;
}

const ids: ReadonlySet<string> = new Set(ccxtIds.map(id => id.toLowerCase()));
const members: ReadonlySet<string> = new Set(['apiKey', 'secret', 'password', 'sandbox', 'urls']);

function account(name: string, value: unknown, exchange: unknown) {
	return entryOf({
		name,
		members: partsIn(value),
		exchange,
		isDemo: isOn(memberOf(value, 'sandbox')) ?? isOn(memberOf(memberOf(value, 'options'), 'sandboxMode')),
		site: [memberOf(value, 'hostname'), memberOf(memberOf(memberOf(value, 'urls'), 'api'), 'rest'), exchange],
	});
}

/** By the ids of exchanges, or one account with its exchange beside it. */
export const ccxt: Format = {
	about: msg`a list of keys for ccxt (keys.json)`,
	extension: '.json',
	isLossy: true,
	looksLike({json}) {
		const {value} = json();
		return hasOneWith(value, 'apiKey', 'secret') || partsIn(value).length > 1;
	},
	parse({json, name}) {
		const {value} = json();
		if (partsIn(value).length > 1) return [account(name, value, memberOf(value, 'exchange') ?? memberOf(value, 'id'))];
		return listOf(value).flatMap(([id, one]) => {
			if (partsIn(one).length === 0) return [];
			const named = memberOf(one, 'exchange') ?? memberOf(one, 'id');
			return [account(id, one, isExchangeId(id) ? id : (named ?? id))];
		});
	},
	print,
	isOwn({json}) {
		const {value} = json();
		return (
			isObject(value) &&
			Object.entries(value).every(
				([id, account]) => ids.has(id) && isObject(account) && Object.keys(account).every(name => members.has(name)),
			)
		);
	},
};
