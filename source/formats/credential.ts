import {partWords, parts} from '../core/key/credential-form.ts';
import {AppError} from '../core/errors.ts';
import type {Credential} from '../core/key/key.ts';
import {readJson} from '../core/text/reading/read-json.ts';
import {Secret} from '../core/secret.ts';
import {t} from '../language/translate.ts';
import {partNamed, partsIn, textsOf, type Member, type PartTexts} from './parts.ts';
import {lookalikeOf} from './recognise.ts';
import {sourceOf} from './source.ts';

const form = '{"apiKey": "…", "secretKey": "…", "passphrase": "…"}';
const apiKeyForm = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const labelled = /^(?:export\s+)?["']?([\w .-]{1,64}?)["']?\s*[:=]\s*(.*)$/;

/**
 * Takes a JSON object, lines with the name of a part before each, or bare lines in the order API key, secret key,
 * passphrase. Undefined for every other text; `from` names it. A problem quotes no value.
 */
export function credentialIn(text: string, from: string): PartTexts | undefined {
	const trimmed = text.trim();
	if (/^[{[]/.test(trimmed)) return inJson(trimmed, from);
	const lines = trimmed
		.split(/[\r\n]+/)
		.map(line => line.trim())
		.filter(line => line !== '');
	const members = lines.flatMap(line => memberIn(line) ?? []);
	if (members.length > 0) return textsOf(members);
	const [apiKey = '', secretKey, passphrase, ...more] = lines;
	if (secretKey === undefined || more.length > 0 || !apiKeyForm.test(apiKey)) return undefined;
	return {values: {apiKey, secretKey, ...(passphrase !== undefined && {passphrase})}};
}

function inJson(text: string, from: string): PartTexts {
	const {value, problem} = readJson(text, {allowComments: true});
	if (problem !== undefined) return {problem: `${from} ${problem}.`};
	const members = partsIn(value);
	return members.length > 0 ? textsOf(members) : {problem: t`${from} is JSON without a part of a credential.`};
}

function memberIn(line: string): [Member] | undefined {
	const [, name = '', value = ''] = labelled.exec(line) ?? [];
	const part = partNamed(name);
	const bare = value.replace(/[,;]$/, '');
	return part === undefined || bare === '' ? undefined : [[part, name, bare.replace(/^(["'])(.*)\1$/, '$2')]];
}

/** As `credentialIn`; throws `invalid`, without a value, where one of the three parts is missing. */
export function parseCredential(text: string, from: string): Credential {
	const refuse = (problem: string) =>
		new AppError('invalid', {
			problem,
			fix: t`Give one object on standard input: ${form}. The names that bots use, such as secret and password, are
				taken too.`,
		});
	const none = text.trim() === '' ? t`${from} is empty.` : t`${from} holds no part of a credential.`;
	const {values, problem, isOfPart}: PartTexts = credentialIn(text, from) ?? {problem: none};
	if (values === undefined) {
		const other = isOfPart ? undefined : lookalikeOf(sourceOf(text, from));
		throw refuse(other ? `${from} ${other.looksLike}.` : problem);
	}

	const {apiKey, secretKey, passphrase} = values;
	for (const part of parts) if (values[part] === undefined) throw refuse(t`The ${partWords[part]()} is missing.`);
	return {apiKey: apiKey!, secretKey: new Secret(secretKey!), passphrase: new Secret(passphrase!)};
}
