import type {Secret} from '../core/secret.ts';
import type {StoredKey} from '../core/key.ts';

/** What a vault holds once it is open. */
export type VaultContent = {
	/** Every key, those in the trash included. */
	readonly keys: readonly StoredKey[];
	/** The embedded exchange's own state (sandbox vaults only): JSON that the vault keeps and does not look into. */
	readonly sandbox?: unknown;
};

/** What opens a slot of the vault. */
export type Opener = {readonly passphrase: Secret} | {readonly recoveryKey: Secret};

/**
 * One sealed file and, while it is open, the only holder of its key in memory.
 * Every method may throw the AppErrors of errors.ts under "The vault".
 */
export interface Vault {
	readonly path: string;
	/** Whether the file is there. Reads the disk. */
	exists(): boolean;
	isOpen(): boolean;
	/** Makes the file; refuses to touch one that is there. Gives the recovery key, which is never shown again. Costs one KDF (about 0.5 s). */
	create(passphrase: Secret, content: VaultContent): Promise<{readonly recoveryKey: Secret}>;
	/** Costs one KDF for a passphrase. Wrong: throws `wrong-passphrase` or `wrong-recovery-key`, and nothing is written. */
	unlock(opener: Opener): Promise<void>;
	/** Forgets key and content. Idempotent. */
	lock(): void;
	/** The content as last read or written here; throws `locked`. The same object until something changes. */
	read(): VaultContent;
	/** Reads the file again if another program has saved it since; true when something changed. */
	refresh(): Promise<boolean>;
	/**
	 * Changes the content under a lock that all programs share: takes the lock, reads the newest file, gives its content
	 * to `change`, saves what it returns, and resolves once that is on the disk. `change` may be called on a content
	 * newer than `read()` gave, so it must look up what it changes by id; when it throws, nothing is written.
	 * When it returns the same object, nothing is written either.
	 */
	change(change: (content: VaultContent) => VaultContent): Promise<VaultContent>;
	/** Calls `listener` after each change, lock and unlock; gives a function that ends it. */
	subscribe(listener: () => void): () => void;
}
