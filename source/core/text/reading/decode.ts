import {msg, t, type Translatable} from '../../../language/translate.ts';

/** The problem continues a sentence that begins with a name: “is a ZIP archive”. */
export type Decoded =
	| {readonly text: string; readonly problem?: never; readonly isEncrypted?: never}
	/** `isEncrypted`: another program encrypted it. */
	| {readonly problem: string; readonly isEncrypted?: true; readonly text?: never};

type Charset = 'utf-8' | 'utf-16le' | 'utf-16be';

const bytesOf = (text: string) => Array.from(text, character => character.charCodeAt(0));

const signatures: readonly (readonly [readonly number[], Translatable])[] = [
	[[0x1f, 0x8b], msg`is compressed with gzip`],
	[[0x50, 0x4b, 0x03, 0x04], msg`is a ZIP archive`],
	[[0x25, 0x50, 0x44, 0x46, 0x2d], msg`is a PDF document`],
	[[0x89, 0x50, 0x4e, 0x47], msg`is a picture`],
	[[0xff, 0xd8, 0xff], msg`is a picture`],
	[[0xfd, 0x37, 0x7a, 0x58, 0x5a], msg`is compressed with xz`],
	[[0x28, 0xb5, 0x2f, 0xfd], msg`is compressed with zstd`],
	[[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], msg`is an SQLite database`],
	[[0xff, 0xfe, 0x00, 0x00], msg`is UTF-32 text`],
	[[0x00, 0x00, 0xfe, 0xff], msg`is UTF-32 text`],
];

/** OpenPGP by the headers of its first packet, a session key for X25519, RSA or a passphrase. */
const encrypted: typeof signatures = [
	[bytesOf('THORS-HAMMER'), msg`is encrypted by gocryptotrader`],
	[bytesOf('Salted__'), msg`is encrypted with OpenSSL`],
	[bytesOf('\0GITCRYPT\0'), msg`is encrypted with git-crypt`],
	[[0x03, 0xd9, 0xa2, 0x9a], msg`is a KeePass database`],
	...[[0x84, 0x5e, 0x03], [0x85, 0x01], [0x85, 0x02], [0x8c, 0x0d, 0x04], [0xc1], [0xc3, 0x0d, 0x04]].map(
		start => [start, msg`is encrypted with OpenPGP`] as const,
	),
];

/**
 * Decodes UTF-8, or UTF-16 if a byte-order mark or zeros in the first two letters prove it; the mark is dropped.
 * Invalid bytes are a problem and never replaced, because they may belong to a secret.
 */
export function decodeText(bytes: Uint8Array): Decoded {
	const begins = ([start]: (typeof signatures)[number]) => start.every((byte, index) => bytes[index] === byte);
	const hidden = encrypted.find(begins);
	if (hidden) return {problem: hidden[1](), isEncrypted: true};
	const signature = signatures.find(begins);
	if (signature) return {problem: signature[1]()};
	const encoding = encodingOf(bytes);
	if (encoding !== 'utf-8' && bytes.length % 2 === 1) return {problem: t`is UTF-16 text whose last byte is missing`};
	let text: string;
	try {
		text = new TextDecoder(encoding, {fatal: true}).decode(bytes);
	} catch {
		return {problem: encoding === 'utf-8' ? t`is not UTF-8 text` : t`is damaged UTF-16 text`};
	}

	return text.includes('\0') ? {problem: t`is not a text: it holds zero bytes`} : {text};
}

function encodingOf([first, second, third, fourth]: Uint8Array): Charset {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	// No text contains a zero byte, so two letters with one each can only be UTF-16 without a mark.
	if (isLetter(first) && second === 0 && isLetter(third) && fourth === 0) return 'utf-16le';
	if (first === 0 && isLetter(second) && third === 0 && isLetter(fourth)) return 'utf-16be';
	return 'utf-8';
}

function isLetter(byte: number | undefined): boolean {
	return byte !== undefined && byte > 0 && byte < 0x80;
}

/** Ends at any kind of line break. */
export function firstLineOf(text: string): string {
	return text.split(/\r\n|[\n\r]/, 1)[0]!;
}
