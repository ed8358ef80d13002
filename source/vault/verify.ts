import {isAppError, type AppError} from '../core/errors.ts';
import {withUnfinished} from '../core/key/operation.ts';
import {wipeContent} from './format/content.ts';
import {isReplaced, provenState, type OpenState} from './open-state.ts';
import type {VaultSession} from './session.ts';
import {parseSealed, verifyMac} from './format/seal.ts';
import type {EarlierSave} from './store/store.ts';

type Proof = {readonly rev: number; readonly keys: number; readonly bytes: number};

export type VerifyReport = {
	readonly file: Proof | {readonly problem: AppError};
	/** The newest first. A save from before a `rekey` is sealed with another key and cannot be proved. */
	readonly earlier: readonly ({readonly label: string; readonly savedAt: number} & (
		| Proof
		| {readonly problem: AppError}
		| {readonly isOtherKey: true}
	))[];
};

export function createVerify({
	path,
	store,
	queued,
	opened,
	holding,
	stateOf,
}: VaultSession): () => Promise<VerifyReport> {
	function proved(bytes: Buffer, dek: Buffer, name: string, known?: OpenState): Proof {
		if (known) stateOf(bytes, dek, {known});
		const {header, content} = provenState(bytes, dek, {name});
		wipeContent(content);
		return {rev: header.rev, keys: withUnfinished(content).length, bytes: bytes.length};
	}

	async function provedEarlier(
		{label, savedAt, read}: EarlierSave,
		dek: Buffer,
		{header}: OpenState,
	): Promise<VerifyReport['earlier'][number]> {
		try {
			const bytes = await read();
			const sealed = parseSealed(bytes, label);
			return {
				label,
				savedAt,
				...(!verifyMac(sealed, dek) && isReplaced(sealed.header, header)
					? {isOtherKey: true}
					: proved(bytes, dek, label)),
			};
		} catch (problem) {
			return {label, savedAt, problem: expected(problem)};
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
				for (const each of await store.earlier()) earlier.push(await provedEarlier(each, dek, state));
				return {file, earlier};
			});
		});
}

function expected(problem: unknown): AppError {
	if (isAppError(problem)) return problem;
	throw problem;
}
