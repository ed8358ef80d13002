import fc from 'fast-check';
import {environments, keyTypes, permissions, type Account, type StoredKey} from '../../source/core/key/key.ts';
import {looksLike, normalizeName} from '../../source/core/text/name.ts';
import {nameProblem} from '../../source/core/validate.ts';
import {orderPermissions} from '../../source/core/key/permission.ts';
import {Secret} from '../../source/core/secret.ts';

const letters = [
	'a',
	'Z',
	'7',
	'-',
	' ',
	'.',
	'é',
	'键',
	'測',
	'日本',
	'🔑',
	'👨‍👩‍👧',
	'🇫🇷',
	'e\u0301',
	'"',
	'\\',
	'<',
	'&',
] as const;
const texts = (most: number) => fc.array(fc.constantFrom(...letters), {maxLength: most}).map(parts => parts.join(''));
const names = fc
	.array(fc.constantFrom(...letters), {minLength: 1, maxLength: 9})
	.map(parts => normalizeName(parts.join('').trim()))
	.filter(name => nameProblem(name) === undefined);
const ascii = fc.string({
	unit: fc.integer({min: 0x21, max: 0x7e}).map(code => String.fromCharCode(code)),
	minLength: 8,
	maxLength: 64,
});
/** As keys may have them: since 2017, and before the clocks of tests. */
const times = fc.integer({min: Date.UTC(2017, 0), max: 1_700_000_000_000});
const ids = {uid: fc.stringMatching(/^\d{1,18}$/), mainUid: fc.stringMatching(/^\d{1,18}$/)};
const accounts: fc.Arbitrary<Account> = fc.oneof(
	fc.record({kind: fc.constant('main' as const), ...ids}, {requiredKeys: ['kind']}),
	fc.record(
		{kind: fc.constant('sub' as const), ...ids, subAccount: fc.stringMatching(/^[\dA-Za-z]{6,20}$/)},
		{requiredKeys: ['kind']},
	),
);

/** Any key that a sandbox vault may hold and that is finished and in use. */
export const arbitraryKey: fc.Arbitrary<StoredKey> = fc.record({
	id: fc.uuid(),
	name: names,
	description: fc.array(texts(20), {maxLength: 4}).map(lines => lines.join('\n')),
	type: fc.constantFrom(...keyTypes),
	isTypeTold: fc.boolean(),
	isMadeByApi: fc.boolean(),
	environment: fc.constantFrom(...environments),
	site: fc.constantFrom('sandbox', 'http://127.0.0.1:8080'),
	account: accounts,
	label: fc.option(names),
	permissions: fc.subarray([...permissions]).map(some => orderPermissions(some)),
	ip: fc.subarray(['203.0.113.7', '2001:db8::/32', '10.0.0.0/8', '::1']),
	status: fc.constantFrom('active' as const, 'revoked' as const),
	tags: fc.subarray(['night', 'eu', '夜', '🌙']),
	usedBy: fc.subarray(['grid bot on vps1', '夜 bot', 'freqtrade']),
	expiresAt: fc.option(times, {nil: null}),
	createdAt: times,
	updatedAt: times,
	lastUsedAt: fc.option(times),
	lastTest: fc.constant(null),
	trashedAt: fc.constant(null),
	// Never the same text for both secrets: that is refused.
	credential: fc
		.record({apiKey: ascii, secretKey: ascii, passphrase: ascii})
		.map(({apiKey, secretKey, passphrase}) => ({
			apiKey,
			secretKey: new Secret(`s${secretKey}`),
			passphrase: new Secret(`p${passphrase}`),
		})),
});

/** Several, with names and API keys of their own. */
export const arbitraryKeys: fc.Arbitrary<readonly StoredKey[]> = fc
	.uniqueArray(arbitraryKey, {maxLength: 8, comparator: (one, other) => looksLike(one.name)(other.name)})
	.map(keys =>
		keys.map((key, index) => ({...key, credential: {...key.credential, apiKey: `${index}${key.credential.apiKey}`}})),
	);

const madeAnew = new Set(['id', 'lastTest', 'trashedAt']);

/** What a file holds of a key, its secrets in clear, for comparing. */
export function inClear({
	credential: {apiKey, secretKey, passphrase},
	...key
}: Pick<StoredKey, 'credential'>): Record<string, unknown> {
	const kept = Object.entries(key).filter(([member]) => !madeAnew.has(member));
	return {...Object.fromEntries(kept), apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()};
}
