import {sanitize} from '../../core/text/sanitize.ts';
import {AppError} from '../../core/errors.ts';
import {isObject} from '../../core/is-object.ts';
import {beforeHeader, beforeMac, format, version} from './beginning.ts';
import {t} from '../../language/translate.ts';

export {format, version};

export type Envelope = {
	readonly format: typeof format;
	readonly version: typeof version;
	/** The exact bytes that `mac` and the cipher authenticate, however JSON may be printed. */
	readonly header: string;
	readonly mac: string;
	/** Text in Latin-1: of some megabytes, a string would be one more copy. */
	readonly ciphertext: Uint8Array;
};

const beforeCiphertext = '",\n\t"ciphertext": "';
const ending = '"\n}\n';
const opening = beforeHeader.split('\n').slice(0, 2).join('\n');

/**
 * A whole file but for its ciphertext, a text of so many bytes that is still to be written. ASCII, and JSON without
 * escapes, since base64 needs none.
 */
export function newEnvelope(
	{header, mac}: Pick<Envelope, 'header' | 'mac'>,
	length: number,
): {readonly bytes: Buffer; readonly ciphertext: Buffer} {
	const beginning = beforeHeader + header + beforeMac + mac + beforeCiphertext;
	const bytes = Buffer.alloc(beginning.length + length + ending.length);
	const start = bytes.write(beginning, 'latin1');
	bytes.write(ending, start + length, 'latin1');
	return {bytes, ciphertext: bytes.subarray(start, start + length)};
}

/**
 * Accepts only the form of `newEnvelope`, so that the part that is not authenticated has one spelling; its members
 * are not checked here. Throws `not-a-vault`, `vault-newer` or `vault-damaged`.
 */
export function parseEnvelope(bytes: Buffer, path: string): Envelope {
	// A JSON parser takes longer over some megabytes than all of the cryptography. Latin-1 maps each byte to one
	// character, so no byte vanishes in decoding.
	const header = beforeHeader.length;
	const mac = bytes.toString('latin1', 0, header) === beforeHeader ? bytes.indexOf(beforeMac, header) : -1;
	const ciphertext = mac === -1 ? -1 : bytes.indexOf(beforeCiphertext, mac + beforeMac.length);
	const end = bytes.length - ending.length;
	if (ciphertext === -1 || ciphertext + beforeCiphertext.length > end || bytes.toString('latin1', end) !== ending)
		throw refusal(bytes.toString('latin1'), path);
	return {
		format,
		version,
		header: bytes.toString('latin1', header, mac),
		mac: bytes.toString('latin1', mac + beforeMac.length, ciphertext),
		ciphertext: bytes.subarray(ciphertext + beforeCiphertext.length, end),
	};
}

function refusal(text: string, path: string): AppError {
	const value = parse(text);
	if (value?.['format'] !== format) {
		// A cut or altered vault does not parse, but begins like one.
		if (text.startsWith(opening)) return damaged(path, t`its text is cut short or altered`);
		return new AppError('not-a-vault', {
			path: sanitize(path),
			what: text === '' ? t`it is empty` : value ? t`it is JSON of another kind` : t`it is some other text`,
		});
	}

	const claimed = value['version'];
	if (typeof claimed === 'number' && Number.isSafeInteger(claimed) && claimed > version)
		return new AppError('vault-newer', {path: sanitize(path), version: claimed});
	return damaged(path, t`its text is altered`);
}

export function damaged(path: string, what: string): AppError {
	return new AppError('vault-damaged', {path: sanitize(path), what});
}

/** An object from JSON, or undefined. The parser's own error is dropped: it quotes the text. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
