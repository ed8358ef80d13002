import {freemem} from 'node:os';
import {resolve} from 'node:path';
import type {Secret} from '../core/secret.ts';
import type {StoredKey} from '../core/key.ts';
import {clean} from '../core/text.ts';
import {AppError, isAppError} from '../errors.ts';
import {toBase64} from './base64.ts';
import {decodeContent, encodeContent} from './content.ts';
import {largest} from './envelope.ts';
import {fileAt, type Stored} from './file.ts';
import {affordable, lengths, type Cost, type Header} from './header.ts';
import {printRecoveryKey} from './recovery-key.ts';
import {open, parse, seal} from './seal.ts';
import {defaultCost, openSlots, passphraseSlot, recoverySlot, type Opener, type Random} from './slots.ts';

/** What a vault holds once it is open. */
export type VaultContent = {
	/** Every key, those in the trash included. */
	readonly keys: readonly StoredKey[];
	/** The embedded exchange's own state (sandbox vaults only): JSON that the vault keeps and does not look into. */
	readonly sandbox?: unknown;
};

export type {Opener};

/**
 * One sealed file and, while it is open, the only holder of its key in memory.
 * Every method may throw the AppErrors of errors.ts under "The vault".
 */
export interface Vault {
	readonly path: string;
	/** Whether the file is there. Reads the disk. */
	exists(): boolean;
	isOpen(): boolean;
	/** Makes the file and opens it; refuses to touch one that is there. Gives the recovery key, which is never shown again. Costs one KDF (about 0.5 s). */
	create(passphrase: Secret, content: VaultContent): Promise<{readonly recoveryKey: Secret}>;
	/** Costs one KDF for a passphrase. Wrong: throws `wrong-passphrase` or `wrong-recovery-key`, and nothing is written. */
	unlock(opener: Opener): Promise<void>;
	/** Forgets key and content. Idempotent. A save under way is finished; whatever waits behind it throws `locked`. */
	lock(): void;
	/** The content as last read or written here; throws `locked`. The same object until something changes. */
	read(): VaultContent;
	/** Reads the file again if another program has saved it since; true when something changed. */
	refresh(): Promise<boolean>;
	/**
	 * Changes the content under a lock that all programs share: takes the lock, reads the newest file, gives its content
	 * to `change`, saves what it returns, and resolves once that is on the disk. `change` may be called on a content
	 * newer than `read()` gave, so it must look up what it changes by id; when it throws, nothing is written.
	 * When it returns the same object, nothing is written either.
	 */
	change(change: (content: VaultContent) => VaultContent): Promise<VaultContent>;
	/** Calls `listener` after each change, lock and unlock; gives a function that ends it. */
	subscribe(listener: () => void): () => void;
}

export type VaultOptions = {
	/** Any file name; what belongs to the vault lies beside it: its lock and `backups/`. */
	readonly path: string;
	/** ms since 1970. */
	readonly clock: () => number;
	readonly random: Random;
	/** What a new passphrase slot costs; chosen by the free memory without it. */
	readonly kdf?: Cost;
	/** Bytes; the machine is asked without it. */
	readonly freeMemory?: () => number;
	/** How long a change waits for another program's, in ms; 5 s without it. */
	readonly lockWaitMs?: number;
};

/** What is known of the file: the newest save that was read or written here. */
type State = {readonly header: Header; readonly mac: string; readonly version: string; readonly content: VaultContent};
/** An open vault. `dek` is wiped by `lock`, so whoever works across an await takes a copy. */
type Session = {readonly dek: Buffer; state: State};

export function vaultAt(options: VaultOptions): Vault {
	const {random, kdf, freeMemory = freemem, clock, lockWaitMs = 5000} = options;
	const path = resolve(options.path);
	const store = fileAt({path, clock, lockWaitMs});
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

	function begin(dek: Buffer, state: State): void {
		session?.dek.fill(0);
		session = {dek, state};
		notify();
	}

	/** Takes over what was read or written, unless the vault was locked meanwhile; true when it is news. */
	function adopt(to: Session, state: State): boolean {
		const news = to.state.mac !== state.mac;
		to.state = state;
		if (news && session === to) notify();
		return news;
	}

	/** Proves that a file is a later state of this vault, and decodes it only when it is another save than the known one. */
	function stateOf({bytes, version}: Stored, dek: Buffer, known?: State): State {
		const sealed = parse(bytes, path);
		if (known && sealed.header.vaultId !== known.header.vaultId) throw new AppError('vault-replaced', {path: clean(path)});
		const plain = open(sealed, dek, path);
		try {
			return {header: sealed.header, mac: sealed.mac, version, content: sealed.mac === known?.mac ? known.content : decodeContent(plain, path)};
		} finally {
			plain.fill(0);
		}
	}

	async function newest(dek: Buffer, known: State): Promise<State> {
		if (store.version() === null) throw new AppError('vault-vanished', {path: clean(path)});
		return stateOf(await store.read(), dek, known);
	}

	/** Seals and stores; what is stored has been opened and decoded again before the earlier file is touched. */
	async function save(content: VaultContent, dek: Buffer, header: Pick<Header, 'vaultId' | 'rev' | 'slots'>, expected: string | null, keep: (state: State) => void): Promise<void> {
		const plain = encodeContent(content);
		const bytes = seal(plain, dek, header, random);
		plain.fill(0);
		if (bytes.length > largest) throw new AppError('not-saved', {path: clean(path), reason: 'it would be larger than any vault may be'});
		const state = stateOf({bytes, version: ''}, dek);
		try {
			keep({...state, content, version: await store.write(bytes, expected)});
		} catch (error) {
			// The file is in place all the same, so it is what we hold from here on.
			if (isAppError(error, 'saved-not-durable')) keep({...state, content, version: ''});
			throw error;
		}
	}

	return {
		path,
		exists: () => store.version() !== null,
		isOpen: () => session !== undefined,

		create: (passphrase, content) => queued(async () => {
			const cost = kdf ?? defaultCost(freeMemory());
			if (!affordable(cost)) throw new TypeError('A vault made with this cost could not be opened again.');
			if (store.version() !== null) throw new AppError('vault-exists', {path: clean(path)});
			const before = locks;
			return holding(secretBytes(random), async dek => {
				const vaultId = toBase64(random(lengths.vaultId));
				const recovery = secretBytes(random);
				const slots = [await passphraseSlot(passphrase, dek, vaultId, cost, random), recoverySlot(recovery, dek, vaultId, random)];
				const recoveryKey = printRecoveryKey(recovery);
				recovery.fill(0);
				store.prepare();
				await store.exclusively(() => save(content, dek, {vaultId, rev: 1, slots}, null, state => {
					if (locks === before) begin(dek, state);
				}));
				return {recoveryKey};
			});
		}),

		unlock: opener => queued(async () => {
			const before = locks;
			const stored = await store.read();
			await holding(await openSlots(parse(stored.bytes, path).header, opener), async dek => {
				const state = stateOf(stored, dek);
				if (locks !== before) throw new AppError('locked');
				begin(dek, state);
			});
			store.sweep();
		}),

		lock() {
			locks++;
			if (!session) return;
			session.dek.fill(0);
			session = undefined;
			notify();
		},

		read: () => opened().state.content,

		refresh: () => queued(async () => {
			const to = opened();
			if (store.version() === to.state.version) return false;
			return holding(Buffer.from(to.dek), async dek => adopt(to, await newest(dek, to.state)));
		}),

		change: change => queued(async () => {
			opened();
			return store.exclusively(async () => {
				// Only now: it may have been locked while this waited.
				const to = opened();
				return holding(Buffer.from(to.dek), async dek => {
					const state = await newest(dek, to.state);
					adopt(to, state);
					const content = change(state.content);
					if (content !== state.content) await save(content, dek, {...state.header, rev: state.header.rev + 1}, state.version, saved => void adopt(to, saved));
					return content;
				});
			});
		}),

		subscribe(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}

/** 32 random bytes, and no copy of them that wiping would miss. */
function secretBytes(random: Random): Buffer {
	const bytes = random(lengths.key);
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
