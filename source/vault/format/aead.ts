import {createCipheriv, createDecipheriv} from 'node:crypto';

const algorithm = 'aes-256-gcm';
export const authTagLength = 16;

/** Encrypts pieces of a text one after another: `update` for each, `end` after the last, with the rest and the tag. */
export function encryption(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array) {
	const cipher = createCipheriv(algorithm, key, nonce, {authTagLength});
	cipher.setAAD(associated);
	return {
		update: (piece: Uint8Array): Buffer => cipher.update(piece),
		end: (): Buffer => Buffer.concat([cipher.final(), cipher.getAuthTag()]),
	};
}

export function encrypt(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): Buffer {
	const {update, end} = encryption(key, nonce, associated);
	return Buffer.concat([update(plaintext), end()]);
}

/** The plaintext, or null when key, nonce, associated bytes and text do not belong together. */
export function decrypt(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Buffer | null {
	if (sealed.length < authTagLength) return null;
	const decipher = createDecipheriv(algorithm, key, nonce, {authTagLength});
	decipher.setAAD(associated);
	decipher.setAuthTag(sealed.subarray(-authTagLength));
	// GCM is a stream: all of the text comes out here, and `final` says whether it may be believed.
	const plaintext = decipher.update(sealed.subarray(0, -authTagLength));
	try {
		decipher.final();
		return plaintext;
	} catch {
		plaintext.fill(0);
		return null;
	}
}
