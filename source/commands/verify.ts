import {AppError} from '../core/errors.ts';
import type {Exit} from '../core/exit-status.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {formatMinute} from '../core/text/time.ts';
import type {VerifyReport} from '../vault/vault.ts';
import {defineCommand} from '../cli/command.ts';
import {flag} from '../cli/option.ts';
import {unlock, unlockAsGiven, unlockByOwner} from '../cli/unlock.ts';
import {jsonText, table} from '../cli/print.ts';

type VerifiedSave = VerifyReport['file'] | VerifyReport['earlier'][number];

/** What is known of a save; `ok` is null where nothing can be proved. */
function stateOf(found: VerifiedSave): {
	readonly ok: boolean | null;
	readonly rev: number | null;
	readonly keys: number | null;
	readonly problem: string | null;
	readonly exit?: Exit;
} {
	if ('problem' in found)
		return {ok: false, rev: null, keys: null, problem: found.problem.message, exit: found.problem.exit};
	if ('isOtherKey' in found)
		return {
			ok: null,
			rev: null,
			keys: null,
			problem: 'It is sealed with another key, as saves from before a rekey are; it cannot be proved.',
		};
	return {ok: true, rev: found.rev, keys: found.keys, problem: null};
}

export const verifyCommand = defineCommand({
	name: 'verify',
	summary: 'prove the vault and every earlier save that is kept of it',
	options: {
		acceptOlder: flag(
			'--accept-older',
			'open the vault although it is an older copy than this machine has seen, and take it as it is from now on',
		),
	},
	async run(session, {options: {acceptOlder}}) {
		const {
			context: {vault},
			io,
		} = session;
		if (!acceptOlder) {
			await unlock(session);
		} else if (!(await unlockAsGiven(session, {acceptOlder: true}))) {
			await unlockByOwner(session, {acceptOlder: true});
		}

		const report = await vault.verify();
		const all = [
			{file: vault.path, savedAt: null, ...stateOf(report.file)},
			...report.earlier.map(found => ({file: found.label, savedAt: found.savedAt, ...stateOf(found)})),
		];
		const failed = all.filter(({ok}) => ok === false);
		if (io.json) {
			io.out(jsonText(all.map(({rev, ...found}) => ({...found, exit: undefined, save: rev}))));
		} else {
			const words = {true: 'whole', false: 'DAMAGED', null: 'other key'};
			const wordOf = ({ok, exit}: Pick<(typeof all)[number], 'ok' | 'exit'>) =>
				exit === undefined || exit === 'damaged' ? words[`${ok}`] : 'NOT READ';
			io.out(
				table(
					['SAVE', 'KEYS', 'STATE', 'SAVED', 'FILE'],
					all.map(({file, savedAt, rev, keys, ...state}) => [
						String(rev ?? ''),
						String(keys ?? ''),
						wordOf(state),
						savedAt === null ? 'now in place' : formatMinute(savedAt),
						file,
					]),
					io.columns,
				),
			);
			for (const {problem} of failed) io.note(sanitize(problem!));
		}

		if ('problem' in report.file)
			throw report.file.problem.exit === 'damaged'
				? new AppError('vault-damaged', {
						path: sanitize(vault.path),
						what: 'what is in place does not prove whole any more',
					})
				: report.file.problem;
		if (failed.length === 0) return 'ok';
		return failed.some(({exit}) => exit === 'damaged') ? 'damaged' : 'unexpected';
	},
});
