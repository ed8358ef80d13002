import {AppError} from '../core/errors.ts';
import type {Random} from '../core/random.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {decodeContent, reuseSecrets, type VaultContent} from './format/content.ts';
import {encodeContent, type EncodedContent, type Spans} from './format/encode.ts';
import type {VaultHeader} from './format/header.ts';
import {openSealed, parseSealed, seal, type Sealed} from './format/seal.ts';
import {isOlder} from './rollback-guard.ts';
import {t} from '../language/translate.ts';

export type OpenState = {
	readonly header: VaultHeader;
	readonly mac: string;
	readonly version: string;
	readonly content: VaultContent;
	/** Where its keys lie in its bytes; known of a save that was made here. */
	readonly spans?: Spans | undefined;
};

export type KeyedState = {readonly dek: Buffer; readonly state: OpenState};

export type NextHeader = Pick<VaultHeader, 'vaultId' | 'rev' | 'slots'>;

export type ProveOptions = {
	readonly name: string;
	readonly version?: string | undefined;
	/** The bytes must be this save, or a later one of the same vault. */
	readonly known?: OpenState | undefined;
	/** Takes over the bytes of the known save, to be wiped, where the next one can copy from them. */
	readonly onKnown?: ((encoded: EncodedContent) => void) | undefined;
};

/** Proves that a file is a save sealed with this key. Decodes it only when it is not the known save. */
export function provenState(
	file: Buffer | Sealed,
	dek: Buffer,
	{name, version = '', known, onKnown}: ProveOptions,
): OpenState {
	const sealed = file instanceof Uint8Array ? parseSealed(file, name) : file;
	const {header, mac} = sealed;
	if (known && isReplaced(header, known.header)) throw new AppError('vault-replaced', {path: sanitize(name)});
	const plain = openSealed(sealed, dek, name);
	let isKept = false;
	try {
		// An earlier save that was put back is whole, and still an older vault.
		if (known && isOlder({rev: header.rev, mac}, {rev: known.header.rev, mac: known.mac}))
			throw new AppError('vault-older', {path: sanitize(name), rev: header.rev, seen: known.header.rev});
		if (mac !== known?.mac) return {header, mac, version, content: decoded()};
		const {content, spans} = known;
		if (onKnown && spans) {
			isKept = true;
			onKnown({keys: content.keys, bytes: plain, spans});
		}

		return {header, mac, version, content, spans};
	} finally {
		if (!isKept) plain.fill(0);
	}

	function decoded(): VaultContent {
		const content = decodeContent(plain, name);
		return known ? reuseSecrets(content, known.content) : content;
	}
}

export function keyedState(bytes: Buffer, dek: Buffer, name: string): KeyedState {
	try {
		return {dek, state: provenState(bytes, dek, {name})};
	} catch (error) {
		dek.fill(0);
		throw error;
	}
}

type SealOptions = {
	readonly name: string;
	readonly random: Random;
	readonly largest: number;
	readonly earlier?: EncodedContent | undefined;
};

export function sealedState(
	content: VaultContent,
	dek: Buffer,
	header: NextHeader,
	{name, random, largest, earlier}: SealOptions,
): {readonly bytes: Buffer; readonly state: OpenState} {
	const {bytes: plain, spans} = encodeContent(content, name, largest, earlier);
	try {
		const bytes = seal(plain, dek, header, random);
		const again = parseSealed(bytes, name);
		const opened = openSealed(again, dek, name);
		const isSame = opened.equals(plain);
		opened.fill(0);
		if (!isSame)
			throw new AppError('not-saved', {
				path: sanitize(name),
				reason: t`what was sealed does not open to the same`,
			});
		return {bytes, state: {header: again.header, mac: again.mac, version: '', content, spans}};
	} finally {
		plain.fill(0);
	}
}

export function isRoutine({header, content}: OpenState): boolean {
	return content.routine === header.rev;
}

/** Whether it is another vault, or the same one after a `rekey`, which leaves no slot. */
export function isReplaced(header: VaultHeader, known: VaultHeader): boolean {
	return header.vaultId !== known.vaultId || !header.slots.some(({id}) => known.slots.some(slot => slot.id === id));
}
