import {createHash} from 'node:crypto';
import {AppError} from '../../core/errors.ts';
import {toBase64} from '../format/base64.ts';
import type {SshSlot} from '../format/header.ts';

/**
 * A key whose signatures over the same bytes are the same each time: Ed25519 (RFC 8032 §5.1.6) or RSA (PKCS#1 v1.5).
 * ECDSA and security keys are not.
 */
export type SshKey = {
	readonly type: 'ssh-ed25519' | 'ssh-rsa';
	/** The public key as SSH writes it (RFC 4253 §6.6). */
	readonly blob: Uint8Array;
	/** What its owner calls it; untrusted text. */
	readonly comment: string;
};

/** Signs with the keys of a person, who may be asked each time. */
export type SshAgent = {
	/**
	 * The keys that can open a vault, in the agent's order. Throws `ssh-agent` when it does not answer, or has none.
	 */
	readonly keys: () => Promise<readonly SshKey[]>;
	/**
	 * The signature as SSH writes it: the name of its algorithm and its bytes, each with its length. RSA signs with
	 * SHA-512. Throws `ssh-agent` when it is refused.
	 */
	readonly sign: (key: SshKey, data: Uint8Array) => Promise<Buffer>;
};

/** How a slot knows its key again: a hash, with the slot's salt, that does not tell whose key it is. Base64. */
export function sshKeyId(salt: Uint8Array, {blob}: SshKey): string {
	return toBase64(createHash('sha256').update('okx-keys/v1 ssh key').update(salt).update(blob).digest());
}

/**
 * What the agent signs for a slot: an OpenSSH signature (its PROTOCOL.sshsig) in a namespace of our own, so that the
 * signature is good for no login and no commit, and no other program's signature opens a vault.
 */
export function signedData(salt: Uint8Array, vaultId: string): Buffer {
	const message = createHash('sha512').update('okx-keys/v1 ssh slot').update(salt).update(vaultId).digest();
	return Buffer.concat([
		Buffer.from('SSHSIG'),
		...['okx-keys-vault', '', 'sha512', message].map(part => sshString(part)),
	]);
}

/** The key of `agent` that a slot was made with; undefined when the agent does not have it now. */
export function keyOfSlot({kdf}: SshSlot, keys: readonly SshKey[]): SshKey | undefined {
	const salt = Buffer.from(kdf.salt, 'base64');
	return keys.find(key => sshKeyId(salt, key) === kdf.key);
}

export function sshFailure(problem: string, fix: string): AppError {
	return new AppError('ssh-agent', {problem, fix});
}

/** A text or bytes with their length before them (RFC 4251 §5). */
export function sshString(value: string | Uint8Array): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(Buffer.byteLength(value));
	return Buffer.concat([length, Buffer.from(value)]);
}
