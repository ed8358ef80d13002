import {isAppError, type AppError} from '../core/errors.ts';
import {withUnfinished} from '../core/operation.ts';
import {wipeContent} from './format/content.ts';
import {isReplaced, type VaultSession, type OpenState} from './session.ts';
import {parseSealed, verifyMac} from './format/seal.ts';
import type {EarlierSave} from './store/store.ts';

type Proof = {readonly rev: number; readonly keys: number; readonly bytes: number};

/** What `verify` found. */
export type VerifyReport = {
	readonly file: Proof | {readonly problem: AppError};
	/** The newest first. One that is sealed with another key of the vault, from before a `rekey`, cannot be proved. */
	readonly earlier: readonly ({readonly file: string; readonly savedAt: number} & (
		| Proof
		| {readonly problem: AppError}
		| {readonly isOtherKey: true}
	))[];
};

/** Reads and proves the file of the open vault and all earlier saves that are kept. */
export function createVerify({
	path,
	store,
	queued,
	opened,
	holding,
	stateOf,
}: VaultSession): () => Promise<VerifyReport> {
	function proved(bytes: Buffer, dek: Buffer, name: string, known?: OpenState): Proof {
		// Proved as the next save of the known one, and then decoded anew.
		if (known) stateOf(bytes, dek, {known});
		const {header, content} = stateOf(bytes, dek, {name});
		wipeContent(content);
		return {rev: header.rev, keys: withUnfinished(content).length, bytes: bytes.length};
	}

	async function provedEarlier(
		{file, savedAt, read}: EarlierSave,
		dek: Buffer,
		{header}: OpenState,
	): Promise<VerifyReport['earlier'][number]> {
		try {
			const bytes = read();
			const sealed = parseSealed(bytes, file);
			return {
				file,
				savedAt,
				...(!verifyMac(sealed, dek) && isReplaced(sealed.header, header)
					? {isOtherKey: true}
					: proved(bytes, dek, file)),
			};
		} catch (problem) {
			return {file, savedAt, problem: expected(problem)};
		}
	}

	return () =>
		queued(async () => {
			const {dek, state} = opened();
			return holding(Buffer.from(dek), async dek => {
				const file = await store
					.read()
					.then(({bytes}) => proved(bytes, dek, path, state))
					.catch((problem: unknown) => ({problem: expected(problem)}));
				const earlier = [];
				for (const each of store.earlier()) earlier.push(await provedEarlier(each, dek, state));
				return {file, earlier};
			});
		});
}

function expected(problem: unknown): AppError {
	if (isAppError(problem)) return problem;
	throw problem;
}
