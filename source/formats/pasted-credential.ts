import {readJson} from '../core/text/read-json.ts';
import {parts, type CredentialPart} from '../core/key/credential-form.ts';
import {partNamed, partsIn, textOfPart, type Member} from './credential.ts';

/** `problem` says why nothing was taken, without a value. */
export type PastedCredential =
	| {readonly values: Readonly<Partial<Record<CredentialPart, string>>>; readonly problem?: never}
	| {readonly problem: string; readonly values?: never};

const apiKeyForm = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const labelled = /^(?:export\s+)?["']?([\w .-]{1,64}?)["']?\s*[:=]\s*(.*)$/;

/**
 * Takes a JSON object, lines with the name of a part before each, or bare lines in the order API key, secret key,
 * passphrase. Undefined for every other text.
 */
export function pastedCredential(text: string): PastedCredential | undefined {
	const trimmed = text.trim();
	if (/^[{[]/.test(trimmed)) return ofJson(trimmed);
	const lines = trimmed
		.split(/[\r\n]+/)
		.map(line => line.trim())
		.filter(line => line !== '');
	const members = lines.flatMap(line => memberOf(line) ?? []);
	if (members.length > 0) return ofMembers(members);
	const [apiKey = '', secretKey, passphrase, ...more] = lines;
	if (secretKey === undefined || more.length > 0 || !apiKeyForm.test(apiKey)) return undefined;
	return {values: {apiKey, secretKey, ...(passphrase !== undefined && {passphrase})}};
}

function ofJson(text: string): PastedCredential {
	const {value, problem} = readJson(text, {allowComments: true});
	if (problem !== undefined) return {problem: `The paste ${problem}.`};
	const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? partsIn(value) : [];
	return members.length > 0 ? ofMembers(members) : {problem: 'The paste is JSON without a part of a credential.'};
}

function ofMembers(members: readonly Member[]): PastedCredential {
	const values: Partial<Record<CredentialPart, string>> = {};
	for (const part of parts) {
		const read = textOfPart(part, members);
		if (!read) continue;
		if ('problem' in read) return {problem: read.problem};
		values[part] = read.text;
	}

	return {values};
}

function memberOf(line: string): [Member] | undefined {
	const [, name = '', value = ''] = labelled.exec(line) ?? [];
	const part = partNamed(name);
	const bare = value.replace(/[,;]$/, '');
	return part === undefined || bare === '' ? undefined : [[part, name, bare.replace(/^(["'])(.*)\1$/, '$2')]];
}
