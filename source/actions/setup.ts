import {AppError} from '../errors.ts';
import type {Secret} from '../core/secret.ts';
import {graphemes} from '../core/text.ts';
import type {Context} from './context.ts';
import {refuseReadonly} from './keys.ts';

/** Below this, guessing a stolen file is a matter of hours whatever the KDF. */
export const leastPassphraseLength = 8;

/** What is wrong with a passphrase for a vault; undefined when nothing is. */
export function vaultPassphraseProblem(passphrase: string): {readonly problem: string; readonly fix: string} | undefined {
	const length = graphemes(passphrase).length;
	if (length >= leastPassphraseLength) return undefined;
	return {problem: length === 0 ? 'The passphrase of a vault cannot be empty.' : `The passphrase has ${length} characters, which is too few.`, fix: `Use at least ${leastPassphraseLength}; several words are easy to keep in mind.`};
}

/** Makes the vault, in the sandbox with its seeded exchange. The recovery key is given once and never again. Costs one KDF. */
export async function createVault(context: Context, passphrase: Secret): Promise<{readonly recoveryKey: Secret}> {
	refuseReadonly(context);
	const problem = vaultPassphraseProblem(passphrase.reveal());
	if (problem) throw new AppError('invalid', problem);
	if (context.vault.exists()) throw new AppError('vault-exists', {path: context.vault.path});
	return context.vault.create(passphrase, context.seed());
}
