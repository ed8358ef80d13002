import {createCipheriv, createDecipheriv} from 'node:crypto';

const algorithm = 'aes-256-gcm';
const authTagLength = 16;

export function encrypt(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): Buffer {
	const cipher = createCipheriv(algorithm, key, nonce, {authTagLength});
	cipher.setAAD(associated);
	return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
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
