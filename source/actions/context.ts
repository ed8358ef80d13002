import type {Exchange} from '../exchange/client.ts';
import type {SshAgent} from '../vault/ssh-slot.ts';
import type {Vault, VaultContent} from '../vault/vault.ts';

/** Keeps the keys of vaults in another process for a while, so that commands in a row ask once. */
export type KeyAgent = {
	/** The key of a vault, which the caller wipes; undefined when no agent runs or it has none. Throws `agent` when what listens is not to be trusted. */
	readonly get: (vaultId: string) => Promise<Buffer | undefined>;
	/** Makes it forget the key of a vault. Never throws. */
	readonly forget: (vaultId: string) => Promise<void>;
};

/** What every action works with. Nothing in here is a screen, a process or a real clock, so that tests give their own. */
export type Context = {
	readonly vault: Vault;
	readonly exchange: Exchange;
	/** Milliseconds since 1970. */
	readonly clock: () => number;
	/** Unpredictable bytes. */
	readonly random: (bytes: number) => Uint8Array;
	/** Whether the exchange is the embedded one: its keys can be made and changed like on the page. */
	readonly sandbox: boolean;
	readonly readonly: boolean;
	/** What a new vault starts with: empty, or in the sandbox the seeded main key and the exchange's state. */
	readonly seed: () => VaultContent;
	/** Absent where none is to be asked. */
	readonly keyAgent?: KeyAgent | undefined;
	/** The person's own ssh-agent, perhaps forwarded from another machine; absent where SSH_AUTH_SOCK names none. */
	readonly sshAgent?: SshAgent | undefined;
};
