import {clean} from '../core/text.ts';
import {AppError} from '../errors.ts';

/** What the file is, in words: FORMAT.md. */
export const format = 'okx-keys-vault';
export const version = 1;

/** More than that is no vault of ours: 64 MiB hold some 70,000 keys. */
export const largest = 64 * 1024 * 1024;

/** The members of the file, each base64 but for the first two. */
export type Envelope = {
	readonly format: typeof format;
	readonly version: typeof version;
	/** The exact bytes that `mac` and the cipher authenticate, so that no two ways to print JSON can part. */
	readonly header: string;
	readonly mac: string;
	readonly ciphertext: string;
};

/** The one text of an envelope: JSON, since base64 needs no escapes. Plain ASCII. */
export function printEnvelope({header, mac, ciphertext}: Pick<Envelope, 'header' | 'mac' | 'ciphertext'>): string {
	return `{\n\t"format": "${format}",\n\t"version": ${version},\n\t"header": "${header}",\n\t"mac": "${mac}",\n\t"ciphertext": "${ciphertext}"\n}\n`;
}

const opening = printEnvelope({header: '', mac: '', ciphertext: ''}).split('\n').slice(0, 2).join('\n');

/**
 * Reads the text of a vault and accepts only what `printEnvelope` would print again, byte for byte: what is not
 * authenticated has one spelling. Throws `not-a-vault`, `vault-newer` or `vault-damaged`; looks into no member.
 */
export function parseEnvelope(text: string, path: string): Envelope {
	const value = parse(text);
	if (value?.['format'] !== format) {
		// A vault that was cut or scribbled on no longer parses, but still begins like one.
		if (text.startsWith(opening)) throw damaged(path, 'its text is cut short or altered');
		throw new AppError('not-a-vault', {path: clean(path), what: text === '' ? 'it is empty' : value ? 'it is JSON of another kind' : 'it is some other text'});
	}

	const claimed = value['version'];
	if (typeof claimed === 'number' && Number.isSafeInteger(claimed) && claimed > version) throw new AppError('vault-newer', {path: clean(path), version: claimed});
	const {header, mac, ciphertext} = value;
	if (typeof header !== 'string' || typeof mac !== 'string' || typeof ciphertext !== 'string' || printEnvelope({header, mac, ciphertext}) !== text) throw damaged(path, 'its text is altered');
	return {format, version, header, mac, ciphertext};
}

export function damaged(path: string, what: string): AppError {
	return new AppError('vault-damaged', {path: clean(path), what});
}

/** An object from JSON, or undefined. The parser's own error is dropped: it quotes the text. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
	} catch {
		return undefined;
	}
}
