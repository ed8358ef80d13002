import type {Random} from '../../core/random.ts';
import {argon2, hkdfSync} from 'node:crypto';
import {promisify} from 'node:util';
import {Secret} from '../../core/secret.ts';
import {decrypt, encrypt} from '../format/aead.ts';
import {fromBase64, toBase64} from '../format/base64.ts';
import {format, version} from '../format/envelope.ts';
import {lengths, type Cost, type PassphraseSlot, type RandomSlot, type Slot} from '../format/header.ts';
import {signedData, type SshAgent, type SshKey} from './ssh-slot.ts';

export type SlotTarget = {readonly dek: Buffer; readonly vaultId: string; readonly cost: Cost; readonly random: Random};

/** Costs one KDF, off the main thread. */
export async function keyFromPassphrase(passphrase: Secret, {m, t, p, salt}: PassphraseSlot['kdf']): Promise<Buffer> {
	// Two keyboards may compose the accents of one passphrase differently.
	const message = Buffer.from(passphrase.reveal().normalize('NFKC'));
	try {
		return await promisify(argon2)('argon2id', {
			message,
			nonce: fromBase64(salt)!,
			memory: m,
			passes: t,
			parallelism: p,
			tagLength: lengths.key,
		});
	} finally {
		message.fill(0);
	}
}

/** Milliseconds that a passphrase of this cost takes here. Throws system errors. */
export async function timeOfCost({m, t, p}: Cost): Promise<number> {
	const start = performance.now();
	const key = await keyFromPassphrase(new Secret('how long does it take'), {
		name: 'argon2id',
		v: 19,
		m,
		t,
		p,
		salt: toBase64(new Uint8Array(lengths.kdfSalt)),
	});
	key.fill(0);
	return performance.now() - start;
}

export function keyFromRandom(key: Buffer, type: RandomSlot['type'], salt: string): Buffer {
	return Buffer.from(hkdfSync('sha256', key, fromBase64(salt)!, `okx-keys/v1 ${type}`, lengths.key));
}

/** Throws `ssh-agent` when it does not sign. */
export async function keyFromSignature(
	agent: SshAgent,
	key: SshKey,
	salt: Uint8Array,
	vaultId: string,
): Promise<Buffer> {
	const signature = await agent.sign(key, signedData(salt, vaultId));
	try {
		return Buffer.from(hkdfSync('sha256', signature, salt, 'okx-keys/v1 ssh-agent', lengths.key));
	} finally {
		signature.fill(0);
	}
}

/** Binds a slot to its vault and its KDF, so that neither can be exchanged. */
function bound(slot: Pick<Slot, 'id' | 'type' | 'kdf'>, vaultId: string): Buffer {
	return Buffer.from(JSON.stringify([format, version, vaultId, slot.id, slot.type, slot.kdf]));
}

/** Wipes `kek`. */
export function wrapKey<Bare extends Pick<Slot, 'id' | 'type' | 'kdf'>>(
	slot: Bare,
	kek: Buffer,
	{dek, vaultId, random}: SlotTarget,
): Bare & Pick<Slot, 'nonce' | 'wrapped'> {
	const nonce = random(lengths.nonce);
	const wrapped = encrypt(kek, nonce, dek, bound(slot, vaultId));
	kek.fill(0);
	return {...slot, nonce: toBase64(nonce), wrapped: toBase64(wrapped)};
}

/** The vault's key, or null when `kek` is not this slot's. Wipes `kek`. */
export function unwrapKey(slot: Slot, kek: Buffer, vaultId: string): Buffer | null {
	const dek = decrypt(kek, fromBase64(slot.nonce)!, fromBase64(slot.wrapped)!, bound(slot, vaultId));
	kek.fill(0);
	return dek;
}

/** 32 random bytes, and no copy of them that wiping would miss. */
export function secretBytes(random: Random): Buffer {
	const bytes = random(lengths.key);
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
