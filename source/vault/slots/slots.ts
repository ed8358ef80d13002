import {suggestedCommand} from '../../core/invocation.ts';
import type {Secret} from '../../core/secret.ts';
import {AppError} from '../../core/errors.ts';
import {fromBase64, toBase64} from '../format/base64.ts';
import {lengths, type Cost, type VaultHeader, type RandomSlot, type Slot} from '../format/header.ts';
import {parseKeyFile, wrongKeyFile} from './key-file.ts';
import {parseRecoveryKey, printRecoveryKey, wrongRecoveryKey} from './recovery-key.ts';
import {
	keyFromPassphrase,
	keyFromRandom,
	keyFromSignature,
	secretBytes,
	unwrapKey,
	wrapKey,
	type SlotTarget,
} from './kdf.ts';
import {keyOfSlot, sshFailure, sshKeyId, type SshAgent, type SshKey} from './ssh-slot.ts';
import {t} from '../../language/translate.ts';

export type SlotType = Slot['type'];

export type UnlockMethod =
	| {readonly passphrase: Secret}
	| {readonly recoveryKey: Secret}
	| {readonly keyFile: Secret}
	| {readonly sshAgent: SshAgent}
	| {readonly key: Uint8Array};

export type SlotSource =
	| {readonly type: 'passphrase'; readonly passphrase: Secret}
	| {readonly type: 'recovery'}
	| {readonly type: 'keyfile'; readonly keyFile: Secret}
	| {readonly type: 'ssh-agent'; readonly sshAgent: SshAgent; readonly key: SshKey};

const mebibyte = 1024;
/** About half a second and 128 MiB; with little memory free, the second choice of RFC 9106 §4. */
const usual: Cost = {m: 128 * mebibyte, t: 3, p: 1};
const modest: Cost = {m: 64 * mebibyte, t: 3, p: 1};

/** The cost of a new passphrase slot; `freeMemory` in bytes. */
export function defaultCost(freeMemory: number): Cost {
	return freeMemory < 4 * usual.m * 1024 ? modest : usual;
}

/** Costs one KDF for a passphrase. Throws `wrong-key-file`, and `ssh-agent` when the agent does not sign. */
export async function newSlot(
	source: SlotSource,
	target: SlotTarget,
	id = toBase64(target.random(lengths.slotId)),
): Promise<{readonly slot: Slot; readonly recoveryKey?: Secret | undefined}> {
	const {random, vaultId} = target;
	const salt = random(lengths.kdfSalt);
	if (source.type === 'passphrase') {
		const {m, t, p} = target.cost;
		const kdf = {name: 'argon2id', v: 19, m, t, p, salt: toBase64(salt)} as const;
		return {
			slot: wrapKey({id, type: 'passphrase', kdf} as const, await keyFromPassphrase(source.passphrase, kdf), target),
		};
	}

	if (source.type === 'ssh-agent') {
		const {sshAgent, key} = source;
		const kek = await keyFromSignature(sshAgent, key, salt, vaultId);
		const again = await keyFromSignature(sshAgent, key, salt, vaultId);
		const isSame = kek.equals(again);
		again.fill(0);
		if (!isSame)
			throw sshFailure(
				t`This agent signs the same thing differently each time, so its key cannot open a vault.`,
				t`Use an Ed25519 or RSA key in OpenSSH’s ssh-agent.`,
			);
		const kdf = {name: 'sshsig+hkdf-sha256', salt: toBase64(salt), key: sshKeyId(salt, key)} as const;
		return {slot: wrapKey({id, type: 'ssh-agent', kdf} as const, kek, target)};
	}

	const key = source.type === 'recovery' ? secretBytes(random) : parseKeyFile(source.keyFile);
	const kdf = {name: 'hkdf-sha256', salt: toBase64(salt)} as const;
	const slot = wrapKey({id, type: source.type, kdf} as const, keyFromRandom(key, source.type, kdf.salt), target);
	const recoveryKey = source.type === 'recovery' ? printRecoveryKey(key) : undefined;
	key.fill(0);
	return {slot, recoveryKey};
}

/** The vault's key and the slot that gave it, unproved until the file has been opened with it. */
export type OpenedSlot = {readonly dek: Buffer; readonly slotId?: string};

/**
 * Gives the vault's key from the first slot that opens. Costs one KDF for each passphrase slot tried. Throws
 * `wrong-passphrase`, `wrong-recovery-key`, `wrong-key-file` or `ssh-agent`.
 */
export async function openSlots(
	header: Pick<VaultHeader, 'slots' | 'vaultId'>,
	opener: UnlockMethod,
): Promise<OpenedSlot> {
	if ('key' in opener) return {dek: Buffer.from(opener.key)};
	if ('passphrase' in opener)
		return (
			(await first(header, 'passphrase', async ({kdf}) => keyFromPassphrase(opener.passphrase, kdf))) ??
			refuse(new AppError('wrong-passphrase'))
		);
	if ('recoveryKey' in opener)
		return (
			(await firstRandom(header, 'recovery', parseRecoveryKey(opener.recoveryKey))) ??
			refuse(wrongRecoveryKey(t`it is the key of another vault`))
		);
	if ('keyFile' in opener)
		return (
			(await firstRandom(header, 'keyfile', parseKeyFile(opener.keyFile))) ??
			refuse(wrongKeyFile(t`it belongs to another vault, or its slot was removed`))
		);
	const keys = await opener.sshAgent.keys();
	return (
		(await first(header, 'ssh-agent', async slot => {
			const key = keyOfSlot(slot, keys);
			return key && keyFromSignature(opener.sshAgent, key, fromBase64(slot.kdf.salt)!, header.vaultId);
		})) ??
		refuse(
			header.slots.some(({type}) => type === 'ssh-agent')
				? sshFailure(
						t`The ssh-agent has none of the keys that open this vault.`,
						t`Load the key with ssh-add, or forward the agent of your own machine with ssh -A; or give the passphrase.`,
					)
				: sshFailure(
						t`No SSH key opens this vault.`,
						t`Give the passphrase; ${suggestedCommand('add-slot', 'ssh-agent')} adds a key.`,
					),
		)
	);
}

async function first<Type extends SlotType>(
	{slots, vaultId}: Pick<VaultHeader, 'slots' | 'vaultId'>,
	type: Type,
	kekOf: (slot: Extract<Slot, {type: Type}>) => Promise<Buffer | undefined>,
): Promise<OpenedSlot | undefined> {
	for (const slot of slots) {
		if (slot.type !== type) continue;
		const kek = await kekOf(slot as Extract<Slot, {type: Type}>);
		const dek = kek && unwrapKey(slot, kek, vaultId);
		if (dek) return {dek, slotId: slot.id};
	}

	return undefined;
}

async function firstRandom(
	{slots, vaultId}: Pick<VaultHeader, 'slots' | 'vaultId'>,
	type: RandomSlot['type'],
	key: Buffer,
): Promise<OpenedSlot | undefined> {
	try {
		for (const slot of slots) {
			const dek = slot.type === type ? unwrapKey(slot, keyFromRandom(key, type, slot.kdf.salt), vaultId) : null;
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
