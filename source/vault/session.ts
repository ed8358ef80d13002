import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {removedSecrets, wipeContent, type VaultContent} from './format/content.ts';
import type {EncodedContent} from './format/encode.ts';
import type {Slot} from './format/header.ts';
import type {Sealed} from './format/seal.ts';
import type {SeenRevisions} from './rollback-guard.ts';
import {
	isRoutine,
	provenState,
	sealedState,
	type KeyedState,
	type NextHeader,
	type OpenState,
	type ProveOptions,
} from './open-state.ts';
import type {Random} from '../core/random.ts';
import type {OpenedSlot} from './slots/slots.ts';
import type {SealedStore, WriteOptions} from './store/store.ts';
import type {ActivityNote, Recorder} from './activity/log.ts';

export type NextState = {
	readonly content?: VaultContent;
	readonly slots?: readonly Slot[];
	readonly dek?: Buffer;
	readonly routine?: boolean;
	readonly activity?: ActivityNote | undefined;
};

export type Work = KeyedState & {
	/** Gives the content as it was saved. */
	readonly save: (next: NextState) => Promise<VaultContent>;
};

/** Holds the key of the open vault and orders the work on it. Every operation on a vault builds on it. */
export type VaultSession = ReturnType<typeof createVaultSession>;

/** `lock` wipes `dek`, so work that goes on across an await takes a copy. */
type OpenSession = {
	dek: Buffer;
	readonly slotId: string | undefined;
	state: OpenState;
	/** Secrets that the content no longer has; work in progress may still use them. */
	readonly dropped: Secret[];
};

export function createVaultSession({
	store,
	random,
	seen,
	record,
}: {
	readonly store: SealedStore;
	readonly random: Random;
	readonly record: Recorder;
	readonly seen?: SeenRevisions | undefined;
}) {
	const path = store.description;
	const listeners = new Set<() => void>();
	let session: OpenSession | undefined;
	let locks = 0;
	let last: Promise<unknown> = Promise.resolve();

	function queued<Result>(work: () => Promise<Result>): Promise<Result> {
		const next = last.then(work);
		last = next.catch(() => undefined);
		return next;
	}

	function opened(): OpenSession {
		if (!session) throw new AppError('locked');
		return session;
	}

	/** A failing listener must not make a save look failed: the change would then be undone on the exchange. */
	function notify(): void {
		for (const listener of listeners) {
			try {
				listener();
			} catch (error) {
				queueMicrotask(() => {
					throw error;
				});
			}
		}
	}

	async function holding<Result>(dek: Buffer, work: (dek: Buffer) => Promise<Result>): Promise<Result> {
		try {
			return await work(dek);
		} finally {
			if (session?.dek !== dek) dek.fill(0);
		}
	}

	function forget(gone: OpenSession): void {
		gone.dek.fill(0);
		// Queued, because a save in progress has yet to seal them.
		void queued(async () => {
			wipeContent(gone.state.content);
			for (const secret of gone.dropped) secret.wipe();
		});
	}

	function note({header: {vaultId, rev}, mac}: OpenState): void {
		seen?.note(store.id, vaultId, {rev, mac});
	}

	function begin({dek, slotId}: OpenedSlot, state: OpenState, before: number): void {
		if (locks !== before) throw new AppError('locked');
		if (session) forget(session);
		session = {dek, slotId, state, dropped: []};
		note(state);
		notify();
	}

	function adopt(to: OpenSession, state: OpenState): boolean {
		const isNew = to.state.mac !== state.mac;
		if (state.content !== to.state.content) to.dropped.push(...removedSecrets(to.state.content, state.content));
		to.state = state;
		if (isNew && session === to) notify();
		return isNew;
	}

	function stateOf(
		file: Buffer | Sealed,
		dek: Buffer,
		options: Pick<ProveOptions, 'version' | 'known' | 'onKnown'> = {},
	): OpenState {
		return provenState(file, dek, {name: path, ...options});
	}

	async function newest(dek: Buffer, known: OpenState, onKnown?: ProveOptions['onKnown']): Promise<OpenState> {
		if ((await store.version()) === null) throw new AppError('vault-vanished', {path: sanitize(path)});
		const {bytes, version} = await store.read();
		return stateOf(bytes, dek, {version, known, onKnown});
	}

	async function save(
		content: VaultContent,
		dek: Buffer,
		header: NextHeader,
		expected: string | null,
		keep: (state: OpenState) => void,
		{earlier, ...options}: WriteOptions & {readonly earlier?: EncodedContent | undefined} = {},
	): Promise<string | undefined> {
		const {bytes, state} = sealedState(content, dek, header, {name: path, random, largest: store.largest, earlier});
		try {
			const {version, keptAs} = await store.write(bytes, expected, options);
			keep({...state, version});
			note(state);
			return keptAs;
		} catch (error) {
			// The save is in place despite the failure.
			if (isAppError(error, 'saved-not-durable')) keep(state);
			throw error;
		}
	}

	function exclusive<Result>(work: (on: Work) => Promise<Result>): Promise<Result> {
		return queued(async () => {
			opened();
			return store.exclusively(async () => {
				// The vault may have been locked while this waited.
				const to = opened();
				return holding(Buffer.from(to.dek), async dek => {
					let earlier: EncodedContent | undefined;
					try {
						const state = await newest(dek, to.state, known => {
							earlier = known;
						});
						adopt(to, state);
						return await work({dek, state, save: async next => saveNext(next, to, {dek, state}, earlier)});
					} finally {
						earlier?.bytes.fill(0);
					}
				});
			});
		});
	}

	async function saveNext(
		next: NextState,
		to: OpenSession,
		{dek, state}: KeyedState,
		earlier: EncodedContent | undefined,
	): Promise<VaultContent> {
		const {vaultId, rev, slots} = state.header;
		const recorded = record(next.content ?? state.content, {
			rev: rev + 1,
			before: {rev, content: state.content},
			note: next.activity,
		});
		const content = next.routine ? {...recorded, routine: rev + 1} : recorded;
		await save(
			content,
			next.dek ?? dek,
			{vaultId, rev: rev + 1, slots: next.slots ?? slots},
			state.version,
			saved => {
				if (next.dek && session === to) {
					to.dek.fill(0);
					to.dek = Buffer.from(next.dek);
				}

				adopt(to, saved);
			},
			{replacesRoutine: isRoutine(state), earlier},
		);
		return content;
	}

	return {
		path,
		store,
		random,
		seen,
		record,
		queued,
		opened,
		holding,
		begin,
		stateOf,
		save,
		exclusive,
		locks: () => locks,
		isOpen: () => session !== undefined,
		lock() {
			locks++;
			if (!session) return;
			forget(session);
			session = undefined;
			notify();
		},
		refresh: () =>
			queued(async () => {
				opened();
				const version = await store.version();
				const to = opened();
				if (version === to.state.version) return false;
				return holding(Buffer.from(to.dek), async dek => adopt(to, await newest(dek, to.state)));
			}),
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}
