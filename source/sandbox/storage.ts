/** Where the embedded exchange keeps its state between runs: inside the sandbox vault, or in memory. */
export type SandboxStorage = {
	load(): unknown;
	/** Gives the newest stored state to `change` and stores what it returns; when it throws, nothing is stored. */
	update(
		change: (state: unknown) => unknown,
		options?: {/** It only notes that keys were used. */ readonly routine?: boolean},
	): Promise<void>;
};

/** Forgets everything with the program: for the sandbox alone, and for tests. */
export function memoryStorage(state: unknown): SandboxStorage {
	let stored = state;
	return {
		load: () => stored,
		async update(change) {
			stored = change(stored);
		},
	};
}
