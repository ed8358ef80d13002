import {createHmac, hkdfSync, timingSafeEqual} from 'node:crypto';
import {decrypt, encrypt} from './aead.ts';
import {decodeBase64, encodeBase64, fromBase64, toBase64} from './base64.ts';
import {damaged, parseEnvelope, printEnvelope} from './envelope.ts';
import {lengths, parseHeader, printHeader, type VaultHeader} from './header.ts';
import type {Random} from '../../core/random.ts';
import {t} from '../../language/translate.ts';

export type Sealed = {
	readonly header: VaultHeader;
	/** Tells two saves apart, since every save has its own salt. */
	readonly mac: string;
	readonly headerBytes: Buffer;
	readonly ciphertext: Buffer;
};

/** The length of the content shows only in steps of this, which adding a key rarely reaches. */
const bucket = 4096;
const lengthBytes = 4;

export function seal(
	content: Uint8Array,
	dek: Buffer,
	{vaultId, rev, slots}: Pick<VaultHeader, 'vaultId' | 'rev' | 'slots'>,
	random: Random,
): Buffer {
	const salt = toBase64(random(lengths.salt));
	const header = printHeader({vaultId, rev, salt, slots});
	const keys = deriveKeys(dek, salt);
	const padded = pad(content);
	try {
		return printEnvelope({
			header: toBase64(header),
			mac: toBase64(authenticate(keys.mac, header)),
			ciphertext: encodeBase64(encrypt(keys.body, keys.nonce, padded, header)),
		});
	} finally {
		padded.fill(0);
		keys.wipe();
	}
}

/** Reads a file as far as that goes without its key. Throws `not-a-vault`, `vault-newer` or `vault-damaged`. */
export function parseSealed(bytes: Buffer, path: string): Sealed {
	const {header, mac, ciphertext} = parseEnvelope(bytes, path);
	const headerBytes = fromBase64(header);
	const body = decodeBase64(ciphertext);
	if (!headerBytes || !body || !fromBase64(mac, 32)) throw damaged(path, t`its text is altered`);
	return {header: parseHeader(headerBytes, path), mac, headerBytes, ciphertext: body};
}

export function verifyMac({header, mac, headerBytes}: Sealed, dek: Buffer): boolean {
	const keys = deriveKeys(dek, header.salt);
	try {
		return timingSafeEqual(authenticate(keys.mac, headerBytes), fromBase64(mac)!);
	} finally {
		keys.wipe();
	}
}

/** Gives the content once the whole file is proved; the caller wipes it. Throws `vault-damaged`. */
export function openSealed({header, mac, headerBytes, ciphertext}: Sealed, dek: Buffer, path: string): Buffer {
	const keys = deriveKeys(dek, header.salt);
	try {
		if (!timingSafeEqual(authenticate(keys.mac, headerBytes), fromBase64(mac)!))
			throw damaged(path, t`its header is altered`);
		const padded = decrypt(keys.body, keys.nonce, ciphertext, headerBytes);
		const content = padded && unpad(padded);
		if (!content) throw damaged(path, t`its content is altered`);
		return content;
	} finally {
		keys.wipe();
	}
}

/** Keys for one save: the salt is never used again, so neither are key and nonce of the body. */
function deriveKeys(
	dek: Buffer,
	salt: string,
): {readonly body: Buffer; readonly mac: Buffer; readonly nonce: Buffer; readonly wipe: () => void} {
	const bytes = Buffer.from(hkdfSync('sha256', dek, fromBase64(salt)!, 'okx-keys/v1', lengths.key * 2 + lengths.nonce));
	return {
		body: bytes.subarray(0, lengths.key),
		mac: bytes.subarray(lengths.key, lengths.key * 2),
		nonce: bytes.subarray(lengths.key * 2),
		wipe: () => void bytes.fill(0),
	};
}

function authenticate(key: Buffer, header: Buffer): Buffer {
	return createHmac('sha256', key).update(header).digest();
}

function pad(content: Uint8Array): Buffer {
	const padded = Buffer.alloc(Math.ceil((lengthBytes + content.length) / bucket) * bucket);
	padded.writeUInt32BE(content.length);
	padded.set(content, lengthBytes);
	return padded;
}

function unpad(padded: Buffer): Buffer | null {
	if (padded.length < lengthBytes) return null;
	const end = lengthBytes + padded.readUInt32BE();
	return end <= padded.length ? padded.subarray(lengthBytes, end) : null;
}
