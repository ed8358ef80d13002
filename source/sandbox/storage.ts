export type SandboxStorage = {
	load(): unknown;
	/** Passes the newest state to `change` and stores the result; if `change` throws, nothing is stored. */
	update(
		change: (state: unknown) => unknown,
		options?: {/** It only notes that keys were used. */ readonly routine?: boolean},
	): Promise<void>;
};

/** For the sandbox alone and for tests; the state ends with the process. */
export function memoryStorage(state: unknown): SandboxStorage {
	let stored = state;
	return {
		load: () => stored,
		async update(change) {
			stored = change(stored);
		},
	};
}
