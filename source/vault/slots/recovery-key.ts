import {timingSafeEqual} from 'node:crypto';
import {Secret} from '../../core/secret.ts';
import {AppError} from '../../core/errors.ts';
import {checksum, checksumLength} from '../format/checksum.ts';
import {t} from '../../language/translate.ts';

/** Crockford's base32: without I, L and O, which a person may read in a 1 or a 0. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyLength = 32;
const letters = ((keyLength + checksumLength) * 8) / 5;
const groupLength = 4;

/** 14 groups of 4 letters for paper; the last 24 bits are a checksum. */
export function printRecoveryKey(key: Uint8Array): Secret {
	const bytes = Buffer.concat([key, checksum('recovery', key)]);
	let text = '';
	for (let letter = 0; letter < letters; letter++) {
		if (letter > 0 && letter % groupLength === 0) text += '-';
		text += alphabet[fiveBits(bytes, letter * 5)];
	}

	bytes.fill(0);
	return new Secret(text);
}

/**
 * Takes any case, spaces and dashes anywhere, O for 0, I and L for 1. Throws `wrong-recovery-key`, which says where to
 * look and repeats nothing of the text.
 */
export function parseRecoveryKey(typed: Secret): Buffer {
	const text = typed
		.reveal()
		.toUpperCase()
		.replaceAll(/[\s\p{Pd}]/gu, '')
		.replaceAll('O', '0')
		.replaceAll(/[IL]/g, '1');
	const bytes = Buffer.alloc(keyLength + checksumLength);
	let position = 0;
	for (const letter of text) {
		const value = alphabet.indexOf(letter);
		if (value === -1)
			throw wrongRecoveryKey(
				t`group ${Math.floor(position / groupLength) + 1} has a character that no recovery key has`,
			);
		if (position < letters) putFiveBits(bytes, position * 5, value);
		position++;
	}

	if (position !== letters) throw wrongRecoveryKey(t`it has ${position} letters and digits instead of ${letters}`);
	const key = Buffer.from(bytes.subarray(0, keyLength));
	const isRight = timingSafeEqual(bytes.subarray(keyLength), checksum('recovery', key));
	bytes.fill(0);
	if (!isRight) throw wrongRecoveryKey(t`at least one character is mistyped`);
	return key;
}

export function wrongRecoveryKey(problem: string): AppError {
	return new AppError('wrong-recovery-key', {problem});
}

function fiveBits(bytes: Uint8Array, bit: number): number {
	const at = bit >> 3;
	return (((bytes[at]! << 8) | (bytes[at + 1] ?? 0)) >> (11 - (bit & 7))) & 31;
}

function putFiveBits(bytes: Uint8Array, bit: number, value: number): void {
	const at = bit >> 3;
	const shifted = value << (11 - (bit & 7));
	bytes[at]! |= shifted >> 8;
	if (at + 1 < bytes.length) bytes[at + 1]! |= shifted & 255;
}
