import crypto from 'node:crypto';
import type {Identity, Recipient, Stanza} from 'age-encryption';
import type {Secret} from '../core/secret.ts';

// Replaces the library's scrypt stanza (age-encryption.org/v1), which blocks signals and Ctrl+C for seconds.

const label = 'age-encryption.org/v1/scrypt';
const usualWork = 18;
const tagLength = 16;

/** Seals for a passphrase, which must not be wiped before; about 1 s and 256 MiB. `make` is the library's Stanza. */
export function passphraseRecipient(passphrase: Secret, make: typeof Stanza): Recipient {
	return {
		async wrapFileKey(fileKey) {
			const salt = crypto.randomBytes(16);
			const cipher = crypto.createCipheriv(
				'chacha20-poly1305',
				await keyOf(passphrase, salt, usualWork),
				Buffer.alloc(12),
				{authTagLength: tagLength},
			);
			const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
			return [new make(['scrypt', unpadded(salt), String(usualWork)], body)];
		},
	};
}

/**
 * Returns null for another passphrase, and throws for an invalid stanza or one that needs more than 1 GiB (2^20).
 * Rejects with the signal's reason soon after it aborts.
 */
export function passphraseIdentity(passphrase: Secret, signal?: AbortSignal): Identity {
	return {
		async unwrapFileKey(stanzas) {
			const stanza = stanzas.find(({args}) => args[0] === 'scrypt');
			if (!stanza) return null;
			const [, saltText = '', work = ''] = stanza.args;
			const salt = Buffer.from(saltText, 'base64');
			const isWhole =
				stanzas.length === 1 &&
				stanza.args.length === 3 &&
				unpadded(salt) === saltText &&
				salt.length === 16 &&
				/^(?:[1-9]|1\d|20)$/.test(work) &&
				stanza.body.length === 32;
			if (!isWhole) throw new Error('The scrypt stanza is malformed.');
			const decipher = crypto.createDecipheriv(
				'chacha20-poly1305',
				await keyOf(passphrase, salt, Number(work), signal),
				Buffer.alloc(12),
				{authTagLength: tagLength},
			);
			decipher.setAuthTag(stanza.body.subarray(-tagLength));
			const fileKey = decipher.update(stanza.body.subarray(0, -tagLength));
			try {
				decipher.final();
				return fileKey;
			} catch {
				fileKey.fill(0);
				return null;
			}
		},
	};
}

async function keyOf(passphrase: Secret, salt: Uint8Array, work: number, signal?: AbortSignal): Promise<Uint8Array> {
	const {scryptAsync} = await import('@noble/hashes/scrypt.js');
	const bytes = Buffer.from(passphrase.reveal());
	try {
		return await scryptAsync(bytes, Buffer.concat([Buffer.from(label), salt]), {
			N: 2 ** work,
			r: 8,
			p: 1,
			dkLen: 32,
			onProgress() {
				signal?.throwIfAborted();
			},
		});
	} finally {
		bytes.fill(0);
	}
}

function unpadded(bytes: Buffer): string {
	return bytes.toString('base64').replaceAll('=', '');
}
