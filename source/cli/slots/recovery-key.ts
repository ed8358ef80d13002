import {reasonOf} from '../../core/system-error.ts';
import {suggestedCommand} from '../../core/invocation.ts';
import {AppError} from '../../core/errors.ts';
import type {Secret} from '../../core/secret.ts';
import type {Io} from '../io.ts';
import {jsonText} from '../print.ts';
import {t} from '../../language/translate.ts';

function unseen(reason: string, cause?: unknown): AppError {
	return new AppError(
		'output-failed',
		{
			what: t`The new recovery key`,
			reason,
			fix: t`The vault opens with its passphrase. Make another recovery key with
				${suggestedCommand('add-slot', 'recovery')}, and remove this one: ${suggestedCommand('slots')} shows it.`,
		},
		{cause},
	);
}

/**
 * Shows a recovery key once and wipes it, with `more` beside it under `--json`; throws `output-failed` when the write
 * fails. Where standard output is /dev/null, a write would succeed unseen, so a note reports the failure instead.
 */
export function deliverRecoveryKey(io: Io, recoveryKey: Secret, more: Readonly<Record<string, unknown>> = {}): void {
	if (io.isUnseen) {
		recoveryKey.wipe();
		const {message, hint} = unseen(t`it is closed or /dev/null`);
		io.note(`okx-keys: ${message}\n${hint}`);
		return;
	}

	if (!io.json) io.note(t`Recovery key, shown only now. Write it down and keep it away from this machine:`);
	try {
		io.deliver(io.json ? jsonText({...more, recoveryKey: recoveryKey.reveal()}) : recoveryKey.reveal());
	} catch (cause) {
		throw unseen(reasonOf(cause), cause);
	} finally {
		recoveryKey.wipe();
	}
}
