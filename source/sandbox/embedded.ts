import type {StoredKey} from '../core/key.ts';
import {randomId} from '../core/random.ts';
import {seedSandbox, startSandbox, type Sandbox, type SandboxOptions} from './server.ts';

/** The embedded exchange as a part of the program: started by the first call to it, its state kept by `storage`. */
export function embeddedExchange({storage, clock, random}: Omit<SandboxOptions, 'port'>) {
	let running: Promise<Sandbox> | undefined;
	return {
		/** What a new sandbox vault begins with: the exchange's state, and its seeded main key as the one entry. */
		seed: (): {readonly sandbox: unknown; readonly keys: readonly StoredKey[]} => {
			const {state, main} = seedSandbox({clock, random});
			const now = clock();
			return {
				sandbox: state,
				keys: [{
					id: randomId(random), name: 'main', description: 'The main-account key that the sandbox comes with: it can make keys for sub-accounts.',
					type: 'api', environment: 'live', site: 'sandbox', account: {kind: 'main'}, label: 'main',
					permissions: ['read', 'trade'], ip: ['127.0.0.1', '::1'], credential: main, status: 'active', tags: [],
					createdAt: now, updatedAt: now, lastUsedAt: null, lastTest: null, trashedAt: null,
				}],
			};
		},
		start: async (): Promise<URL> => {
			running ??= startSandbox({storage, clock, random});
			return (await running).baseUrl;
		},
		close: async (): Promise<void> => {
			if (running) await (await running).close();
		},
	};
}
