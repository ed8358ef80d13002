import {argon2, hkdfSync} from 'node:crypto';
import {promisify} from 'node:util';
import type {Secret} from '../core/secret.ts';
import {AppError} from '../errors.ts';
import {decrypt, encrypt} from './aead.ts';
import {fromBase64, toBase64} from './base64.ts';
import {format, version} from './envelope.ts';
import {lengths, type Cost, type Header, type PassphraseSlot, type RandomSlot, type Slot} from './header.ts';
import {parseKeyFile, wrongKeyFile} from './key-file.ts';
import {parseRecoveryKey, printRecoveryKey, wrong} from './recovery-key.ts';
import {keyOfSlot, signedData, sshFailure, sshKeyId, type SshAgent, type SshKey} from './ssh-slot.ts';

export type SlotType = Slot['type'];

/** What opens a slot of the vault, or the vault's own key, as an agent keeps it. */
export type Opener =
	| {readonly passphrase: Secret}
	| {readonly recoveryKey: Secret}
	/** The text of a key file. */
	| {readonly keyFile: Secret}
	| {readonly sshAgent: SshAgent}
	| {readonly key: Uint8Array};

/** What a new slot is made from. A recovery key is drawn by the vault. */
export type SlotSource =
	| {readonly type: 'passphrase'; readonly passphrase: Secret}
	| {readonly type: 'recovery'}
	| {readonly type: 'keyfile'; readonly keyFile: Secret}
	| {readonly type: 'ssh-agent'; readonly sshAgent: SshAgent; readonly key: SshKey};

export type Random = (bytes: number) => Uint8Array;

const mebibyte = 1024;
/** About half a second and 128 MiB; with little memory free, the second choice of RFC 9106 §4. */
const usual: Cost = {m: 128 * mebibyte, t: 3, p: 1};
const modest: Cost = {m: 64 * mebibyte, t: 3, p: 1};

/** What a new passphrase slot costs on a machine with so many bytes free. */
export function defaultCost(freeMemory: number): Cost {
	return freeMemory < 4 * usual.m * 1024 ? modest : usual;
}

/** What a slot is made for: the vault whose key it wraps. */
export type Target = {readonly dek: Buffer; readonly vaultId: string; readonly cost: Cost; readonly random: Random};

/**
 * A new slot, and its recovery key if it is one. Costs one KDF for a passphrase. Throws `wrong-key-file` for a text that is
 * no key file, and `ssh-agent` when the agent does not sign.
 */
export async function newSlot(source: SlotSource, target: Target, id = toBase64(target.random(lengths.slotId))): Promise<{readonly slot: Slot; readonly recoveryKey?: Secret}> {
	const {random, vaultId} = target;
	const salt = random(lengths.kdfSalt);
	switch (source.type) {
		case 'passphrase': {
			const {m, t, p} = target.cost;
			const kdf = {name: 'argon2id', v: 19, m, t, p, salt: toBase64(salt)} as const;
			return {slot: wrap({id, type: 'passphrase', kdf} as const, await fromPassphrase(source.passphrase, kdf), target)};
		}

		case 'recovery': {
			const key = secretBytes(random);
			const slot = randomSlot(id, 'recovery', salt, key, target);
			const recoveryKey = printRecoveryKey(key);
			key.fill(0);
			return {slot, recoveryKey};
		}

		case 'keyfile': {
			const key = parseKeyFile(source.keyFile);
			const slot = randomSlot(id, 'keyfile', salt, key, target);
			key.fill(0);
			return {slot};
		}

		case 'ssh-agent': {
			const {sshAgent, key} = source;
			const kek = await fromSignature(sshAgent, key, salt, vaultId);
			const again = await fromSignature(sshAgent, key, salt, vaultId);
			const isSame = kek.equals(again);
			again.fill(0);
			if (!isSame) throw sshFailure('This agent signs the same thing differently each time, so its key cannot open a vault.', 'Use an Ed25519 or RSA key in OpenSSH’s ssh-agent.');
			const kdf = {name: 'sshsig+hkdf-sha256', salt: toBase64(salt), key: sshKeyId(salt, key)} as const;
			return {slot: wrap({id, type: 'ssh-agent', kdf} as const, kek, target)};
		}
	}
}

function randomSlot(id: string, type: RandomSlot['type'], salt: Uint8Array, key: Buffer, target: Target): RandomSlot {
	const kdf = {name: 'hkdf-sha256', salt: toBase64(salt)} as const;
	return wrap({id, type, kdf} as const, fromRandom(key, type, kdf.salt), target);
}

/** The vault's key and the slot that gave it, if one did. Both are unproven until the file has been opened with it. */
export type Opened = {readonly dek: Buffer; readonly slotId?: string};

/**
 * The vault's key, from the first slot that opens. Costs one KDF, off the main thread, for each passphrase slot tried.
 * Throws `wrong-passphrase`, `wrong-recovery-key`, `wrong-key-file` or `ssh-agent`.
 */
export async function openSlots(header: Pick<Header, 'slots' | 'vaultId'>, opener: Opener): Promise<Opened> {
	if ('key' in opener) return {dek: Buffer.from(opener.key)};
	if ('passphrase' in opener) return await first(header, 'passphrase', async ({kdf}) => fromPassphrase(opener.passphrase, kdf)) ?? refuse(new AppError('wrong-passphrase'));
	if ('recoveryKey' in opener) return await firstRandom(header, 'recovery', parseRecoveryKey(opener.recoveryKey)) ?? refuse(wrong('it is the key of another vault'));
	if ('keyFile' in opener) return await firstRandom(header, 'keyfile', parseKeyFile(opener.keyFile)) ?? refuse(wrongKeyFile('it belongs to another vault, or its slot was removed'));
	const keys = await opener.sshAgent.keys();
	return await first(header, 'ssh-agent', async slot => {
		const key = keyOfSlot(slot, keys);
		return key && fromSignature(opener.sshAgent, key, fromBase64(slot.kdf.salt)!, header.vaultId);
	}) ?? refuse(header.slots.some(({type}) => type === 'ssh-agent')
		? sshFailure('The ssh-agent has none of the keys that open this vault.', 'Load the key with ssh-add, or forward the agent of your own machine with ssh -A; or give the passphrase.')
		: sshFailure('No SSH key opens this vault.', 'Give the passphrase; okx-keys add-slot ssh-agent adds a key.'));
}

/** What the first slot of a type gives whose key, if there is one, unwraps it. */
async function first<Type extends SlotType>({slots, vaultId}: Pick<Header, 'slots' | 'vaultId'>, type: Type, kekOf: (slot: Extract<Slot, {type: Type}>) => Promise<Buffer | undefined>): Promise<Opened | undefined> {
	for (const slot of slots) {
		if (slot.type !== type) continue;
		const kek = await kekOf(slot as Extract<Slot, {type: Type}>);
		const dek = kek && unwrap(slot, kek, vaultId);
		if (dek) return {dek, slotId: slot.id};
	}

	return undefined;
}

async function firstRandom({slots, vaultId}: Pick<Header, 'slots' | 'vaultId'>, type: RandomSlot['type'], key: Buffer): Promise<Opened | undefined> {
	try {
		for (const slot of slots) {
			const dek = slot.type === type ? unwrap(slot, fromRandom(key, type, slot.kdf.salt), vaultId) : null;
			if (dek) return {dek, slotId: slot.id};
		}

		return undefined;
	} finally {
		key.fill(0);
	}
}

function refuse(error: AppError): never {
	throw error;
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

function fromRandom(key: Buffer, type: RandomSlot['type'], salt: string): Buffer {
	return Buffer.from(hkdfSync('sha256', key, fromBase64(salt)!, `okx-keys/v1 ${type}`, lengths.key));
}

async function fromSignature(agent: SshAgent, key: SshKey, salt: Uint8Array, vaultId: string): Promise<Buffer> {
	const signature = await agent.sign(key, signedData(salt, vaultId));
	try {
		return Buffer.from(hkdfSync('sha256', signature, salt, 'okx-keys/v1 ssh-agent', lengths.key));
	} finally {
		signature.fill(0);
	}
}

/** Binds a slot to its vault and to the way its key is made, so that neither can be exchanged. */
function bound(slot: Pick<Slot, 'id' | 'type' | 'kdf'>, vaultId: string): Buffer {
	return Buffer.from(JSON.stringify([format, version, vaultId, slot.id, slot.type, slot.kdf]));
}

/** Wipes `kek`. */
function wrap<Bare extends Pick<Slot, 'id' | 'type' | 'kdf'>>(slot: Bare, kek: Buffer, {dek, vaultId, random}: Target): Bare & Pick<Slot, 'nonce' | 'wrapped'> {
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

/** 32 random bytes, and no copy of them that wiping would miss. */
export function secretBytes(random: Random): Buffer {
	const bytes = random(lengths.key);
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
