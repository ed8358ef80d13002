import {createPublicKey, type JsonWebKeyInput, type KeyObject} from 'node:crypto';
import type {SshKey} from '../vault/slots/ssh-slot.ts';
import {fieldsOf, type Fields} from './wire.ts';
import {t} from '../language/translate.ts';

/** A shorter RSA key could be broken, and would open the vault (NIST SP 800-131A). */
const leastModulusBits = 2048;

/** RSA has its exponent before its modulus (RFC 4253 §6.6); Ed25519 is one string (RFC 8709 §4). */
const readers: Readonly<Record<SshKey['type'], (fields: Fields) => JsonWebKeyInput['key']>> = {
	'ssh-ed25519': fields => ({kty: 'OKP', crv: t`Ed25519`, x: base64(fields.string())}),
	'ssh-rsa': fields => ({kty: 'RSA', e: base64(fields.string()), n: base64(fields.string())}),
};

export type PublicKey = {
	readonly type: SshKey['type'];
	readonly key: KeyObject;
	readonly signatureBytes: number;
};

/** Undefined if it is no key, or one that cannot open a vault. */
export function publicKeyOf(blob: Uint8Array): PublicKey | undefined {
	try {
		const fields = fieldsOf(Buffer.from(blob));
		const type = fields.string().toString('latin1');
		if (!isType(type)) return undefined;
		const key = createPublicKey({key: readers[type](fields), format: 'jwk'});
		fields.end();
		if (type === 'ssh-ed25519') return {type, key, signatureBytes: 64};
		const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
		return bits < leastModulusBits ? undefined : {type, key, signatureBytes: Math.ceil(bits / 8)};
	} catch {
		return undefined;
	}
}

function isType(type: string): type is SshKey['type'] {
	return Object.hasOwn(readers, type);
}

function base64(bytes: Buffer): string {
	return bytes.toString('base64url');
}
