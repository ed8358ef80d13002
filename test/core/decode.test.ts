import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeText, firstLineOf} from '../../source/core/text/reading/decode.ts';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const bigEndian = (text: string) => utf16(text).swap16();
const mark = '\u{FEFF}';

describe('bytes from outside', () => {
	test('of UTF-8 or UTF-16 with a mark are the text that was written, the mark no part of it', () => {
		fc.assert(
			fc.property(
				fc.string({unit: 'grapheme'}).filter(text => !text.includes('\0') && !text.startsWith(mark)),
				text => {
					for (const bytes of [Buffer.from(mark + text), utf16(mark + text), bigEndian(mark + text)])
						expect(decodeText(bytes)).toEqual({text});
				},
			),
		);
	});

	test.each([
		['LE', utf16],
		['BE', bigEndian],
	])('of UTF-16 %s without a mark are read where two letters prove it', (_, encode) => {
		expect(decodeText(encode('{"name": "网格"}\r\n'))).toEqual({text: '{"name": "网格"}\r\n'});
	});

	test.each<[string, Buffer]>([
		['is not UTF-8 text', Buffer.from('Passw\u{F6}rt', 'latin1')],
		['is not a text: it holds zero bytes', Buffer.from('abc\0def')],
		['is UTF-16 text whose last byte is missing', utf16(`${mark}abc`).subarray(0, -1)],
		['is damaged UTF-16 text', utf16(`${mark}a\u{D800}b`)],
		['is UTF-32 text', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])],
		['is compressed with gzip', Buffer.from([0x1f, 0x8b, 8, 0])],
		['is a ZIP archive', Buffer.from('PK\u0003\u0004')],
	])('that are no text are named: %s', (problem, bytes) => {
		expect(decodeText(bytes)).toEqual({problem});
	});

	test.each<[string, Buffer]>([
		['is encrypted with OpenSSL', Buffer.from('Salted__abcdefgh')],
		['is encrypted with OpenPGP', Buffer.from('8c0d0409030a', 'hex')],
		['is encrypted with OpenPGP', Buffer.from('85020c03abcd', 'hex')],
		['is encrypted with OpenPGP', Buffer.from('845e03abcdef', 'hex')],
		['is a KeePass database', Buffer.from('03d9a29a67fb4bb5', 'hex')],
	])('that another program encrypted are named: %s', (problem, bytes) => {
		expect(decodeText(bytes)).toEqual({problem, isEncrypted: true});
	});

	test('are never replaced by a sign for what is missing', () => {
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 64}), bytes => {
				const {text} = decodeText(bytes);
				return (
					text === undefined ||
					!text.includes('\u{FFFD}') ||
					Buffer.from(bytes).includes(Buffer.from('\u{FFFD}')) ||
					!Buffer.from(text).equals(Buffer.from(bytes))
				);
			}),
		);
	});
});

test.each([
	['one\ntwo', 'one'],
	['one\r\ntwo', 'one'],
	['one\rtwo', 'one'],
	['one', 'one'],
	['', ''],
])('the first line of %j is %j', (text, line) => {
	expect(firstLineOf(text)).toBe(line);
});
