import {createHash} from 'node:crypto';
import {AppError} from '../../core/errors.ts';
import {toBase64} from '../format/base64.ts';
import type {SshSlot} from '../format/header.ts';

/**
 * A key that signs the same bytes the same way each time: Ed25519 (RFC 8032 §5.1.6) or RSA (PKCS#1 v1.5), but not
 * ECDSA or a security key.
 */
export type SshKey = {
	readonly type: 'ssh-ed25519' | 'ssh-rsa';
	/** The public key as SSH writes it (RFC 4253 §6.6). */
	readonly blob: Uint8Array;
	/** Untrusted text. */
	readonly comment: string;
};

export type SshAgent = {
	/** The keys that can open a vault, in the agent's order. Throws `ssh-agent` for no answer or no key. */
	readonly keys: () => Promise<readonly SshKey[]>;
	/** Gives the signature as SSH encodes it; RSA signs with SHA-512. Throws `ssh-agent` when it is refused. */
	readonly sign: (key: SshKey, data: Uint8Array) => Promise<Buffer>;
};

export function sshKeyId(salt: Uint8Array, {blob}: SshKey): string {
	return toBase64(createHash('sha256').update('okx-keys/v1 ssh key').update(salt).update(blob).digest());
}

/**
 * The agent signs this for a slot: an OpenSSH signature (PROTOCOL.sshsig) in a namespace of its own, so that it serves
 * no login or commit, and no other program's signature opens a vault.
 */
export function signedData(salt: Uint8Array, vaultId: string): Buffer {
	const message = createHash('sha512').update('okx-keys/v1 ssh slot').update(salt).update(vaultId).digest();
	return Buffer.concat([
		Buffer.from('SSHSIG'),
		...['okx-keys-vault', '', 'sha512', message].map(part => sshString(part)),
	]);
}

export function keyOfSlot({kdf}: SshSlot, keys: readonly SshKey[]): SshKey | undefined {
	const salt = Buffer.from(kdf.salt, 'base64');
	return keys.find(key => sshKeyId(salt, key) === kdf.key);
}

export function sshFailure(problem: string, fix: string): AppError {
	return new AppError('ssh-agent', {problem, fix});
}

/** RFC 4251 §5. */
export function sshString(value: string | Uint8Array): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(Buffer.byteLength(value));
	return Buffer.concat([length, Buffer.from(value)]);
}
