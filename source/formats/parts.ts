import {partWords, parts, type CredentialPart} from '../core/key/credential-form.ts';
import {isObject} from '../core/is-object.ts';
import {t} from '../language/translate.ts';

/** Names in bots and libraries: letters and digits only, without the exchange's name. */
const spellings: Readonly<Record<CredentialPart, readonly string[]>> = {
	apiKey: ['apikey', 'key', 'keyid', 'accesskey'],
	secretKey: ['secretkey', 'secret', 'apisecret', 'apisecretkey', 'apikeysecret', 'keysecret'],
	passphrase: [
		'passphrase',
		'password',
		'pass',
		'apipassphrase',
		'apipassword',
		'apipass',
		'apikeypassphrase',
		'keypassphrase',
	],
};

/** Accepts any of the usual spellings; undefined for other members. */
export function partNamed(name: string): CredentialPart | undefined {
	if (!/^[\w .-]{1,64}$/.test(name)) return undefined;
	const plain = name
		.toLowerCase()
		.replaceAll(/[^\da-z]/g, '')
		.replace(/^(vite)?(freqtradeexchange|okxperpetual|okx|okex)?/, '')
		.replace(/com$/, '');
	return parts.find(part => spellings[part].includes(plain));
}

export type Member = readonly [part: CredentialPart, name: string, value: unknown];

/** None in anything but an object. */
export function partsIn(value: unknown): readonly Member[] {
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		const part = partNamed(name);
		return part === undefined ? [] : [[part, name, member] as const];
	});
}

export type PartTexts =
	| {
			readonly values: Readonly<Partial<Record<CredentialPart, string>>>;
			readonly problem?: never;
			readonly isOfPart?: never;
	  }
	/** `isOfPart`: a part is there, and wrong. */
	| {readonly problem: string; readonly isOfPart?: true; readonly values?: never};

/** The texts of the parts that are there, without spaces around them. A problem quotes no value. */
export function textsOf(members: readonly Member[]): PartTexts {
	const values: Partial<Record<CredentialPart, string>> = {};
	const names: Partial<Record<CredentialPart, string>> = {};
	for (const [part, name, value] of members) {
		if (typeof value !== 'string')
			return {problem: t`The ${partWords[part]()} (${name}) is not a text in quotes.`, isOfPart: true};
		const text = value.trim();
		if (values[part] !== undefined && values[part] !== text)
			return {
				problem: t`Both ${names[part]!} and ${name} name the ${partWords[part]()}, and they differ.`,
				isOfPart: true,
			};
		values[part] = text;
		names[part] ??= name;
	}

	return {values};
}
