import type {StoredKey} from '../../core/key/key.ts';
import type {ShownKey} from '../../core/key/operation.ts';
import {ipWord, purposeOf} from '../../core/health/binding.ts';
import type {Duplicates} from '../../core/health/findings.ts';
import {healthWordOf, type HealthLevel} from '../../core/health/health-word.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Tone} from '../drawing/theme.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

export type KeyHealth = {
	readonly word: string;
	readonly sign: 'good' | 'none' | 'warn' | 'bad';
	readonly tone: Tone;
};

const looks = {
	ok: {sign: 'good', tone: 'good'},
	revoked: {sign: 'none', tone: 'plain'},
	unknown: {sign: 'none', tone: 'plain'},
	warn: {sign: 'warn', tone: 'warn'},
	bad: {sign: 'bad', tone: 'bad'},
} as const satisfies Readonly<Record<HealthLevel, Omit<KeyHealth, 'word'>>>;

export function healthOf(key: ShownKey, now: number, duplicates?: Duplicates, healthyScore?: number): KeyHealth {
	const {level, word} = healthWordOf(key, now, duplicates, healthyScore);
	return {...looks[level], word};
}

/** The number of allowed addresses; a missing allow-list is highlighted where it is a risk. */
export function ipCell(key: ShownKey): {readonly text: string; readonly tone: Tone} {
	const text = ipWord(key);
	return {text, tone: text === t`none!` ? 'bad' : text === '?' ? 'warn' : 'plain'};
}

export function addressWords(ip: readonly string[]): string {
	return ip.length === 0 ? t`any address` : ip.map(address => sanitize(address)).join(', ');
}

export const statusWords: Readonly<Record<ShownKey['status'], Translatable>> = {
	active: msg`active`,
	frozen: msg`frozen: nothing may use it`,
	revoked: msg`revoked on the exchange`,
	creating: msg`unfinished: its creation was interrupted`,
};
export function typeWord(key: ShownKey): string {
	return purposeOf(key) === 'unknown'
		? t`not declared: press ${shownKeyOf('key', 'edit')} to declare it`
		: typeWords[key.type]();
}

export const typeWords: Readonly<Record<StoredKey['type'], Translatable>> = {
	api: msg`API key (own trading)`,
	app: msg`Third-party app`,
};

/** Permissions as in docs/okx-api.md §4.1. */
export const permissionWords = {
	read: {label: msg`Read`, about: msg`See balances, orders and settings. Always on.`, tone: 'plain'},
	trade: {
		label: msg`Trade`,
		about: msg`Place and cancel orders, move funds between own accounts, change settings. A thief of the key can lose
			your money by bad trades.`,
		tone: 'plain',
	},
	withdraw: {
		label: msg`Withdraw`,
		about: msg`Send funds away from the exchange. A thief of the key can take your money. Leave it off unless you
			must.`,
		tone: 'bad',
	},
} as const satisfies Readonly<
	Record<
		StoredKey['permissions'][number],
		{readonly label: Translatable; readonly about: Translatable; readonly tone: Tone}
	>
>;
