import type {StoredKey} from '../core/key.ts';
import {randomId} from '../core/random.ts';
import {faultNames, faults, knownFault} from './faults.ts';
import {startSandbox, type Sandbox, type SandboxOptions} from './server.ts';
import {seedSandbox} from './state.ts';

/** The embedded exchange as a part of the program: started by the first call to it, its state kept by `storage`. */
export function embeddedExchange({storage, clock, random, fault}: Omit<SandboxOptions, 'port'>) {
	let starting: Promise<Sandbox> | undefined;
	let running: Sandbox | undefined;
	let wanted = fault;

	async function begin(): Promise<Sandbox> {
		const sandbox = await startSandbox({storage, clock, random});
		// As it is wanted by now; whoever wants something else later tells the running one.
		sandbox.rehearsal.set(wanted);
		running = sandbox;
		return sandbox;
	}

	return {
		/** What a new sandbox vault begins with: the exchange's state, and its seeded main key as the one entry. */
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
		/** Where it lies now; it is started by the first question, and anew where that has failed. */
		start: async (): Promise<URL> => {
			starting ??= begin().catch((error: unknown) => {
				starting = undefined;
				throw error;
			});
			return (await starting).place();
		},
		/** What its page must be shown; undefined until it runs. */
		pageToken: () => running?.pageToken,
		/** How it is told to fail. */
		faults: {
			all: faultNames.map(name => ({name, about: faults[name]!.about})),
			current: () => wanted,
			set(name: string | undefined) {
				wanted = name === undefined ? undefined : knownFault(name);
				running?.rehearsal.set(wanted);
			},
		},
		close: async (): Promise<void> => {
			const sandbox = await starting?.catch(() => undefined);
			await sandbox?.close();
		},
	};
}
