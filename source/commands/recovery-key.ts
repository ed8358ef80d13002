import {AppError} from '../errors.ts';
import type {Secret} from '../core/secret.ts';
import type {Io} from './command.ts';
import {jsonText} from './output.ts';

/** Shows a recovery key, once and for all; throws `not-delivered` when it could not be written. `more` goes with it under `--json`. */
export function deliverRecoveryKey(io: Io, recoveryKey: Secret, more: Readonly<Record<string, unknown>> = {}): void {
	if (!io.json) io.note('Recovery key, shown only now. Write it down and keep it away from this machine:');
	try {
		io.deliver(io.json ? jsonText({...more, recoveryKey: recoveryKey.reveal()}) : recoveryKey.reveal());
	} catch (cause) {
		const {code = 'unknown'} = cause as NodeJS.ErrnoException;
		throw new AppError('not-delivered', {what: 'The new recovery key', reason: code, fix: 'The vault opens with its passphrase. Make another recovery key with okx-keys add-slot recovery, and remove this one: okx-keys slots shows it.'}, {cause});
	}
}
