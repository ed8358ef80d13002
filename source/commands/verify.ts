import {verifyVault, type SaveState} from '../actions/verify.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {formatMinute} from '../core/text/time.ts';
import {defineCommand} from '../cli/command.ts';
import {flag} from '../cli/option.ts';
import {unlock, unlockAsGiven, unlockByOwner} from '../cli/unlock.ts';
import {jsonText, table} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

export const verifyCommand = defineCommand({
	name: 'verify',
	summary: msg`verify the vault and every earlier save that is kept`,
	examples: [msg`okx-keys verify`, msg`okx-keys verify --json`],
	options: {
		acceptOlder: flag('--accept-older', msg`accept a vault that is older than the newest save this machine has seen`),
	},
	async run(session, {options: {acceptOlder}}) {
		const {context, io} = session;
		if (!acceptOlder) {
			await unlock(session);
		} else if (!(await unlockAsGiven(session, {acceptOlder: true}))) {
			await unlockByOwner(session, {acceptOlder: true});
		}

		const {saves, failure, activity, exit} = await verifyVault(context);
		if (io.json) {
			io.out(
				jsonText(
					saves.map(({file, savedAt, ok, keys, problem, rev: save}) => ({file, savedAt, ok, keys, problem, save})),
				),
			);
		} else {
			io.out(
				table(
					[t`SAVE`, t`KEYS`, t`STATE`, t`SAVED`, t`FILE`],
					saves.map(save => [
						String(save.rev ?? ''),
						String(save.keys ?? ''),
						stateWord(save),
						save.savedAt === null ? t`now in place` : formatMinute(save.savedAt),
						save.file,
					]),
					io.columns,
				),
			);
			for (const {ok, problem} of saves) if (ok === false) io.note(sanitize(problem ?? ''));
		}

		if (activity !== undefined) io.note(`! ${activity}`);
		if (failure) throw failure;
		return exit;
	},
});

function stateWord({ok, exit}: SaveState): string {
	if (ok === null) return t`other key`;
	if (ok) return t`whole`;
	return exit === 'damaged' ? t`DAMAGED` : t`NOT READ`;
}
