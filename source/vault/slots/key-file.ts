import {timingSafeEqual} from 'node:crypto';
import {Secret} from '../../core/secret.ts';
import {AppError} from '../../core/errors.ts';
import {checksum, checksumLength} from '../format/checksum.ts';
import {fromBase64, toBase64} from '../format/base64.ts';
import {lengths} from '../format/header.ts';
import {t} from '../../language/translate.ts';

const prefix = 'okx-keys-key-file-1:';

export function printKeyFile(key: Uint8Array): Secret {
	const bytes = Buffer.concat([key, checksum('key file', key)]);
	const text = new Secret(`${prefix}${toBase64(bytes)}\n`);
	bytes.fill(0);
	return text;
}

/** Gives 32 bytes, which the caller wipes. Throws `wrong-key-file`, which repeats nothing of the file. */
export function parseKeyFile(file: Secret): Buffer {
	const text = file.reveal().trim();
	if (!text.startsWith(prefix)) throw wrongKeyFile(t`it is not a key file of this program`);
	const bytes = fromBase64(text.slice(prefix.length), lengths.key + checksumLength);
	if (!bytes) throw wrongKeyFile(t`it is cut short or altered`);
	const key = Buffer.alloc(lengths.key, bytes);
	const isRight = timingSafeEqual(bytes.subarray(lengths.key), checksum('key file', key));
	bytes.fill(0);
	if (isRight) return key;
	key.fill(0);
	throw wrongKeyFile(t`it is altered`);
}

export function wrongKeyFile(problem: string): AppError {
	return new AppError('wrong-key-file', {problem});
}
