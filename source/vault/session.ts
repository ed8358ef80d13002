import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {
	decodeContent,
	removedSecrets,
	encodeContent,
	reuseSecrets,
	wipeContent,
	type VaultContent,
} from './format/content.ts';
import type {VaultHeader, Slot} from './format/header.ts';
import {openSealed, parseSealed, seal} from './format/seal.ts';
import {isOlder, type SeenRevisions} from './rollback-guard.ts';
import type {Random} from '../core/random.ts';
import type {OpenedSlot} from './slots/slots.ts';
import type {SealedStore, WriteOptions} from './store/store.ts';

/** One save of a vault that was read or written here. `version` is empty when it is not known. */
export type OpenState = {
	readonly header: VaultHeader;
	readonly mac: string;
	readonly version: string;
	readonly content: VaultContent;
};

/** What a save is made of; what is left out stays as it is. */
export type Next = {
	readonly content?: VaultContent;
	readonly slots?: readonly Slot[];
	readonly dek?: Buffer;
	readonly routine?: boolean;
};

/** The newest save, its key for as long as the work on it lasts, and how to replace it. */
export type Work = {
	readonly dek: Buffer;
	readonly state: OpenState;
	readonly save: (next: Next) => Promise<void>;
};

/**
 * The open vault of a program: what holds its key, and the order of what is done with it. It knows the store and the
 * seal; what a person can do with a vault is built on it.
 */
export type VaultSession = ReturnType<typeof createVaultSession>;

/** `dek` is wiped by `lock`, so whoever works across an await takes a copy. */
type Session = {
	dek: Buffer;
	readonly slotId: string | undefined;
	state: OpenState;
	/** Secrets that the content has no more: somebody may still work with them. */
	readonly dropped: Secret[];
};

export function createVaultSession({
	store,
	random,
	seen,
}: {
	readonly store: SealedStore;
	readonly random: Random;
	readonly seen?: SeenRevisions | undefined;
}) {
	const path = store.name;
	const listeners = new Set<() => void>();
	let session: Session | undefined;
	/** Counts the locks, so that an unlock under way does not outlive one. */
	let locks = 0;
	let last: Promise<unknown> = Promise.resolve();

	/** One thing at a time, in the order asked for. */
	function queued<Result>(work: () => Promise<Result>): Promise<Result> {
		const next = last.then(work);
		last = next.catch(() => undefined);
		return next;
	}

	function opened(): Session {
		if (!session) throw new AppError('locked');
		return session;
	}

	/** A listener that fails must not make a save look failed: somebody would then undo it on the exchange. */
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

	/** Works with a key and wipes it, unless the work has made it the key of the open vault. */
	async function holding<Result>(dek: Buffer, work: (dek: Buffer) => Promise<Result>): Promise<Result> {
		try {
			return await work(dek);
		} finally {
			if (session?.dek !== dek) dek.fill(0);
		}
	}

	function forget(gone: Session): void {
		gone.dek.fill(0);
		// Not before the save that may be under way has sealed them.
		void queued(async () => {
			wipeContent(gone.state.content);
			for (const secret of gone.dropped) secret.wipe();
		});
	}

	function note({header: {vaultId, rev}, mac}: OpenState): void {
		seen?.note(path, vaultId, {rev, mac});
	}

	/** Makes it the open vault, unless the vault was locked since `before`. */
	function begin({dek, slotId}: OpenedSlot, state: OpenState, before: number): void {
		if (locks !== before) throw new AppError('locked');
		if (session) forget(session);
		session = {dek, slotId, state, dropped: []};
		note(state);
		notify();
	}

	/** Takes over what was read or written, unless the vault was locked meanwhile; true when it is news. */
	function adopt(to: Session, state: OpenState): boolean {
		const news = to.state.mac !== state.mac;
		if (state.content !== to.state.content) to.dropped.push(...removedSecrets(to.state.content, state.content));
		to.state = state;
		if (news && session === to) notify();
		return news;
	}

	/**
	 * Proves that bytes are a vault's with this key, and decodes them only when they are another save than the known
	 * one.
	 */
	function stateOf(
		bytes: Buffer,
		dek: Buffer,
		{
			version = '',
			known,
			name = path,
		}: {readonly version?: string; readonly known?: OpenState | undefined; readonly name?: string} = {},
	): OpenState {
		const sealed = parseSealed(bytes, name);
		const {header, mac} = sealed;
		if (known && isReplaced(header, known.header)) throw new AppError('vault-replaced', {path: sanitize(name)});
		const plain = openSealed(sealed, dek, name);
		try {
			// A save of ours that was put back is an older vault, however whole it is.
			if (known && isOlder({rev: header.rev, mac}, {rev: known.header.rev, mac: known.mac}))
				throw new AppError('vault-older', {path: sanitize(name), rev: header.rev, seen: known.header.rev});
			return {
				header,
				mac,
				version,
				content:
					mac === known?.mac
						? known.content
						: known
							? reuseSecrets(decodeContent(plain, name), known.content)
							: decodeContent(plain, name),
			};
		} finally {
			plain.fill(0);
		}
	}

	async function newest(dek: Buffer, known: OpenState): Promise<OpenState> {
		if (store.version() === null) throw new AppError('vault-vanished', {path: sanitize(path)});
		const {bytes, version} = await store.read();
		return stateOf(bytes, dek, {version, known});
	}

	/** The bytes of a save, and the save; they have been opened again, and hold what was meant. */
	function sealed(
		content: VaultContent,
		dek: Buffer,
		header: Pick<VaultHeader, 'vaultId' | 'rev' | 'slots'>,
	): {readonly bytes: Buffer; readonly state: OpenState} {
		const plain = encodeContent(content, path);
		try {
			const bytes = seal(plain, dek, header, random);
			const again = parseSealed(bytes, path);
			const opened = openSealed(again, dek, path);
			const isSame = opened.equals(plain);
			opened.fill(0);
			if (!isSame) throw notSaved('what was sealed does not open to the same');
			return {bytes, state: {header: again.header, mac: again.mac, version: '', content}};
		} finally {
			plain.fill(0);
		}
	}

	function notSaved(reason: string): AppError {
		return new AppError('not-saved', {path: sanitize(path), reason});
	}

	/** Seals and stores; what is stored has been opened again before the earlier file is touched. */
	async function save(
		content: VaultContent,
		dek: Buffer,
		header: Pick<VaultHeader, 'vaultId' | 'rev' | 'slots'>,
		expected: string | null,
		keep: (state: OpenState) => void,
		options?: WriteOptions,
	): Promise<string | undefined> {
		const {bytes, state} = sealed(content, dek, header);
		try {
			const {version, keptAs} = await store.write(bytes, expected, options);
			keep({...state, version});
			note(state);
			return keptAs;
		} catch (error) {
			// The file is in place all the same, so it is what we hold from here on.
			if (isAppError(error, 'saved-not-durable')) keep(state);
			throw error;
		}
	}

	/** Works on the newest save of the open vault under the lock that all programs share. */
	function exclusive<Result>(work: (on: Work) => Promise<Result>): Promise<Result> {
		return queued(async () => {
			opened();
			return store.exclusively(async () => {
				// Only now: it may have been locked while this waited.
				const to = opened();
				return holding(Buffer.from(to.dek), async dek => {
					const state = await newest(dek, to.state);
					adopt(to, state);
					return work({
						dek,
						state,
						save: async next => {
							const {vaultId, rev, slots} = state.header;
							const content = next.content ?? state.content;
							const noted = next.routine ? {...content, routine: rev + 1} : content;
							await save(
								noted,
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
								{passing: isRoutine(state)},
							);
						},
					});
				});
			});
		});
	}

	return {
		path,
		store,
		random,
		seen,
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
				const to = opened();
				if (store.version() === to.state.version) return false;
				return holding(Buffer.from(to.dek), async dek => adopt(to, await newest(dek, to.state)));
			}),
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}

/** Whether this save holds nothing that the one before it lacks but what tests have learnt. */
function isRoutine({header, content}: OpenState): boolean {
	return content.routine === header.rev;
}

/** Whether it is another vault, or this one sealed with a new key: then no slot is left. */
export function isReplaced(header: VaultHeader, known: VaultHeader): boolean {
	return header.vaultId !== known.vaultId || !header.slots.some(({id}) => known.slots.some(slot => slot.id === id));
}
