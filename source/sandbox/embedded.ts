import type {StoredKey} from '../core/key/key.ts';
import {randomId} from '../core/random.ts';
import {faultNames, faults, knownFault} from './faults.ts';
import {startSandbox, type Sandbox, type SandboxOptions} from './server.ts';
import {seedSandbox} from './seed.ts';

/** The embedded exchange as a part of the program: the first call starts it, and `storage` keeps its state. */
export function embeddedExchange({storage, clock, random, fault}: Omit<SandboxOptions, 'port'>) {
	let starting: Promise<Sandbox> | undefined;
	let running: Sandbox | undefined;
	let wanted = fault;

	async function begin(): Promise<Sandbox> {
		const sandbox = await startSandbox({storage, clock, random});
		// The fault may have changed during the start.
		sandbox.injection.set(wanted);
		running = sandbox;
		return sandbox;
	}

	return {
		/** The content of a new sandbox vault: the exchange's state, and its seeded main key as the only entry. */
		seed: (): {readonly sandbox: unknown; readonly keys: readonly StoredKey[]} => {
			const {state, main} = seedSandbox({clock, random});
			const now = clock();
			return {
				sandbox: state,
				keys: [
					{
						id: randomId(random),
						name: 'main',
						description: 'The main-account key that the sandbox comes with: it can make keys for sub-accounts.',
						type: 'api',
						environment: 'live',
						site: 'sandbox',
						account: {kind: 'main'},
						label: 'main',
						permissions: ['read', 'trade'],
						ip: ['127.0.0.1', '::1'],
						credential: main,
						status: 'active',
						tags: [],
						createdAt: now,
						updatedAt: now,
						lastUsedAt: null,
						lastTest: null,
						trashedAt: null,
					},
				],
			};
		},
		/** Its current URL. The first call starts it; after a failed start, the next call tries again. */
		start: async (): Promise<URL> => {
			starting ??= begin().catch((error: unknown) => {
				starting = undefined;
				throw error;
			});
			return (await starting).currentUrl();
		},
		pageToken: () => running?.pageToken,
		faults: {
			all: faultNames.map(name => ({name, about: faults[name]!.about})),
			current: () => wanted,
			set(name: string | undefined) {
				wanted = name === undefined ? undefined : knownFault(name);
				running?.injection.set(wanted);
			},
		},
		close: async (): Promise<void> => {
			const sandbox = await starting?.catch(() => undefined);
			await sandbox?.close();
		},
	};
}
