import type {StoredKey} from '../../core/key.ts';
import type {Operation} from '../../core/operation.ts';
import {roomFor, Secret} from '../../core/secret.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {AppError} from '../../core/errors.ts';
import {damaged, largest} from './envelope.ts';
import {
	isKey,
	isObject,
	isOperation,
	withoutUnfinishedKeys,
	type PlainContent,
	type PlainCredential,
} from './content-shape.ts';

/** How many bytes of content a vault can hold: in base64 four for each three, and room for the header. */
export const largestContent = Math.floor((largest - 64 * 1024) / 4) * 3;

/** What a vault holds once it is open. */
export type VaultContent = {
	/** Every key, those in the trash included. */
	readonly keys: readonly StoredKey[];
	/** Work on the exchange that was begun and has not ended; absent where there is none. */
	readonly operations?: readonly Operation[];
	/** The embedded exchange's own state (sandbox vaults only): JSON that the vault keeps and does not look into. */
	readonly sandbox?: unknown;
	/** By the id of a slot: what nobody needs to see before the vault is open. Kept by the vault itself. */
	readonly slots?: SlotNotes | undefined;
	/**
	 * The number of the save that only noted what tests have learnt, if there was one. It means something in that
	 * save alone, so that whoever saves after it, even a program that does not know this member, says that something
	 * else has changed. Kept by the vault itself.
	 */
	readonly routine?: number;
};

export type SlotNotes = Readonly<Record<string, {readonly label: string; readonly createdAt: number}>>;

/**
 * Gives a content that was just decoded the secrets that an earlier one holds already, so that there is one of each
 * to wipe; its own are wiped.
 */
export function reuseSecrets(content: VaultContent, earlier: VaultContent): VaultContent {
	const known = new Map(earlier.keys.map(({id, credential}) => [id, credential]));
	const keys = content.keys.map(key => {
		const {apiKey, secretKey, passphrase} = key.credential;
		const same = known.get(key.id);
		if (!same || same.apiKey !== apiKey || !same.secretKey.equals(secretKey) || !same.passphrase.equals(passphrase))
			return key;
		secretKey.wipe();
		passphrase.wipe();
		return {...key, credential: same};
	});
	return {...content, keys};
}

/** The secrets of one content that another has no more. */
export function removedSecrets(earlier: VaultContent, content: VaultContent): readonly Secret[] {
	const kept = new Set(content.keys.flatMap(({credential}) => [credential.secretKey, credential.passphrase]));
	return earlier.keys
		.flatMap(({credential}) => [credential.secretKey, credential.passphrase])
		.filter(secret => !kept.has(secret));
}

/** Overwrites the secrets of a content that is no longer needed. */
export function wipeContent({keys}: VaultContent): void {
	for (const {credential} of keys) {
		credential.secretKey.wipe();
		credential.passphrase.wipe();
	}
}

/**
 * The content as it is encrypted. Members that this program does not know, of the content or of a key, are written
 * again as they were read: a newer program may have put them there, and an edit here must not lose its data. A change
 * that gives an old member a new meaning raises the version of the file instead. Throws `not-saved` for what
 * `decodeContent` would refuse, and `vault-too-large`.
 */
export function encodeContent(content: VaultContent, path: string): Buffer {
	const keys = content.keys.map(key => {
		const {secretKey, passphrase} = key.credential;
		const plain = {
			...key,
			credential: {...key.credential, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()},
		};
		if (!isKey(plain))
			throw new AppError('not-saved', {
				path: sanitize(path),
				reason: 'one of its keys has a form that could not be read again',
			});
		return plain;
	});
	if (!(content.operations ?? []).every(operation => isOperation(operation)))
		throw new AppError('not-saved', {
			path: sanitize(path),
			reason: 'a note of unfinished work has a form that could not be read again',
		});
	const bytes = Buffer.from(textOf({...content, keys}, path));
	if (bytes.length <= largestContent) return bytes;
	bytes.fill(0);
	throw tooLarge(path);
}

function textOf(content: unknown, path: string): string {
	try {
		return JSON.stringify(content);
	} catch (cause) {
		// The engine's own bound for a string, far beyond that of a vault.
		throw cause instanceof RangeError ? tooLarge(path) : cause;
	}
}

function tooLarge(path: string): AppError {
	return new AppError('vault-too-large', {path: sanitize(path), mebibytes: largest / 1024 / 1024});
}

/**
 * The content from decrypted bytes, its secrets hidden. It was authenticated, so this looks only at what the program
 * would stumble over. Throws `vault-damaged`, which names no value.
 */
export function decodeContent(bytes: Buffer, path: string): VaultContent {
	let value: unknown;
	try {
		value = JSON.parse(bytes.toString());
	} catch {
		// The parser's message quotes the text around the fault, and that is a secret: it goes no further.
	}

	if (!isObject(value) || !Array.isArray(value['keys'])) throw damaged(path, 'its content is not a list of keys');
	for (const key of value['keys'] as readonly unknown[])
		if (!isKey(key)) throw damaged(path, 'one of its keys has a form that this program does not know');
	const {operations = []} = value;
	if (!Array.isArray(operations) || !operations.every(operation => isOperation(operation)))
		throw damaged(path, 'a note of unfinished work in it has a form that this program does not know');

	const content = withoutUnfinishedKeys(value as PlainContent);
	hideSecrets(content);
	return content as unknown as VaultContent;
}

function hideSecrets({keys}: PlainContent): void {
	let length = 0;
	for (const {credential} of keys) length += credential.secretKey.length + credential.passphrase.length;
	const room = roomFor(length);
	for (const {credential} of keys) {
		const hidden = credential as {-readonly [Part in keyof PlainCredential]: unknown};
		hidden.secretKey = new Secret(credential.secretKey, room);
		hidden.passphrase = new Secret(credential.passphrase, room);
	}
}
