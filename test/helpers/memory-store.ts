import {setTimeout as sleep} from 'node:timers/promises';
import {AppError} from '../../source/core/errors.ts';
import type {SealedStore} from '../../source/vault/store/store.ts';

/** A store that several programs share. */
export type SharedStore = {
	/** As when it is deleted. */
	readonly vanish: () => void;
	/** A program's own access to it. */
	readonly open: () => SealedStore;
};

/** Sealed bytes without a disk: the least that a vault can live on. `overwrite` puts any bytes there, past the lock. */
export function sharedMemory(lockWaitMs: number): SharedStore & {readonly overwrite: (bytes: Buffer) => void} {
	const name = 'memory';
	let present: {readonly bytes: Buffer; readonly version: string; readonly savedAt: number} | undefined;
	let earlier: {
		readonly bytes: Buffer;
		readonly version: string;
		readonly savedAt: number;
		readonly isRoutine: boolean;
	}[] = [];
	let writes = 0;
	const holders = new Set<string>();

	return {
		vanish() {
			present = undefined;
		},
		overwrite(bytes) {
			present = {bytes, version: `${++writes}`, savedAt: Date.now()};
		},
		open: () => ({
			id: name,
			description: name,
			largest: 1024 * 1024,
			version: async () => present?.version ?? null,
			async read() {
				if (!present) throw new AppError('vault-missing', {path: name});
				return {bytes: Buffer.from(present.bytes), version: present.version};
			},
			async write(bytes, expected, {aside = false, replacesRoutine = false} = {}) {
				if (expected === null && present) throw new AppError('vault-exists', {path: name});
				if (expected !== null && !present) throw new AppError('vault-vanished', {path: name});
				if (expected !== null && present?.version !== expected)
					throw new AppError('not-saved', {
						path: name,
						reason: 'another program wrote to it without asking for its lock',
					});
				const before = present;
				if (before && !aside)
					earlier = [
						{...before, isRoutine: replacesRoutine},
						...earlier.filter(({isRoutine}) => !(replacesRoutine && isRoutine)),
					];
				present = {bytes: Buffer.from(bytes), version: `${++writes}`, savedAt: Date.now()};
				return {version: present.version, ...(before && aside && {keptAs: `${name} ${before.version}`})};
			},
			async exclusively(work) {
				const end = performance.now() + lockWaitMs;
				while (holders.size > 0) {
					if (performance.now() > end) throw new AppError('vault-busy', {path: name});
					await sleep(1);
				}

				holders.add(name);
				try {
					return await work();
				} finally {
					holders.clear();
				}
			},
			async preload() {},
			async initialize() {},
			async cleanUp() {},
			checkBackupTarget() {},
			async archive() {
				earlier = [];
			},
			earlier: async () =>
				earlier.map(({bytes, version, savedAt}) => ({
					id: version,
					label: `${name} ${version}`,
					savedAt,
					read: async () => Buffer.from(bytes),
				})),
		}),
	};
}
