import {AppError} from '../../core/errors.ts';
import {isObject} from '../../core/is-object.ts';
import {msg, t} from '../../language/translate.ts';
import {entryOf, isOn} from '../entry.ts';
import type {Format, PrintableKey} from '../format.ts';
import {partsIn} from '../parts.ts';
import {has, memberOf} from '../source.ts';
import {ccxtAddress, ccxtIdOf} from './ccxt.ts';

/** What freqtrade takes beside its main configuration, as a second `--config`. */
function print([key, ...others]: readonly PrintableKey[]): string {
	if (others.length > 0 || key === undefined)
		throw new AppError('not-exportable', {
			problem: t`A freqtrade configuration holds one key, not ${others.length + 1}.`,
			fix: t`Export them one by one.`,
		});
	const values = key.values();
	const exchange = {
		name: ccxtIdOf(values),
		key: values.apiKey,
		secret: values.secretKey,
		password: values.passphrase,
		// freqtrade itself no longer knows a sandbox, but hands these to ccxt.
		ccxt_config: {sandbox: values.demo === 'true', ...ccxtAddress(values)},
	};
	return `${JSON.stringify({exchange}, undefined, '\t')}\n`;
}

const members: ReadonlySet<string> = new Set(['name', 'key', 'secret', 'password', 'ccxt_config']);

export const freqtrade: Format = {
	about: msg`a freqtrade configuration`,
	extension: '.json',
	isLossy: true,
	looksLike: ({json}) => has(memberOf(json().value, 'exchange'), 'key', 'secret'),
	parse({json, name}) {
		const exchange = memberOf(json().value, 'exchange');
		const id = memberOf(exchange, 'name');
		const settings = ['ccxt_config', 'ccxt_sync_config', 'ccxt_async_config'].map(one => memberOf(exchange, one));
		return [
			entryOf({
				name,
				members: partsIn(exchange),
				exchange: id,
				isDemo: isOn(memberOf(settings[0], 'sandbox')) ?? isOn(memberOf(exchange, 'sandbox')),
				site: [
					...settings.map(one => memberOf(one, 'hostname')),
					...settings.map(one => memberOf(memberOf(memberOf(one, 'urls'), 'api'), 'rest')),
					id,
				],
			}),
		];
	},
	print,
	isOwn({json}) {
		const {value} = json();
		const exchange = memberOf(value, 'exchange');
		return (
			isObject(value) &&
			Object.keys(value).length === 1 &&
			isObject(exchange) &&
			Object.keys(exchange).every(name => members.has(name))
		);
	},
};
