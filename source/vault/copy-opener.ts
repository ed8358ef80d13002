import {sanitize} from '../core/text/sanitize.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {parseSealed} from './format/seal.ts';
import {isReplaced, keyedState, type KeyedState} from './open-state.ts';
import type {VaultSession} from './session.ts';
import {openSlots, type UnlockMethod} from './slots/slots.ts';

export type KeptCopy = {readonly label: string; readonly savedAt: number; readonly bytes: Buffer};

export type OpenedCopy = {readonly kept: KeptCopy} & KeyedState;

export type PresentVault = {readonly version: string | null} & (
	| KeyedState
	| {readonly problem: AppError; readonly isOther: boolean}
);

type OpenCopy = (
	opener: UnlockMethod,
	named?: KeptCopy,
) => Promise<{
	readonly copy: OpenedCopy;
	readonly present: PresentVault;
	readonly opensPresent: boolean;
}>;

export function createCopyOpener({path, store}: Pick<VaultSession, 'path' | 'store'>): OpenCopy {
	/** The key of the vault in place, if this opens it: saves from before a new passphrase have the same key. */
	async function presentKey(opener: UnlockMethod): Promise<Buffer | undefined> {
		try {
			const {bytes} = await store.read();
			return (await openSlots(parseSealed(bytes, path).header, opener)).dek;
		} catch (error) {
			if (isAppError(error)) return undefined;
			throw error;
		}
	}

	/** Undefined for a copy that is damaged or sealed with another key, which only its slots can tell apart. */
	function openWith(key: Buffer | undefined, {bytes, label}: KeptCopy): KeyedState | undefined {
		if (!key) return undefined;
		try {
			return keyedState(bytes, Buffer.from(key), label);
		} catch (error) {
			if (isAppError(error, 'vault-damaged')) return undefined;
			throw error;
		}
	}

	async function openKept(kept: KeptCopy, opener: UnlockMethod, key: Buffer | undefined): Promise<OpenedCopy> {
		const {bytes, label} = kept;
		const opened = openWith(key, kept);
		if (opened) return {kept, ...opened};
		const {dek} = await openSlots(parseSealed(bytes, label).header, opener);
		return {kept, ...keyedState(bytes, dek, label)};
	}

	async function openNamed(kept: KeptCopy, opener: UnlockMethod, key: Buffer | undefined): Promise<OpenedCopy> {
		try {
			return await openKept(kept, opener, key);
		} catch (error) {
			throw isAppError(error, 'not-a-vault')
				? new AppError('not-a-vault', {...error.details, isCopy: true}, {cause: error})
				: error;
		}
	}

	async function openNewest(opener: UnlockMethod, key: Buffer | undefined): Promise<OpenedCopy> {
		let refusal: AppError | undefined;
		// The same slots are not worth a second KDF.
		const refused = new Set<string>();
		const earlier = await store.earlier();
		for (const {label, savedAt, read} of earlier) {
			let slots = '';
			try {
				const kept = {label, savedAt, bytes: await read()};
				slots = JSON.stringify(parseSealed(kept.bytes, label).header.slots);
				if (!refused.has(slots)) return await openKept(kept, opener, key);
				const opened = openWith(key, kept);
				if (opened) return {kept, ...opened};
			} catch (error) {
				if (!isAppError(error)) throw error;
				if (error.exit !== 'locked') continue;
				refused.add(slots);
				refusal ??= error;
			}
		}

		throw (
			refusal ?? new AppError('no-usable-backup', {path: sanitize(path), kept: earlier.length, former: store.former})
		);
	}

	async function openPresent(copy: KeyedState, opener: UnlockMethod): Promise<PresentVault> {
		const version = await store.version();
		let header;
		try {
			const {bytes} = await store.read();
			({header} = parseSealed(bytes, path));
			const dek = isReplaced(header, copy.state.header) ? (await openSlots(header, opener)).dek : Buffer.from(copy.dek);
			return {version, ...keyedState(bytes, dek, path)};
		} catch (problem) {
			if (!isAppError(problem)) throw problem;
			return {version, problem, isOther: header !== undefined && header.vaultId !== copy.state.header.vaultId};
		}
	}

	return async (opener, named) => {
		const key = await presentKey(opener);
		const copy = await (named ? openNamed(named, opener, key) : openNewest(opener, key)).finally(() => key?.fill(0));
		return {copy, present: await openPresent(copy, opener), opensPresent: key !== undefined};
	};
}
