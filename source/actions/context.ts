import type {Exchange} from '../exchange/client.ts';
import type {Vault, VaultContent} from '../vault/vault.ts';

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
};
