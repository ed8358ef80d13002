import type {StoredKey} from '../core/key.ts';
import {randomId} from '../core/random.ts';
import {faultNames, faults, knownFault} from './faults.ts';
import {seedSandbox, startSandbox, type Sandbox, type SandboxOptions} from './server.ts';

/** The embedded exchange as a part of the program: started by the first call to it, its state kept by `storage`. */
export function embeddedExchange({storage, clock, random, fault}: Omit<SandboxOptions, 'port'>) {
	let running: Promise<Sandbox> | undefined;
	let wanted = fault;
	/** Tells the running exchange; one that could not be started is told when it is. */
	async function tell(): Promise<void> {
		const sandbox = await running?.catch(() => undefined);
		sandbox?.rehearsal.set(wanted);
	}

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
		/** Where it lies now; it is started by the first question, and anew where that has failed. */
		start: async (): Promise<URL> => {
			running ??= startSandbox({storage, clock, random, fault: wanted});
			try {
				return await (await running).place();
			} catch (error) {
				running = undefined;
				throw error;
			}
		},
		/** How it is told to fail. */
		faults: {
			all: faultNames.map(name => ({name, about: faults[name]!.about})),
			current: () => wanted,
			set(name: string | undefined) {
				wanted = name === undefined ? undefined : knownFault(name);
				void tell();
			},
		},
		close: async (): Promise<void> => {
			if (running) await (await running).close();
		},
	};
}
