import {partWords, parts, type CredentialPart} from '../core/key/credential-form.ts';
import {AppError} from '../core/errors.ts';
import type {Credential} from '../core/key/key.ts';
import {readJson} from '../core/text/read-json.ts';
import {Secret} from '../core/secret.ts';
import {lookalikeOf} from './lookalike.ts';
import {isObject} from '../core/is-object.ts';

/** Names in bots and libraries: letters and digits only, without the exchange's name. */
const aliases: Readonly<Record<CredentialPart, readonly string[]>> = {
	apiKey: ['apikey', 'key', 'keyid', 'accesskey'],
	secretKey: ['secretkey', 'secret', 'apisecret', 'apisecretkey', 'keysecret'],
	passphrase: ['passphrase', 'password', 'apipassphrase', 'apipassword', 'apipass', 'keypassphrase'],
};
const form = '{"apiKey": "…", "secretKey": "…", "passphrase": "…"}';
const fix =
	`Give one object on standard input: ${form}. ` +
	'The names that bots use, such as secret and password, are taken too.';

/** Accepts any of the usual spellings; undefined for other members. */
export function partNamed(name: string): CredentialPart | undefined {
	if (!/^[\w .-]{1,64}$/.test(name)) return undefined;
	const plain = name
		.toLowerCase()
		.replaceAll(/[^\da-z]/g, '')
		.replace(/^(vite)?(freqtradeexchange|okxperpetual|okx|okex)?/, '')
		.replace(/com$/, '');
	return parts.find(part => aliases[part].includes(plain));
}

export type Member = readonly [part: CredentialPart, name: string, value: unknown];

export function partsIn(value: object): readonly Member[] {
	return Object.entries(value).flatMap(([name, member]) => {
		const part = partNamed(name);
		return part === undefined ? [] : [[part, name, member] as const];
	});
}

/** Trims spaces; undefined if the part is absent. Quotes no value. */
export function textOfPart(
	part: CredentialPart,
	members: readonly Member[],
): {readonly text: string} | {readonly problem: string} | undefined {
	const found = members.filter(([one]) => one === part);
	const texts: string[] = [];
	for (const [, name, value] of found) {
		if (typeof value !== 'string') return {problem: `The ${partWords[part]} (${name}) is not a text in quotes.`};
		texts.push(value.trim());
	}

	const [text] = texts;
	if (text === undefined) return undefined;
	const differing = found[texts.findIndex(one => one !== text)];
	return differing
		? {problem: `Both ${found[0]![1]} and ${differing[1]} name the ${partWords[part]}, and they differ.`}
		: {text};
}

const refuse = (problem: string) => new AppError('invalid', {problem, fix});

/**
 * Reads the three parts under any of the names that bots use; ignores other members, and `from` names the text. Throws
 * `invalid`, without a value, for a part that is missing, no text, or given twice with different values.
 */
export function parseCredential(text: string, from: string): Credential {
	const {value, problem} = readJson(text, {allowComments: true});
	const found = isObject(value) ? partsIn(value) : [];
	if (found.length === 0) {
		const other = lookalikeOf(text);
		if (other) throw refuse(`${from} ${other.looksLike}.`);
		throw refuse(`${from} ${problem ?? 'is not an object with the parts of a credential'}.`);
	}

	const texts = {apiKey: '', secretKey: '', passphrase: ''};
	for (const part of parts) {
		const read = textOfPart(part, found);
		if (!read) throw refuse(`The ${partWords[part]} is missing.`);
		if ('problem' in read) throw refuse(read.problem);
		texts[part] = read.text;
	}

	return {apiKey: texts.apiKey, secretKey: new Secret(texts.secretKey), passphrase: new Secret(texts.passphrase)};
}
