import {msg, type Translatable} from '../../language/translate.ts';

/** From where and to where, by the exchange's type of bill (docs/okx-api.md §3.4). */
const ways = {
	'to-sub': {type: '20', words: msg`funding account → sub-account`},
	'from-sub': {type: '21', words: msg`sub-account → funding account`},
	'to-main': {type: '22', words: msg`funding account → main account`},
	'from-main': {type: '23', words: msg`main account → funding account`},
	'from-trading': {type: '130', words: msg`trading account → funding account`},
	'to-trading': {type: '131', words: msg`funding account → trading account`},
	'into-trading': {type: 'trading 11', words: msg`into the trading account`},
	'out-of-trading': {type: 'trading 12', words: msg`out of the trading account`},
} as const satisfies Readonly<Record<string, {readonly type: string; readonly words: Translatable}>>;

/** The way of a transfer; an unknown type stays as it is. */
export function wayOf(type: string): string {
	return Object.entries(ways).find(([, way]) => way.type === type)?.[0] ?? type;
}

export function wayWords(way: string): string {
	return (
		Object.entries(ways)
			.find(([name]) => name === way)?.[1]
			.words() ?? way
	);
}
