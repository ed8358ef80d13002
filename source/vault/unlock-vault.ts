import {sanitize} from '../core/text/sanitize.ts';
import {AppError, isAppError} from '../core/errors.ts';
import type {VaultHeader} from './format/header.ts';
import {parseSealed, verifyMac, type Sealed} from './format/seal.ts';
import type {OpenState} from './open-state.ts';
import {isOlder} from './rollback-guard.ts';
import type {VaultSession} from './session.ts';
import {openSlots, type UnlockMethod} from './slots/slots.ts';

export type UnlockOptions = {
	readonly acceptOlder?: boolean;
};

export function vaultUnlocking(
	session: VaultSession,
): (opener: UnlockMethod, options?: UnlockOptions) => Promise<void> {
	const {path, store, seen, queued, holding, stateOf} = session;

	/** Throws `vault-older` when this machine has seen a later save. */
	async function newestSeen(sealed: Sealed, version: string, dek: Buffer): Promise<OpenState> {
		const state = stateOf(sealed, dek, {version});
		const {vaultId, rev} = state.header;
		const known = seen?.of(store.id, vaultId);
		if (!known || !isOlder({rev, mac: state.mac}, known)) return state;
		// Another program may have saved while the KDF took its time.
		const again = await store.read();
		if (again.version !== version) return newestSeen(parseSealed(again.bytes, path), again.version, dek);
		throw new AppError('vault-older', {path: sanitize(path), rev, seen: known.rev});
	}

	async function opened(header: VaultHeader, opener: UnlockMethod): ReturnType<typeof openSlots> {
		try {
			return await openSlots(header, opener);
		} catch (error) {
			// The number is unproved, but may explain why today's passphrase does not open the file.
			const known = seen?.of(store.id, header.vaultId)?.rev ?? 0;
			throw isAppError(error, 'wrong-passphrase') && header.rev < known
				? new AppError('wrong-passphrase-older', {rev: header.rev, seen: known})
				: error;
		}
	}

	return (opener, {acceptOlder = false} = {}) =>
		queued(async () => {
			const before = session.locks();
			const stored = await store.read();
			const sealed = parseSealed(stored.bytes, path);
			const slot = await opened(sealed.header, opener);
			await holding(slot.dek, async dek => {
				// A key that was kept may be from before a `rekey`.
				if ('key' in opener && !verifyMac(sealed, dek)) throw new AppError('wrong-vault-key');
				const state = acceptOlder
					? stateOf(sealed, dek, {version: stored.version})
					: await newestSeen(sealed, stored.version, dek);
				session.begin(slot, state, before);
			});
			await store.cleanUp();
		});
}
