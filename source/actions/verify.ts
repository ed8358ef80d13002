import {AppError} from '../core/errors.ts';
import type {Exit} from '../core/exit-status.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {VerifyReport} from '../vault/vault.ts';
import {breaksWords, readActivity} from './activity.ts';
import type {Context} from './context.ts';
import {t} from '../language/translate.ts';

export type SaveState = {
	readonly file: string;
	/** Null for the save in place. */
	readonly savedAt: number | null;
	/** Null where nothing can be proved. */
	readonly ok: boolean | null;
	readonly rev: number | null;
	readonly keys: number | null;
	readonly problem: string | null;
	readonly exit?: Exit;
};

export type Verification = {
	/** The save in place, then the earlier ones, the newest first. */
	readonly saves: readonly SaveState[];
	readonly failure: AppError | undefined;
	/** What is wrong with the record of activity. */
	readonly activity: string | undefined;
	/** The status of all saves together. */
	readonly exit: Exit;
};

export async function verifyVault({vault}: Context): Promise<Verification> {
	const {file, earlier} = await vault.verify();
	const saves = [stateOf(file, vault.path, null), ...earlier.map(found => stateOf(found, found.label, found.savedAt))];
	const activity = breaksWords(readActivity(vault.read()).breaks);
	const failed = saves.filter(({ok}) => ok === false);
	return {
		saves,
		failure: 'problem' in file ? failureOf(file.problem, vault.path) : undefined,
		activity,
		exit:
			activity !== undefined || failed.some(({exit}) => exit === 'damaged')
				? 'damaged'
				: failed.length === 0
					? 'ok'
					: 'unexpected',
	};
}

function stateOf(
	found: VerifyReport['file'] | VerifyReport['earlier'][number],
	file: string,
	savedAt: number | null,
): SaveState {
	const unproved = {file, savedAt, ok: null, rev: null, keys: null};
	if ('problem' in found) return {...unproved, ok: false, problem: found.problem.message, exit: found.problem.exit};
	if ('isOtherKey' in found)
		return {
			...unproved,
			problem: t`It is sealed with another key, as saves from before a rekey are; it cannot be proved.`,
		};
	return {file, savedAt, ok: true, rev: found.rev, keys: found.keys, problem: null};
}

function failureOf(problem: AppError, path: string): AppError {
	return problem.exit === 'damaged'
		? new AppError('vault-damaged', {
				path: sanitize(path),
				what: t`the save in place can no longer be verified`,
			})
		: problem;
}
