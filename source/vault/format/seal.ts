import {createHmac, hkdfSync, timingSafeEqual} from 'node:crypto';
import {authTagLength, decrypt, encryption} from './aead.ts';
import {base64Length, decodeBase64, fromBase64, piece, toBase64} from './base64.ts';
import {damaged, newEnvelope, parseEnvelope} from './envelope.ts';
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
	const length = Math.ceil((lengthBytes + content.length) / bucket) * bucket;
	try {
		const {bytes, ciphertext} = newEnvelope(
			{header: toBase64(header), mac: toBase64(authenticate(keys.mac, header))},
			base64Length(length + authTagLength),
		);
		const {update, end} = encryption(keys.body, keys.nonce, header);
		let written = 0;
		forEachPadded(content, length, (block, isLast) => {
			const sealed = isLast ? Buffer.concat([update(block), end()]) : update(block);
			written += ciphertext.write(toBase64(sealed), written, 'latin1');
		});
		return bytes;
	} finally {
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

/** Gives the content with its length before it and zeros behind, `length` bytes in all, piece by piece. */
function forEachPadded(content: Uint8Array, length: number, take: (block: Buffer, isLast: boolean) => void): void {
	const block = Buffer.alloc(Math.min(piece, length));
	try {
		for (let at = 0; at < length; at += piece) {
			const size = Math.min(piece, length - at);
			const start = at - lengthBytes;
			block.fill(0);
			block.set(content.subarray(Math.max(0, start), start + size), Math.max(0, -start));
			if (at === 0) block.writeUInt32BE(content.length);
			take(block.subarray(0, size), at + size === length);
		}
	} finally {
		block.fill(0);
	}
}

function unpad(padded: Buffer): Buffer | null {
	if (padded.length < lengthBytes) return null;
	const end = lengthBytes + padded.readUInt32BE();
	return end <= padded.length ? padded.subarray(lengthBytes, end) : null;
}
