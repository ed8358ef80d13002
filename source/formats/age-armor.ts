import {t} from '../language/translate.ts';

/** Found even after a mail program or an editor has changed the text around them. */
export const armorWords = 'BEGIN AGE ENCRYPTED FILE';
const start = `-----${armorWords}-----`;
const end = '-----END AGE ENCRYPTED FILE-----';
const inBase64 = /^\s*(YWdlLWVuY3J5cHRpb24ub3JnL3|LS0tLS1CRUdJTiBBR0UgRU5DUllQVEVE)/;

export type Armored =
	| {readonly file: Buffer; readonly isSurrounded: boolean}
	| {readonly problem: string; readonly fix?: string};

/**
 * Finds an armored age file in a text and undoes what mail programs do: text around it, `>` quotes, indents, line ends
 * and lengths, quoted-printable. That is safe, because age authenticates what it opens; undefined if there is none.
 */
export function armoredIn(text: string): Armored | undefined {
	// A list of keys in clear may speak of age files too.
	if (/^\s*\[/.test(text)) return undefined;
	if (inBase64.test(text))
		return {
			problem: t`it was encoded once more, as base64`,
			fix: t`Decode it first with base64 -d, and import the result.`,
		};
	if (!text.includes(armorWords)) return undefined;
	const begins = text.indexOf(start);
	if (begins === -1) return {problem: t`its first line is not as it was written`};
	if (text.includes(armorWords, begins + start.length))
		return {problem: t`there are several in one text`, fix: t`Import them one by one.`};
	const ends = text.indexOf(end, begins);
	if (ends === -1) return {problem: t`its end is missing`};
	const body = text
		.slice(begins + start.length, ends)
		.replaceAll(/\\r|\\n/g, '\n')
		.replaceAll(/^[\t >|]+/gm, '')
		.replaceAll(/[\t\n\r ]+/g, '')
		.replaceAll('=3D', '=')
		// The soft line ends of quoted-printable.
		.replaceAll(/=(?=[^=])/g, '');
	if (body.length % 4 !== 0 || !/^[\d+/A-Za-z]*={0,2}$/.test(body))
		return {problem: t`a line of it is not as it was written`};
	const around = text.slice(0, begins) + text.slice(ends + end.length);
	return {file: Buffer.from(body, 'base64'), isSurrounded: !/^[\s>|]*$/.test(around)};
}
