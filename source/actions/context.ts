import type {Random} from '../core/random.ts';
import type {ClockService} from '../core/diagnosis/clock-service.ts';
import type {Exchange} from '../exchange/client.ts';
import type {SshAgent} from '../vault/slots/ssh-slot.ts';
import type {Vault, VaultContent} from '../vault/vault.ts';

/** Keeps the keys of vaults in another process for a while, so that commands in a row ask once. */
export type KeyAgent = {
	/**
	 * The key of a vault, which the caller wipes; undefined when no agent runs or it has none. Throws `agent` when
	 * what listens is not to be trusted.
	 */
	readonly get: (vaultId: string) => Promise<Buffer | undefined>;
	/** Makes it forget the key of a vault. Never throws. */
	readonly forget: (vaultId: string) => Promise<void>;
};

/** How the embedded exchange is told to fail: from the next call on, until it is told otherwise. */
export type Faults = {
	/** Every fault by its name, with what it rehearses, in a few words. */
	readonly all: readonly {readonly name: string; readonly about: string}[];
	/** The one at work now. */
	readonly current: () => string | undefined;
	/** Throws AppError `invalid` for a name that is none. */
	readonly set: (name: string | undefined) => void;
};

/**
 * What every action works with. Nothing in here is a screen, a process or a real clock, so that tests give their own.
 */
export type Context = {
	readonly vault: Vault;
	readonly exchange: Exchange;
	/** Milliseconds since 1970. */
	readonly clock: () => number;
	/** Unpredictable bytes. */
	readonly random: Random;
	/** Whether the exchange is the embedded one: its keys can be made and changed like on the page. */
	readonly sandbox: boolean;
	readonly readonly: boolean;
	/** What a new vault starts with: empty, or in the sandbox the seeded main key and the exchange's state. */
	readonly seed: () => VaultContent;
	/** Absent where none is to be asked. */
	readonly keyAgent?: KeyAgent | undefined;
	/** What keeps the clock of this machine right; asked only when it is off. */
	readonly clockService?: (() => ClockService) | undefined;
	/** Has memory count more than the time of a single step, or no longer. */
	readonly saveMemory?: ((isOn: boolean) => void) | undefined;
	/** The failures that the embedded exchange can be told to rehearse; only in the sandbox. */
	readonly faults?: Faults | undefined;
	/** The person's own ssh-agent, perhaps forwarded from another machine; absent where SSH_AUTH_SOCK names none. */
	readonly sshAgent?: SshAgent | undefined;
};
