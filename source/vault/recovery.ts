import {resolve} from 'node:path';
import {AppError} from '../core/errors.ts';
import {createCopyOpener} from './copy-opener.ts';
import {wipeContent, type VaultContent} from './format/content.ts';
import {createRestore, isReplaceable, keepsSlots} from './restore.ts';
import type {VaultSession} from './session.ts';
import type {UnlockMethod} from './slots/slots.ts';
import {readCopy} from './store/file-guard.ts';
import {writeNewFile} from './store/new-file.ts';
import type {EarlierSave} from './store/store.ts';

export type OpenedBackup = {
	readonly label: string;
	readonly rev: number;
	/** ms since 1970, by its own time. */
	readonly savedAt: number;
	readonly content: VaultContent;
	/** The newest save in place, when the same key opens it, or why it cannot be compared. */
	readonly present: {readonly rev: number; readonly content: VaultContent} | {readonly problem: AppError};
	readonly isReplaceable: boolean;
	/**
	 * True when the secret that opened the copy also opens the vault after the restore: newer slots stay, and may not
	 * accept it.
	 */
	readonly opensAfter: boolean;
	readonly isOther: boolean;
	/**
	 * Replaces the present vault with this content and opens it; may be called once. Where the present vault is the
	 * same one and opens too, it becomes an earlier save and its newer key and slots stay, so that an old
	 * passphrase never becomes valid again; anything else is put aside, and named by `keptAs`. Throws
	 * `restore-conflict`, the problem of a vault that may not be replaced, and what `change` throws.
	 */
	restore(): Promise<{readonly keptAs?: string}>;
	/** Wipes its key, and its secrets unless it was restored. Idempotent. */
	dispose(): void;
};

export interface Recovery {
	/**
	 * Copies the newest save, proved whole, into a new file of mode 0600, and resolves once it is on the disk. Throws
	 * `file-exists` or `file-not-written`.
	 */
	backup(file: string): Promise<{readonly rev: number}>;
	/**
	 * Opens a backup file, or without one the newest earlier save that opens. Changes nothing, not even the open
	 * vault. Throws `file-unreadable`, `no-usable-backup` and what `unlock` throws.
	 */
	openBackup(opener: UnlockMethod, file?: string): Promise<OpenedBackup>;
	earlier(): Promise<readonly EarlierSaveInfo[]>;
}

export type EarlierSaveInfo = Omit<EarlierSave, 'read'>;

export function createRecovery(session: VaultSession): Recovery {
	const {store, queued, opened, holding, stateOf, refresh} = session;
	const openCopy = createCopyOpener(session);
	const restore = createRestore(session);

	return {
		earlier: async () => (await store.earlier()).map(({id, label, savedAt}) => ({id, label, savedAt})),

		async backup(file) {
			await refresh();
			return queued(async () => {
				const {dek, state} = opened();
				return holding(Buffer.from(dek), async dek => {
					const {bytes} = await store.read();
					const {
						header: {rev},
					} = stateOf(bytes, dek, {known: state});
					const target = resolve(file);
					store.checkBackupTarget(target);
					writeNewFile(target, bytes);
					return {rev};
				});
			});
		},

		async openBackup(opener, file) {
			const {copy, present, opensPresent} = await openCopy(opener, file === undefined ? file : readCopy(resolve(file)));
			const {state} = copy;
			let isOver = false;
			return {
				label: copy.kept.label,
				savedAt: copy.kept.savedAt,
				rev: state.header.rev,
				content: state.content,
				present:
					'state' in present
						? {rev: present.state.header.rev, content: present.state.content}
						: {problem: present.problem},
				isReplaceable: isReplaceable(present),
				opensAfter: opensPresent || !keepsSlots(copy, present),
				isOther: 'state' in present ? present.state.header.vaultId !== state.header.vaultId : present.isOther,
				async restore() {
					if (isOver) throw new AppError('locked');
					if (!isReplaceable(present) && 'problem' in present) throw present.problem;
					isOver = true;
					const restoring = restore(copy, present);
					wipeKeys();
					return restoring;
				},
				dispose() {
					wipeKeys();
					// Restored content belongs to the vault.
					if (isOver) return;
					isOver = true;
					wipeContent(state.content);
					if ('state' in present) wipeContent(present.state.content);
				},
			} satisfies OpenedBackup;

			function wipeKeys(): void {
				copy.dek.fill(0);
				if ('dek' in present) present.dek.fill(0);
			}
		},
	};
}
