import {dirname, join, resolve} from 'node:path';
import {sanitize} from '../core/text/sanitize.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {wipeContent, type VaultContent} from './format/content.ts';
import {isReplaced, type VaultSession, type OpenState} from './session.ts';
import {readCopy} from './store/file-guard.ts';
import {writeNewFile} from './store/new-file.ts';
import {parseSealed} from './format/seal.ts';
import {openSlots, type UnlockMethod} from './slots/slots.ts';

/** An opened backup or earlier save. */
export type OpenedBackup = {
	/** Its path. */
	readonly file: string;
	readonly rev: number;
	/** When it was written, by the file's own time: ms since 1970. */
	readonly savedAt: number;
	readonly content: VaultContent;
	/** What lies at the vault's place now: its content when the same key opens it, or why it cannot be compared. */
	readonly present: {readonly rev: number; readonly content: VaultContent} | {readonly problem: AppError};
	/**
	 * Whether the copy may take its place: a vault that this program does not understand or may not touch is not
	 * replaced.
	 */
	readonly isReplaceable: boolean;
	/**
	 * Whether what has opened the copy will open the vault once it is restored: not where later slots stay, and it
	 * opens none of them.
	 */
	readonly opensAfter: boolean;
	/** Whether it is a copy of another vault than the one in place, as far as that can be told. */
	readonly isOther: boolean;
	/**
	 * Puts its content in the vault's place and leaves that open; once. Where the same vault is in place and opens
	 * too, key and slots of the
	 * later of the two stay, so that no old passphrase comes back, and it becomes the newest of the earlier saves.
	 * Anything else is put aside
	 * at the path given back. Throws `restore-conflict`, the problem of a present vault that may not be replaced, and what
	 * `change` throws.
	 */
	restore(): Promise<{readonly keptAs?: string}>;
	/** Wipes its key, and its secrets unless it was restored. Idempotent. */
	dispose(): void;
};

/** Backups and earlier saves of a vault. */
export interface Recovery {
	/**
	 * Copies the newest save, proved whole, into a new file of mode 0600, and resolves once it is on the disk. Throws
	 * `file-exists` or `file-not-written`.
	 */
	backup(file: string): Promise<{readonly rev: number}>;
	/**
	 * Opens a backup file, or without a name the newest of the earlier saves that opens. Changes nothing; the open
	 * vault, if it is open, stays as it is. Throws `file-unreadable`, `no-usable-backup` and what `unlock` throws.
	 */
	openBackup(opener: UnlockMethod, file?: string): Promise<OpenedBackup>;
	/** The earlier saves that are kept, the newest first; needs no key. */
	earlier(): readonly {readonly file: string; readonly savedAt: number}[];
}

type Kept = {readonly file: string; readonly savedAt: number; readonly bytes: Buffer};
/** A state with the key that opened it. */
type Opened = {readonly dek: Buffer; readonly state: OpenState};
type Present = {readonly version: string | null} & (Opened | {readonly problem: AppError; readonly isOther: boolean});

/** Backups and earlier saves: to make, to look into and to bring back. */
export function createRestore(engine: VaultSession): Recovery {
	const {path, store, queued, opened, holding, stateOf, refresh} = engine;

	/**
	 * The key of the vault in place, if this opens it: earlier saves from before a new passphrase have the same one.
	 */
	async function keyInPlace(opener: UnlockMethod): Promise<Buffer | undefined> {
		try {
			const {bytes} = await store.read();
			return (await openSlots(parseSealed(bytes, path).header, opener)).dek;
		} catch (error) {
			if (isAppError(error)) return undefined;
			throw error;
		}
	}

	/** Undefined when it is damaged or sealed with another key, which only its slots can tell. */
	function openWith(keyThere: Buffer | undefined, {bytes, file}: Kept): Opened | undefined {
		if (!keyThere) return undefined;
		const dek = Buffer.from(keyThere);
		try {
			return provedWith(dek, () => stateOf(bytes, dek, {name: file}));
		} catch (error) {
			if (isAppError(error, 'vault-damaged')) return undefined;
			throw error;
		}
	}

	async function openKept(kept: Kept, opener: UnlockMethod, keyThere: Buffer | undefined): Promise<Opened> {
		const {bytes, file} = kept;
		const opened = openWith(keyThere, kept);
		if (opened) return opened;
		const {dek} = await openSlots(parseSealed(bytes, file).header, opener);
		return provedWith(dek, () => stateOf(bytes, dek, {name: file}));
	}

	/** A file that a person has named. */
	async function openNamed(
		kept: Kept,
		opener: UnlockMethod,
		keyThere: Buffer | undefined,
	): Promise<{readonly kept: Kept} & Opened> {
		try {
			return {kept, ...(await openKept(kept, opener, keyThere))};
		} catch (error) {
			throw isAppError(error, 'not-a-vault')
				? new AppError('not-a-vault', {...error.details, isCopy: true}, {cause: error})
				: error;
		}
	}

	/** The newest earlier save that opens. A refusal is told only when none does. */
	async function newestKept(
		opener: UnlockMethod,
		keyThere: Buffer | undefined,
	): Promise<{readonly kept: Kept} & Opened> {
		let refusal: AppError | undefined;
		// Slots that this did not open once are not worth another KDF.
		const refused = new Set<string>();
		let kept = 0;
		for (const {file, savedAt, read} of store.earlier()) {
			kept++;
			let slots = '';
			try {
				const kept = {file, savedAt, bytes: read()};
				slots = JSON.stringify(parseSealed(kept.bytes, file).header.slots);
				const opened = refused.has(slots) ? openWith(keyThere, kept) : await openKept(kept, opener, keyThere);
				if (opened) return {kept, ...opened};
			} catch (error) {
				if (!isAppError(error)) throw error;
				if (error.exit !== 'locked') continue;
				refused.add(slots);
				refusal ??= error;
			}
		}

		throw refusal ?? new AppError('no-usable-backup', {path: sanitize(path), kept});
	}

	/** What lies in the vault's place, opened with the key of a copy or else with what opened the copy. */
	async function presentFor(copy: Opened, opener: UnlockMethod): Promise<Present> {
		const version = store.version();
		let header;
		try {
			const {bytes} = await store.read();
			({header} = parseSealed(bytes, path));
			const isOther = header.vaultId !== copy.state.header.vaultId;
			if (!isOther && !isReplaced(header, copy.state.header)) {
				const dek = Buffer.from(copy.dek);
				return {version, ...provedWith(dek, () => stateOf(bytes, dek))};
			}

			const {dek} = await openSlots(header, opener);
			return {version, ...provedWith(dek, () => stateOf(bytes, dek))};
		} catch (problem) {
			if (!isAppError(problem)) throw problem;
			return {version, problem, isOther: header !== undefined && header.vaultId !== copy.state.header.vaultId};
		}
	}

	/**
	 * What takes the vault's place: the content of the copy, and key and slots of whichever is the later save of one
	 * vault, so that neither an old passphrase nor an old key comes back. What was seen here must not count as newer;
	 * what a present file claims that cannot be opened counts for nothing.
	 */
	function nextOf({dek, state}: Opened, present: Present) {
		const {vaultId, rev} = state.header;
		const seen = engine.seen?.of(path, vaultId)?.rev ?? 0;
		if (!('state' in present) || present.state.header.vaultId !== vaultId)
			return {
				dek: Buffer.from(dek),
				content: state.content,
				header: {...state.header, rev: Math.max(rev, seen) + 1},
				aside: true,
			};
		const later = keepsSlots({dek, state}, present) ? present : {dek, state};
		return {
			dek: Buffer.from(later.dek),
			content: {...state.content, slots: later.state.content.slots},
			header: {...later.state.header, rev: Math.max(rev, present.state.header.rev, seen) + 1},
			aside: false,
		};
	}

	/** Puts a copy in the vault's place and opens it there. */
	function bring(copy: Opened, present: Present): Promise<{readonly keptAs?: string}> {
		const {dek, content, header, aside} = nextOf(copy, present);
		return queued(async () =>
			holding(dek, async dek => {
				const before = engine.locks();
				store.ensureDirectory();
				return store.exclusively(async () => {
					if (store.version() !== present.version) throw new AppError('restore-conflict', {path: sanitize(path)});
					const keptAs = await engine.save(
						content,
						dek,
						header,
						present.version,
						saved => {
							engine.begin({dek}, saved, before);
						},
						{aside},
					);
					if ('state' in present ? aside : present.isOther) store.archive();
					return keptAs === undefined ? {} : {keptAs};
				});
			}),
		);
	}

	/** Whether what is in place is a later save of the same vault. */
	function keepsSlots({state: {header}}: Opened, present: Present): present is Present & Opened {
		return (
			'state' in present && present.state.header.vaultId === header.vaultId && present.state.header.rev >= header.rev
		);
	}

	return {
		earlier: () => store.earlier().map(({file, savedAt}) => ({file, savedAt})),

		async backup(file) {
			await refresh();
			return queued(async () => {
				const {dek, state} = opened();
				return holding(Buffer.from(dek), async dek => {
					const {bytes} = await store.read();
					const {
						header: {rev},
					} = stateOf(bytes, dek, {known: state});
					const target = resolve(file);
					// Its numbers are counted on from.
					if (dirname(target) === join(dirname(path), 'backups'))
						throw new AppError('invalid', {
							problem: 'The folder backups is for the saves that the program itself keeps.',
							fix: 'Choose another place, best on another disk.',
						});
					writeNewFile(target, bytes);
					return {rev};
				});
			});
		},

		async openBackup(opener, file) {
			const kept = file === undefined ? undefined : readCopy(resolve(file));
			const keyThere = await keyInPlace(opener);
			const copy = await (kept ? openNamed(kept, opener, keyThere) : newestKept(opener, keyThere)).finally(() =>
				keyThere?.fill(0),
			);
			const present = await presentFor(copy, opener);
			const {state} = copy;
			let isOver = false;
			const isReplaceable = !('problem' in present) || replaceable.has(present.problem.code);
			return {
				file: copy.kept.file,
				savedAt: copy.kept.savedAt,
				rev: state.header.rev,
				content: state.content,
				present:
					'state' in present
						? {rev: present.state.header.rev, content: present.state.content}
						: {problem: present.problem},
				isReplaceable,
				opensAfter: keyThere !== undefined || !keepsSlots(copy, present),
				isOther: 'state' in present ? present.state.header.vaultId !== state.header.vaultId : present.isOther,
				async restore() {
					if (isOver) throw new AppError('locked');
					if (!isReplaceable && 'problem' in present) throw present.problem;
					isOver = true;
					const bringing = bring(copy, present);
					wipeKeys();
					return bringing;
				},
				dispose() {
					wipeKeys();
					// Once it has been restored it is the vault's.
					if (isOver) return;
					isOver = true;
					wipeContent(state.content);
					if ('state' in present) wipeContent(present.state.content);
				},
			} satisfies OpenedBackup;

			function wipeKeys(): void {
				copy.dek.fill(0);
				if ('dek' in present) present.dek.fill(0);
			}
		},
	};
}

/** Why the present vault could not be compared, where a copy may take its place all the same. */
const replaceable: ReadonlySet<string> = new Set([
	'vault-missing',
	'vault-damaged',
	'not-a-vault',
	'wrong-passphrase',
	'wrong-recovery-key',
	'wrong-key-file',
	'ssh-agent',
	'wrong-vault-key',
]);

/** A key with the state it proves; wiped when it proves none. */
function provedWith(dek: Buffer, stateOf: () => OpenState): Opened {
	try {
		return {dek, state: stateOf()};
	} catch (error) {
		dek.fill(0);
		throw error;
	}
}
