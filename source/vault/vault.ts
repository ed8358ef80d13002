import {freemem} from 'node:os';
import type {Actor} from '../core/activity/entry.ts';
import type {Problem} from '../core/problem.ts';
import type {Secret} from '../core/secret.ts';
import {activityRecorder, type ActivityNote} from './activity/log.ts';
import {vaultCreation} from './create-vault.ts';
import {type VaultContent} from './format/content.ts';
import {encodeContent, largestContent} from './format/encode.ts';
import {createRecovery, type EarlierSaveInfo, type OpenedBackup, type Recovery} from './recovery.ts';
import type {SaveWarning} from './save-warning.ts';
import {createVaultSession} from './session.ts';
import type {Cost} from './format/header.ts';
import {parseSealed} from './format/seal.ts';
import type {SeenRevisions} from './rollback-guard.ts';
import {slotManagement, type SlotInfo, type SlotManagement} from './slot-management.ts';
import type {Random} from '../core/random.ts';
import {defaultCost, type UnlockMethod, type SlotSource, type SlotType} from './slots/slots.ts';
import type {SealedStore} from './store/store.ts';
import {vaultUnlocking, type UnlockOptions} from './unlock-vault.ts';
import {createVerify, type VerifyReport} from './verify.ts';

export type {VaultContent};
export type {EarlierSaveInfo, OpenedBackup, UnlockMethod, VerifyReport, SlotInfo, SlotSource, SlotType};

/** One vault and, while it is open, the only holder of its key. Every method may throw the `vault-` failures. */
export interface Vault extends SlotManagement, Recovery {
	/** What sentences call it: the path of a file, or what another store is called by. */
	readonly path: string;
	exists(): Promise<boolean>;
	isOpen(): boolean;
	/**
	 * Makes the vault and opens it; refuses to replace another. Takes over the secrets of the content, which `lock`
	 * wipes, and gives the recovery key, which is never shown again. Costs one KDF (about 0.5 s).
	 */
	create(passphrase: Secret, content: VaultContent): Promise<{readonly recoveryKey: Secret} & SaveWarning>;
	/**
	 * Costs one KDF for a passphrase. Throws `wrong-passphrase`, `wrong-recovery-key`, `wrong-key-file`, `ssh-agent` or
	 * `wrong-vault-key`, and `vault-older` when this machine has seen a later save, unless that is accepted.
	 */
	unlock(opener: UnlockMethod, options?: UnlockOptions): Promise<void>;
	/**
	 * Gives once the damage that was found beside the vault when it was opened; undefined when nothing is left to
	 * report.
	 */
	takeWarning(): Problem | undefined;
	/**
	 * Reads the header before the vault is opened; its content is not authenticated. `costs` are those of the slots with
	 * a passphrase. Throws like `unlock`.
	 */
	readHeader(): Promise<{
		readonly vaultId: string;
		readonly slots: readonly SlotType[];
		readonly costs: readonly Cost[];
	}>;
	/**
	 * Wipes key and secrets and drops the content: `reveal` of its secrets throws `locked` afterwards. A save in
	 * progress finishes; work that waits behind it throws `locked`. Idempotent.
	 */
	lock(): void;
	/** The content as last read or written here; the same object until something changes. Throws `locked`. */
	read(): VaultContent;
	/** Reads the vault again if another program has saved it since; true when something changed. */
	refresh(): Promise<boolean>;
	/** As `SealedStore.watch`. */
	watch(onChange: () => void, onLost: () => void): (() => void) | undefined;
	/**
	 * Gives the newest content to `change` under a lock that all programs share, saves what it returns, and resolves
	 * once that is durable. The content may be newer than that of `read()`, so `change` looks up what it changes by id;
	 * when it throws, or returns the same object and there is no event to record, nothing is written. `lock` wipes the
	 * secrets of what it returns.
	 */
	change(change: (content: VaultContent) => VaultContent, options?: ChangeOptions): Promise<VaultContent>;
	/** Throws `vault-too-large` for a content that a save would refuse. */
	checkRoom(content: VaultContent): void;
	/** The room that is left, in bytes of JSON. Costs as much as making a save. */
	room(): number;
	preload(): Promise<void>;
	/** Proves the vault and all its earlier saves. Reports damage, and throws only `locked`. */
	verify(): Promise<VerifyReport>;
	subscribe(listener: () => void): () => void;
}

export type ChangeOptions = {
	/** The change notes test results only: such saves push no other earlier save out. */
	readonly routine?: boolean;
	/** For the record of activity, which finds by itself what a change does to keys. */
	readonly activity?: ActivityNote;
};

export type VaultOptions = {
	readonly store: SealedStore;
	readonly seen?: SeenRevisions | undefined;
	/** ms since 1970. */
	readonly clock: () => number;
	readonly random: Random;
	/** Who is recorded with each change; nobody known if absent. */
	readonly actor?: () => Actor;
	readonly kdf?: Cost;
	readonly freeMemory?: () => number;
};

const nobodyKnown = (): Actor => ({user: '', host: ''});

export function vaultIn({
	store,
	random,
	kdf,
	freeMemory = freemem,
	clock,
	seen,
	actor = nobodyKnown,
}: VaultOptions): Vault {
	const session = createVaultSession({store, random, seen, record: activityRecorder({clock, actor})});
	const {path, opened} = session;
	const cost = () => kdf ?? defaultCost(freeMemory());

	return {
		path,
		exists: async () => (await store.version()) !== null,
		isOpen: session.isOpen,
		create: vaultCreation(session, clock, cost),
		unlock: vaultUnlocking(session),
		takeWarning: () => seen?.takeDamage(),

		async readHeader() {
			const {bytes} = await store.read();
			const {vaultId, slots} = parseSealed(bytes, path).header;
			return {
				vaultId,
				slots: slots.map(({type}) => type),
				costs: slots.flatMap(({type, kdf}) => (type === 'passphrase' ? [{m: kdf.m, t: kdf.t, p: kdf.p}] : [])),
			};
		},

		lock: () => {
			session.lock();
		},
		read: () => opened().state.content,
		refresh: session.refresh,
		watch: (onChange, onLost) => store.watch?.(onChange, onLost),

		checkRoom: content => {
			encodeContent(content, path, store.largest).bytes.fill(0);
		},
		room() {
			const {bytes} = encodeContent(opened().state.content, path, store.largest);
			bytes.fill(0);
			return largestContent(store.largest) - bytes.length;
		},
		preload: async () => store.preload(),
		change: (change, {routine = false, activity} = {}) =>
			session.exclusive(async ({state, save}) => {
				const content = change(state.content);
				const isSaved = content !== state.content || (activity?.events ?? []).length > 0;
				return isSaved ? save({content, routine, activity}) : content;
			}),

		...slotManagement(session, clock, cost),
		...createRecovery(session),
		verify: createVerify(session),
		subscribe: listener => session.subscribe(listener),
	};
}
