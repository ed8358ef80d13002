import {argon2, hkdfSync} from 'node:crypto';
import {promisify} from 'node:util';
import type {Secret} from '../core/secret.ts';
import {AppError} from '../errors.ts';
import {decrypt, encrypt} from './aead.ts';
import {fromBase64, toBase64} from './base64.ts';
import {format, version} from './envelope.ts';
import {lengths, type Cost, type Header, type PassphraseSlot, type RecoverySlot, type Slot} from './header.ts';
import {parseRecoveryKey, wrong} from './recovery-key.ts';

/** What opens a slot of the vault. */
export type Opener = {readonly passphrase: Secret} | {readonly recoveryKey: Secret};

export type Random = (bytes: number) => Uint8Array;

const mebibyte = 1024;
/** About half a second and 128 MiB; with little memory free, the second choice of RFC 9106 §4. */
const usual: Cost = {m: 128 * mebibyte, t: 3, p: 1};
const modest: Cost = {m: 64 * mebibyte, t: 3, p: 1};

/** What a new passphrase slot costs on a machine with so many bytes free. */
export function defaultCost(freeMemory: number): Cost {
	return freeMemory < 4 * usual.m * 1024 ? modest : usual;
}

/** A slot that opens with this passphrase. Costs one KDF. */
export async function passphraseSlot(passphrase: Secret, dek: Buffer, vaultId: string, {m, t, p}: Cost, random: Random): Promise<PassphraseSlot> {
	const kdf = {name: 'argon2id', v: 19, m, t, p, salt: toBase64(random(lengths.kdfSalt))} as const;
	const kek = await fromPassphrase(passphrase, kdf);
	return wrap({id: toBase64(random(lengths.slotId)), type: 'passphrase', kdf} as const, kek, dek, vaultId, random);
}

/** A slot that opens with these 32 random bytes. */
export function recoverySlot(key: Buffer, dek: Buffer, vaultId: string, random: Random): RecoverySlot {
	const kdf = {name: 'hkdf-sha256', salt: toBase64(random(lengths.kdfSalt))} as const;
	return wrap({id: toBase64(random(lengths.slotId)), type: 'recovery', kdf} as const, fromRecoveryKey(key, kdf), dek, vaultId, random);
}

/**
 * The vault's key, from the first slot that opens. Costs one KDF, off the main thread, for each passphrase slot tried.
 * Throws `wrong-passphrase` or `wrong-recovery-key`.
 */
export async function openSlots({slots, vaultId}: Pick<Header, 'slots' | 'vaultId'>, opener: Opener): Promise<Buffer> {
	if ('passphrase' in opener) {
		for (const slot of slots) {
			const dek = slot.type === 'passphrase' ? unwrap(slot, await fromPassphrase(opener.passphrase, slot.kdf), vaultId) : null;
			if (dek) return dek;
		}

		throw new AppError('wrong-passphrase');
	}

	const key = parseRecoveryKey(opener.recoveryKey);
	try {
		for (const slot of slots) {
			const dek = slot.type === 'recovery' ? unwrap(slot, fromRecoveryKey(key, slot.kdf), vaultId) : null;
			if (dek) return dek;
		}
	} finally {
		key.fill(0);
	}

	throw wrong('it is the key of another vault');
}

async function fromPassphrase(passphrase: Secret, {m, t, p, salt}: PassphraseSlot['kdf']): Promise<Buffer> {
	// The same passphrase typed on two keyboards may differ in how its accents are composed.
	const message = Buffer.from(passphrase.reveal().normalize('NFKC'));
	try {
		return await promisify(argon2)('argon2id', {message, nonce: fromBase64(salt)!, memory: m, passes: t, parallelism: p, tagLength: lengths.key});
	} finally {
		message.fill(0);
	}
}

/** A recovery key is 256 random bits: there is nothing to guess and so nothing to slow down. */
function fromRecoveryKey(key: Buffer, {salt}: RecoverySlot['kdf']): Buffer {
	return Buffer.from(hkdfSync('sha256', key, fromBase64(salt)!, 'okx-keys/v1 recovery', lengths.key));
}

/** Binds a slot to its vault and to the way its key is made, so that neither can be exchanged. */
function bound(slot: Pick<Slot, 'id' | 'type' | 'kdf'>, vaultId: string): Buffer {
	return Buffer.from(JSON.stringify([format, version, vaultId, slot.id, slot.type, slot.kdf]));
}

function wrap<Bare extends Pick<Slot, 'id' | 'type' | 'kdf'>>(slot: Bare, kek: Buffer, dek: Buffer, vaultId: string, random: Random): Bare & Pick<Slot, 'nonce' | 'wrapped'> {
	const nonce = random(lengths.nonce);
	const wrapped = encrypt(kek, nonce, dek, bound(slot, vaultId));
	kek.fill(0);
	return {...slot, nonce: toBase64(nonce), wrapped: toBase64(wrapped)};
}

/** The vault's key, or null when `kek` is not this slot's. Wipes `kek`. */
function unwrap(slot: Slot, kek: Buffer, vaultId: string): Buffer | null {
	const dek = decrypt(kek, fromBase64(slot.nonce)!, fromBase64(slot.wrapped)!, bound(slot, vaultId));
	kek.fill(0);
	return dek;
}
