import {sanitize} from '../../core/text/sanitize.ts';
import {AppError} from '../../core/errors.ts';
import {isObject} from '../../core/is-object.ts';
import {t} from '../../language/translate.ts';

export const format = 'okx-keys-vault';
export const version = 1;

export type Envelope = {
	readonly format: typeof format;
	readonly version: typeof version;
	/** The exact bytes that `mac` and the cipher authenticate, however JSON may be printed. */
	readonly header: string;
	readonly mac: string;
	readonly ciphertext: string;
};

/** ASCII, and JSON without escapes, since base64 needs none. */
export function printEnvelope({header, mac, ciphertext}: Pick<Envelope, 'header' | 'mac' | 'ciphertext'>): string {
	return (
		`{\n\t"format": "${format}",\n\t"version": ${version},\n\t"header": "${header}",` +
		`\n\t"mac": "${mac}",\n\t"ciphertext": "${ciphertext}"\n}\n`
	);
}

const [beforeHeader, beforeMac, beforeCiphertext, ending] = printEnvelope({
	header: '\0',
	mac: '\0',
	ciphertext: '\0',
}).split('\0') as [string, string, string, string];
const opening = beforeHeader.split('\n').slice(0, 2).join('\n');

/**
 * Accepts only what `printEnvelope` prints, so that the part that is not authenticated has one spelling; its members
 * are not checked here. Throws `not-a-vault`, `vault-newer` or `vault-damaged`.
 */
export function parseEnvelope(text: string, path: string): Envelope {
	// A JSON parser takes longer over some megabytes than all of the cryptography.
	const header = beforeHeader.length;
	const mac = text.startsWith(beforeHeader) ? text.indexOf(beforeMac, header) : -1;
	const ciphertext = mac === -1 ? -1 : text.indexOf(beforeCiphertext, mac + beforeMac.length);
	const end = text.length - ending.length;
	if (ciphertext === -1 || ciphertext + beforeCiphertext.length > end || !text.endsWith(ending))
		throw refusal(text, path);
	return {
		format,
		version,
		header: text.slice(header, mac),
		mac: text.slice(mac + beforeMac.length, ciphertext),
		ciphertext: text.slice(ciphertext + beforeCiphertext.length, end),
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
