import {freemem} from 'node:os';
import {resolve} from 'node:path';
import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {AppError, isAppError} from '../core/errors.ts';
import type {Problem} from '../core/problem.ts';
import {toBase64} from './format/base64.ts';
import {encodeContent, largestContent, type VaultContent} from './format/content.ts';
import {createRestore, type OpenedBackup, type Recovery} from './restore.ts';
import {captureSaveWarning, type SaveWarning} from './save-warning.ts';
import {createVaultSession, type OpenState} from './session.ts';
import {fileStoreAt} from './store/file.ts';
import {affordable, lengths, type Cost} from './format/header.ts';
import {parseSealed, verifyMac} from './format/seal.ts';
import {isOlder, type SeenRevisions} from './rollback-guard.ts';
import {slotManagement, type SlotInfo, type SlotManagement} from './slot-management.ts';
import {secretBytes} from './slots/kdf.ts';
import type {Random} from '../core/random.ts';
import {defaultCost, newSlot, openSlots, type UnlockMethod, type SlotSource, type SlotType} from './slots/slots.ts';
import type {SealedStore, Stored} from './store/store.ts';
import {createVerify, type VerifyReport} from './verify.ts';

export type {VaultContent};
export type {OpenedBackup, UnlockMethod, VerifyReport, SlotInfo, SlotSource, SlotType};

/**
 * One sealed file and, while it is open, the only holder of its key in memory. Every method may throw the AppErrors
 * of errors.ts under "The vault".
 */
export interface Vault extends SlotManagement, Recovery {
	readonly path: string;
	/** Whether the file is there. Reads the disk. */
	exists(): boolean;
	isOpen(): boolean;
	/**
	 * Makes the file and opens it, and takes over the secrets of the content, which `lock` wipes; refuses to touch
	 * one that is there. Gives the recovery key, which is never shown again. Costs one KDF (about 0.5 s).
	 */
	create(passphrase: Secret, content: VaultContent): Promise<{readonly recoveryKey: Secret} & SaveWarning>;
	/**
	 * Costs one KDF for a passphrase. Wrong: throws `wrong-passphrase`, `wrong-recovery-key`, `wrong-key-file`,
	 * `ssh-agent` or
	 * `wrong-vault-key`, and nothing is written. Throws `vault-older` when this machine has seen a later save, unless
	 * that
	 * is accepted.
	 */
	unlock(opener: UnlockMethod, options?: {readonly acceptOlder?: boolean}): Promise<void>;
	/** What was found beside the vault when it was opened, and is told once; undefined when nothing is left to tell. */
	takeWarning(): Problem | undefined;
	/** What the file says of itself before it is opened; nothing vouches for it yet. Throws like `unlock`. */
	readHeader(): Promise<{readonly vaultId: string; readonly slots: readonly SlotType[]}>;
	/**
	 * Wipes key and secrets, and forgets the content: `reveal` of a secret that came from here throws `locked`
	 * afterwards. Idempotent. A save under way is finished; whatever waits behind it throws `locked`.
	 */
	lock(): void;
	/** The content as last read or written here; throws `locked`. The same object until something changes. */
	read(): VaultContent;
	/** Reads the file again if another program has saved it since; true when something changed. */
	refresh(): Promise<boolean>;
	/**
	 * Changes the content under a lock that all programs share: takes the lock, reads the newest file, gives its
	 * content to `change`, saves what it returns, and resolves once that is on the disk. `change` may be called on a
	 * content newer than `read()` gave, so it must look up what it changes by id; when it throws, nothing is written.
	 * When it returns the same object, nothing is written either. The secrets of what it returns become the vault's,
	 * which `lock` wipes.
	 */
	change(change: (content: VaultContent) => VaultContent, options?: ChangeOptions): Promise<VaultContent>;
	/** Whether a content has room in a vault; nothing is written. Throws `vault-too-large`, as the save of it would. */
	checkRoom(content: VaultContent): void;
	/** How many bytes of JSON the vault has room for beside what it holds. Costs as much as making a save of it. */
	room(): number;
	/** Loads what a change needs, some 15 ms, for whoever has nothing better to do until then. */
	preload(): Promise<void>;
	/**
	 * Reads and proves the file and all earlier saves that are kept. Damage is in the report, not thrown, but for
	 * `locked`.
	 */
	verify(): Promise<VerifyReport>;
	/** Calls `listener` after each change, lock and unlock; gives a function that ends it. */
	subscribe(listener: () => void): () => void;
}

export type ChangeOptions = {
	/**
	 * It only notes what tests have learnt. However many such saves there are, they push no earlier save out that
	 * holds something else.
	 */
	readonly routine?: boolean;
};

export type VaultOptions = {
	/** Any file name; what belongs to the vault lies beside it: its lock and `backups/`. */
	readonly path: string;
	/** The folder below which that of the file may be made; any may without it. */
	readonly base?: string | undefined;
	/** Where the sealed bytes lie; the file at `path` without it. */
	readonly store?: SealedStore;
	/** What this machine remembers of the vaults it has opened; nothing without it. */
	readonly seen?: SeenRevisions | undefined;
	/** ms since 1970. */
	readonly clock: () => number;
	readonly random: Random;
	/** What a new passphrase slot costs; chosen by the free memory without it. */
	readonly kdf?: Cost;
	/** Bytes; the machine is asked without it. */
	readonly freeMemory?: () => number;
	/** How long a change waits for another program's, in ms; 5 s without it. */
	readonly lockWaitMs?: number;
};

/** A vault that could not be made leaves no earlier one to speak of. */
async function asNew(make: () => Promise<void>): Promise<void> {
	try {
		await make();
	} catch (error) {
		throw isAppError(error, 'not-saved')
			? new AppError('not-saved', {...error.details, isNew: true}, {cause: error})
			: error;
	}
}

export function vaultAt(options: VaultOptions): Vault {
	const {random, kdf, freeMemory = freemem, clock, lockWaitMs = 5000, seen} = options;
	const store = options.store ?? fileStoreAt({path: resolve(options.path), base: options.base, clock, lockWaitMs});
	const engine = createVaultSession({store, random, seen});
	const {path, queued, holding, stateOf, opened} = engine;
	const cost = () => kdf ?? defaultCost(freeMemory());

	/** What was read, unless this machine has seen a later save. Throws `vault-older`. */
	async function newestSeen({bytes, version}: Stored, dek: Buffer): Promise<OpenState> {
		const state = stateOf(bytes, dek, {version});
		const {vaultId, rev} = state.header;
		const known = seen?.of(path, vaultId);
		if (!known || !isOlder({rev, mac: state.mac}, known)) return state;
		// While a KDF took its time, another program may have saved.
		const again = await store.read();
		if (again.version !== version) return newestSeen(again, dek);
		throw new AppError('vault-older', {path: sanitize(path), rev, seen: known.rev});
	}

	return {
		path,
		exists: () => store.version() !== null,
		isOpen: engine.isOpen,

		create: (passphrase, content) =>
			queued(async () => {
				if (!affordable(cost())) throw new TypeError('A vault made with this cost could not be opened again.');
				if (store.version() !== null) throw new AppError('vault-exists', {path: sanitize(path)});
				// Told now, and not by the first unlock.
				seen?.of(path, '');
				const before = engine.locks();
				return holding(secretBytes(random), async dek => {
					const target = {dek, vaultId: toBase64(random(lengths.vaultId)), cost: cost(), random};
					const {slot} = await newSlot({type: 'passphrase', passphrase}, target);
					const {slot: recovery, recoveryKey} = await newSlot({type: 'recovery'}, target);
					const createdAt = clock();
					const notes = {[slot.id]: {label: '', createdAt}, [recovery.id]: {label: '', createdAt}};
					await asNew(async () => {
						store.ensureDirectory();
					});
					const told = await captureSaveWarning(
						store.exclusively(async () =>
							asNew(async () => {
								await engine.save(
									{...content, slots: notes},
									dek,
									{vaultId: target.vaultId, rev: 1, slots: [slot, recovery]},
									null,
									state => {
										if (engine.locks() === before) engine.begin({dek, slotId: slot.id}, state, before);
									},
								);
								store.archive();
							}),
						),
					);
					return {recoveryKey: recoveryKey!, ...told};
				});
			}),

		unlock: (opener, {acceptOlder = false} = {}) =>
			queued(async () => {
				const before = engine.locks();
				const stored = await store.read();
				const sealed = parseSealed(stored.bytes, path);
				const {header} = sealed;
				const opened = await openSlots(header, opener).catch((error: unknown) => {
					// It is only what the file says of itself, but would tell somebody why the passphrase of today
					// does not open it.
					const known = seen?.of(path, header.vaultId)?.rev ?? 0;
					throw isAppError(error, 'wrong-passphrase') && header.rev < known
						? new AppError('wrong-passphrase-older', {rev: header.rev, seen: known})
						: error;
				});
				await holding(opened.dek, async dek => {
					// A key that was given as such may be from before a `rekey`.
					if ('key' in opener && !verifyMac(sealed, dek)) throw new AppError('wrong-vault-key');
					engine.begin(
						opened,
						acceptOlder ? stateOf(stored.bytes, dek, stored) : await newestSeen(stored, dek),
						before,
					);
				});
				store.removeTempFiles();
			}),

		takeWarning: () => seen?.takeDamage(),

		async readHeader() {
			const {bytes} = await store.read();
			const {vaultId, slots} = parseSealed(bytes, path).header;
			return {vaultId, slots: slots.map(({type}) => type)};
		},

		lock: () => {
			engine.lock();
		},
		read: () => opened().state.content,
		refresh: engine.refresh,

		checkRoom: content => {
			encodeContent(content, path).fill(0);
		},
		room() {
			const bytes = encodeContent(opened().state.content, path);
			bytes.fill(0);
			return largestContent - bytes.length;
		},
		preload: async () => store.preload(),
		change: (change, {routine = false} = {}) =>
			engine.exclusive(async ({state, save}) => {
				const content = change(state.content);
				if (content !== state.content) await save({content, routine});
				return content;
			}),

		...slotManagement(engine, clock, cost),
		...createRestore(engine),
		verify: createVerify(engine),
		subscribe: listener => engine.subscribe(listener),
	};
}
