import type {Random} from '../core/random.ts';
import type {Settings} from '../core/settings/settings.ts';
import type {Clipboard} from '../core/terminal/clipboard.ts';
import type {ClockService} from '../core/diagnosis/clock-service.ts';
import type {Secret} from '../core/secret.ts';
import type {Exchange} from '../exchange/client.ts';
import type {SshAgent} from '../vault/slots/ssh-slot.ts';
import type {Vault, VaultContent} from '../vault/vault.ts';

/** Keeps vault keys in another process for a while, so that consecutive commands ask only once. */
export type KeyAgent = {
	/**
	 * The caller wipes the key; undefined when no agent runs or it has none. Throws `agent` when the process that
	 * listens is not trusted.
	 */
	readonly get: (vaultId: string) => Promise<Buffer | undefined>;
	/** Never throws. */
	readonly forget: (vaultId: string) => Promise<void>;
};

/** Makes the embedded exchange fail, from the next call until the next `set`. */
export type Faults = {
	readonly all: readonly {readonly name: string; readonly about: string}[];
	readonly current: () => string | undefined;
	/** Throws AppError `invalid` for an unknown name. */
	readonly set: (name: string | undefined) => void;
};

/** The files that keys are imported from. */
export type SourceFiles = {
	/** All bytes of a plain file. Throws `no-such-file`, `file-unreadable`, or `not-importable` for more than `most`. */
	readonly read: (file: string, most: number) => Promise<Buffer>;
	/**
	 * Overwrites and removes a file that still holds the content with this SHA-256 (hexadecimal). Throws
	 * `file-not-shredded`.
	 */
	readonly shred: (file: string, sha256: string) => void;
	/** Other files that may hold the same, and whether git's history does. Never throws. */
	readonly copiesOf: (file: string) => {readonly files: readonly string[]; readonly isInGit: boolean};
	/** The text of an age identity file that only its owner can read. Throws `age-identity`. */
	readonly identity: (file: string) => Secret;
};

/** Holds no screen, process or real clock, so that tests can supply their own. */
export type Context = {
	readonly vault: Vault;
	readonly exchange: Exchange;
	/** ms since 1970. */
	readonly clock: () => number;
	readonly random: Random;
	/** True for the embedded exchange, whose keys can be made and changed as on its page. */
	readonly sandbox: boolean;
	readonly readonly: boolean;
	/** No secret may be shown; programs are still given keys. */
	readonly noSecrets?: boolean | undefined;
	readonly settings: Settings;
	/** The content of a new vault: empty, or in the sandbox the seeded main key and the exchange's state. */
	readonly seed: () => VaultContent;
	readonly keyAgent?: KeyAgent | undefined;
	/** Asked only when this machine's clock is off. */
	readonly clockService?: (() => ClockService) | undefined;
	/** Saves memory at the cost of slower single steps, until it is called with false. */
	readonly saveMemory?: ((isOn: boolean) => void) | undefined;
	readonly faults?: Faults | undefined;
	/** Absent where no screen reads files. */
	readonly files?: SourceFiles | undefined;
	/** Where the embedded exchange lies, which this starts; only in the sandbox. */
	readonly sandboxUrl?: (() => Promise<URL>) | undefined;
	/** Absent where nothing can be copied, as in tests. */
	readonly clipboard?: Clipboard | undefined;
	/** Perhaps forwarded from another machine; absent without SSH_AUTH_SOCK. */
	readonly sshAgent?: SshAgent | undefined;
};
