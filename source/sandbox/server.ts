import type {Credential} from '../core/key.ts';

/** Where the embedded exchange keeps its state between runs: inside the sandbox vault, or in memory. */
export type SandboxStorage = {
	load(): unknown;
	/** Gives the newest stored state to `change` and stores what it returns; when it throws, nothing is stored. */
	update(change: (state: unknown) => unknown): Promise<void>;
};

export type SandboxOptions = {
	readonly storage: SandboxStorage;
	/** 0 or absent: any free port. A taken one throws AppError `port-in-use`. */
	readonly port?: number;
	readonly clock: () => number;
	readonly random: (bytes: number) => Uint8Array;
};

export type Sandbox = {readonly baseUrl: URL; close(): Promise<void>};

/** Starts the embedded exchange on 127.0.0.1. */
export declare function startSandbox(options: SandboxOptions): Promise<Sandbox>;

/** A fresh exchange: a verified main account with two sub-accounts and one main key bound to this machine, and that key's credential. */
export declare function seedSandbox(options: Pick<SandboxOptions, 'clock' | 'random'>): {readonly state: unknown; readonly main: Credential};
