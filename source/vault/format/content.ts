import type {StoredKey} from '../../core/key/key.ts';
import type {KnownElsewhere} from './known-elsewhere.ts';
import type {Operation} from '../../core/key/operation.ts';
import type {UndoStep} from '../../core/key/undo-step.ts';
import {changedPart} from '../../core/activity/changed-part.ts';
import {roomFor, Secret} from '../../core/secret.ts';
import {damaged} from './envelope.ts';
import {isKey, isOperation, withoutUnfinishedKeys, type PlainContent, type PlainCredential} from './content-shape.ts';
import {isObject} from '../../core/is-object.ts';
import {t} from '../../language/translate.ts';

export type VaultContent = {
	/** Includes the keys in the trash. */
	readonly keys: readonly StoredKey[];
	readonly operations?: readonly Operation[];
	/** The latest last. Newer programs may store other steps: check with `isUndoStep`. */
	readonly undo?: readonly UndoStep[];
	/** Newer programs may store other forms: check with `isKnownElsewhere`. */
	readonly elsewhere?: readonly KnownElsewhere[];
	readonly sandbox?: unknown;
	/** Per slot id, the notes that stay hidden until the vault is open. Kept by the vault itself. */
	readonly slots?: SlotNotes | undefined;
	/**
	 * The number of the last routine save, kept by the vault itself. A later save is not routine, even by a program
	 * that does not know this member.
	 */
	readonly routine?: number;
	/** An `ActivityLog`, kept by the vault itself. */
	readonly activity?: unknown;
};

export type SlotNotes = Readonly<Record<string, {readonly label: string; readonly createdAt: number}>>;

/** Replaces the secrets of a new content by the same ones of an earlier content, so that each is there once to wipe. */
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

export function removedSecrets(earlier: VaultContent, content: VaultContent): readonly Secret[] {
	// Most saves change no credential.
	const changed = changedPart(earlier.keys, content.keys);
	const same = new Set(changed.after.map(({credential}) => credential));
	const others = changed.before.filter(({credential}) => !same.has(credential));
	if (others.length === 0) return [];
	const kept = new Set(content.keys.flatMap(({credential}) => [credential.secretKey, credential.passphrase]));
	return others
		.flatMap(({credential}) => [credential.secretKey, credential.passphrase])
		.filter(secret => !kept.has(secret));
}

export function wipeContent({keys}: VaultContent): void {
	for (const {credential} of keys) {
		credential.secretKey.wipe();
		credential.passphrase.wipe();
	}
}

/**
 * Decodes authenticated bytes and hides the secrets. Checks only what the program relies on. Throws `vault-damaged`,
 * which names no value.
 */
export function decodeContent(bytes: Buffer, path: string): VaultContent {
	let value: unknown;
	try {
		value = JSON.parse(bytes.toString());
	} catch {
		// Dropped: the parser's message quotes the text around the fault, which is secret.
	}

	if (!isObject(value) || !Array.isArray(value['keys'])) throw damaged(path, t`its content is not a list of keys`);
	for (const key of value['keys'] as readonly unknown[])
		if (!isKey(key)) throw damaged(path, t`one of its keys has a form that this program does not know`);
	const {operations = []} = value;
	if (!Array.isArray(operations) || !operations.every(operation => isOperation(operation)))
		throw damaged(path, t`a note of unfinished work in it has a form that this program does not know`);

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
