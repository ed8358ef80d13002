import type {Secret} from '../core/secret.ts';
import {isAppError, type AppError, type FailureCode} from '../core/errors.ts';
import type {OpenedBackup} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {otherVaultKind} from './open.ts';
import {withPassphraseOrRecoveryKey} from './setup.ts';

const mendable = [
	'vault-missing',
	'vault-vanished',
	'vault-damaged',
	'not-a-vault',
] as const satisfies readonly FailureCode[];
export type Mendable = AppError<(typeof mendable)[number]>;

export function isMendable(error: unknown): error is Mendable {
	return mendable.some(code => isAppError(error, code));
}

/**
 * Opens a backup, or without `file` the newest earlier save that opens, and changes nothing; costs one KDF for each
 * passphrase that the earlier saves have had. Throws as `openBackup` does, and early what `restore` would refuse:
 * the problem of a present vault that may not be replaced, or `invalid` for a sandbox copy in real trading and the
 * reverse.
 */
export async function openCopyOf(
	{vault, sandbox}: Pick<Context, 'vault' | 'sandbox'>,
	means: {readonly typed: Secret} | {readonly keyFile: Secret},
	file?: string,
): Promise<OpenedBackup> {
	const copy =
		'keyFile' in means
			? await vault.openBackup(means, file)
			: await withPassphraseOrRecoveryKey(means.typed, async opener => vault.openBackup(opener, file));
	const {present, isReplaceable} = copy;
	const problem =
		otherVaultKind(copy.content, copy.label, sandbox) ??
		('content' in present
			? otherVaultKind(present.content, vault.path, sandbox)
			: isReplaceable
				? undefined
				: present.problem);
	if (!problem) return copy;
	copy.dispose();
	throw problem;
}

export async function openEarlier(context: Pick<Context, 'vault' | 'sandbox'>, typed: Secret): Promise<OpenedBackup> {
	return openCopyOf(context, {typed});
}
