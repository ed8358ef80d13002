import {format, version, damaged} from './envelope.ts';
import {fromBase64} from './base64.ts';
import {isObject} from '../../core/is-object.ts';
import {t} from '../../language/translate.ts';

export const cipher = 'hkdf-sha256+aes-256-gcm';

/** What Argon2id costs: m in KiB, t passes, p lanes (RFC 9106 §3.1). */
export type Cost = {readonly m: number; readonly t: number; readonly p: number};

/**
 * Below these a thief would guess cheaply (the floor is OWASP's smallest Argon2id); above them a tampered file could
 * hang the program.
 */
export const costBounds = {
	least: {m: 19 * 1024, t: 2, p: 1},
	most: {m: 2 * 1024 * 1024, t: 64, p: 16},
} as const satisfies Record<string, Cost>;

type Lid = {readonly id: string; readonly nonce: string; readonly wrapped: string};
export type PassphraseSlot = Lid & {
	readonly type: 'passphrase';
	readonly kdf: {
		readonly name: 'argon2id';
		readonly v: 19;
		readonly m: number;
		readonly t: number;
		readonly p: number;
		readonly salt: string;
	};
};
/** 256 random bits, on paper or in a file, cannot be guessed and need no slow KDF. */
export type RandomSlot = Lid & {
	readonly type: 'recovery' | 'keyfile';
	readonly kdf: {readonly name: 'hkdf-sha256'; readonly salt: string};
};
/** `key` is a hash of the salt and the public key: it finds the SSH key again and does not reveal it. */
export type SshSlot = Lid & {
	readonly type: 'ssh-agent';
	readonly kdf: {readonly name: 'sshsig+hkdf-sha256'; readonly salt: string; readonly key: string};
};
export type Slot = PassphraseSlot | RandomSlot | SshSlot;

/** The part of a vault that is readable without its key and authenticated with it. Bytes are base64. */
export type VaultHeader = {
	readonly format: typeof format;
	readonly version: typeof version;
	readonly vaultId: string;
	readonly rev: number;
	readonly cipher: typeof cipher;
	/** Drawn for every save: key and nonce of the body derive from it, so neither is used twice. */
	readonly salt: string;
	readonly slots: readonly Slot[];
};

export const lengths = {
	vaultId: 16,
	salt: 32,
	slotId: 8,
	kdfSalt: 16,
	sshKey: 32,
	nonce: 12,
	tag: 16,
	key: 32,
} as const;
export const mostSlots = 32;

export function printHeader({
	vaultId,
	rev,
	salt,
	slots,
}: Pick<VaultHeader, 'vaultId' | 'rev' | 'salt' | 'slots'>): Buffer {
	return Buffer.from(JSON.stringify({format, version, vaultId, rev, cipher, salt, slots}), 'latin1');
}

/** Reads an unproved header strictly, so that a passphrase may be tried on it. Throws `vault-damaged`. */
export function parseHeader(bytes: Buffer, path: string): VaultHeader {
	const altered = () => damaged(path, t`its header is altered`);
	const text = bytes.toString('latin1');
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw altered();
	}

	// Printing it again proves that no member is there twice and that each number is canonical.
	if (JSON.stringify(value) !== text || !isHeader(value)) throw altered();
	if (new Set(value.slots.map(({id}) => id)).size !== value.slots.length) throw altered();
	for (const slot of value.slots) {
		if (slot.type === 'passphrase' && !isWithinCostBounds(slot.kdf))
			throw damaged(path, t`the work it asks for to check a passphrase is outside what is allowed`);
	}

	return value;
}

export function isWithinCostBounds(cost: Cost): boolean {
	const {least, most} = costBounds;
	return (['m', 't', 'p'] as const).every(
		name => Number.isSafeInteger(cost[name]) && cost[name] >= least[name] && cost[name] <= most[name],
	);
}

function isHeader(value: unknown): value is VaultHeader {
	return (
		has(value, ['format', 'version', 'vaultId', 'rev', 'cipher', 'salt', 'slots']) &&
		value['format'] === format &&
		value['version'] === version &&
		value['cipher'] === cipher &&
		isBase64(value['vaultId'], lengths.vaultId) &&
		isBase64(value['salt'], lengths.salt) &&
		Number.isSafeInteger(value['rev']) &&
		(value['rev'] as number) >= 1 &&
		Array.isArray(value['slots']) &&
		value['slots'].length >= 1 &&
		value['slots'].length <= mostSlots &&
		value['slots'].every(slot => isSlot(slot))
	);
}

function isSlot(value: unknown): value is Slot {
	return (
		has(value, ['id', 'type', 'kdf', 'nonce', 'wrapped']) &&
		isBase64(value['id'], lengths.slotId) &&
		isBase64(value['nonce'], lengths.nonce) &&
		isBase64(value['wrapped'], lengths.key + lengths.tag) &&
		typeof value['type'] === 'string' &&
		Object.hasOwn(kdfs, value['type']) &&
		kdfs[value['type'] as Slot['type']](value['kdf'])
	);
}

const kdfs = {
	passphrase: isArgon2,
	recovery: isHkdf,
	keyfile: isHkdf,
	'ssh-agent': kdf =>
		has(kdf, ['name', 'salt', 'key']) &&
		kdf['name'] === 'sshsig+hkdf-sha256' &&
		isBase64(kdf['salt'], lengths.kdfSalt) &&
		isBase64(kdf['key'], lengths.sshKey),
} as const satisfies Record<Slot['type'], (kdf: unknown) => boolean>;

function isArgon2(kdf: unknown): boolean {
	return (
		has(kdf, ['name', 'v', 'm', 't', 'p', 'salt']) &&
		kdf['name'] === 'argon2id' &&
		kdf['v'] === 19 &&
		isBase64(kdf['salt'], lengths.kdfSalt) &&
		['m', 't', 'p'].every(name => typeof kdf[name] === 'number')
	);
}

function isHkdf(kdf: unknown): boolean {
	return has(kdf, ['name', 'salt']) && kdf['name'] === 'hkdf-sha256' && isBase64(kdf['salt'], lengths.kdfSalt);
}

function has(value: unknown, members: readonly string[]): value is Readonly<Record<string, unknown>> {
	return isObject(value) && Object.keys(value).join() === members.join();
}

function isBase64(value: unknown, length: number): boolean {
	return fromBase64(value, length) !== null;
}
