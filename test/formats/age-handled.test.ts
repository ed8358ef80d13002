import {generateX25519Identity, identityToRecipient} from 'age-encryption';
import {beforeAll, describe, expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {ageFile, sealFor} from '../../source/formats/age.ts';
import {failureOf} from '../vault/world.ts';

const content = Buffer.from('[{"name": "键🔑"}]\n');

let identity: string;

let recipient: string;

beforeAll(async () => {
	identity = await generateX25519Identity();
	recipient = await identityToRecipient(identity);
});

describe('an armored age file that a mail program or a shell of Windows has handled', () => {
	const mark = '\u{FEFF}';
	const quote = (text: string) => text.replaceAll(/^/gm, '> ');
	const quotedPrintable = (text: string) => text.replaceAll('=', '=3D').replaceAll(/^(.{40})(?=.)/gm, '$1=\r\n');
	const reflowed = (text: string) =>
		text.replaceAll(/(?<=[^-]{20})\n(?=[^-])/g, '').replaceAll(/([^\n -]{30})/g, '$1\n');

	test.each<[string, boolean, (armored: string) => Buffer]>([
		['a byte-order mark and CRLF', false, text => Buffer.from(mark + text.replaceAll('\n', '\r\n'))],
		['UTF-16', false, text => Buffer.from(mark + text, 'utf16le')],
		['UTF-16 without a mark', false, text => Buffer.from(text, 'utf16le')],
		['the line ends of an old Mac', false, text => Buffer.from(text.replaceAll('\n', '\r'))],
		['a greeting and a signature', true, text => Buffer.from(`Grüße,\n\nhere they are:\n\n${text}\n-- \nme\n`)],
		['words in another encoding', true, text => Buffer.from(`Grüße\n${text}`, 'latin1')],
		['quoting', false, text => Buffer.from(quote(quote(text)))],
		['an indent', false, text => Buffer.from(text.replaceAll(/^/gm, '    '))],
		['quoted-printable', false, text => Buffer.from(quotedPrintable(text))],
		['other line lengths', false, text => Buffer.from(reflowed(text))],
		['its lines joined to one', false, text => Buffer.from(text.replaceAll('\n', ' '))],
		['its lines as a JSON string has them', true, text => Buffer.from(JSON.stringify({file: text}))],
	])('armor-by-mail: opens all the same: %s', async (_, isSurrounded, handled) => {
		const sealed = handled(
			Buffer.from(await (await sealFor({recipients: [recipient]}))(content, {armor: true})).toString(),
		);
		const file = await ageFile(sealed, 'keys.age');
		expect(file?.isSurrounded).toBe(isSurrounded);
		expect(await file!.open({identities: [new Secret(identity)]})).toEqual(content);
	});

	test.each<[string, string, (armored: string) => string]>([
		['its end is missing', 'a greeting and no end', text => `Hello\n${text.slice(0, -40)}`],
		[
			'its first line is not as it was written',
			'dashes that were made pretty',
			text => text.replace('-----BEGIN', '—–BEGIN'),
		],
		['there are several in one text', 'two of them', text => text + text],
		['it was encoded once more, as base64', 'base64 around it', text => Buffer.from(text).toString('base64')],
		[
			'a line of it is not as it was written',
			'words inside it',
			text => text.replace('\n-----END', '\n(cut here)\n-----END'),
		],
	])('is named as an age file where that cannot be undone: %s', async (problem, _, handled) => {
		const text = handled(
			Buffer.from(await (await sealFor({recipients: [recipient]}))(content, {armor: true})).toString(),
		);
		expect(await failureOf(ageFile(Buffer.from(text), 'keys.age'))).toMatchObject({
			code: 'age-damaged',
			message: expect.stringContaining(`damaged age file: ${problem}`) as string,
		});
	});

	test('a list of keys in clear that speaks of age files is none', async () => {
		expect(await ageFile(Buffer.from(` [{"description": "-----BEGIN AGE ENCRYPTED FILE-----"}]`), 'keys.json')).toBe(
			undefined,
		);
	});
});

describe('a binary age file that was taken for text', () => {
	test.each<[string, (binary: Buffer) => Buffer]>([
		['its line ends were changed', binary => Buffer.from(binary.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')],
		['it was rewritten as text', binary => Buffer.from(binary.toString())],
		['it was rewritten as text', binary => Buffer.from(`\u{FEFF}${binary.toString('latin1')}`, 'utf16le')],
	])('binary-as-text: is named as that, and how to copy it: %s', async (problem, handled) => {
		const sealed = Buffer.from(await (await sealFor({recipients: [recipient]}))(Buffer.alloc(1000, 1), {armor: false}));
		expect(await failureOf(ageFile(handled(sealed), 'keys.age'))).toMatchObject({
			code: 'age-damaged',
			message: expect.stringContaining(`damaged age file: ${problem}`) as string,
			hint: expect.stringContaining('age -a') as string,
		});
	});
});
