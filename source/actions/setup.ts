import {AppError, isAppError} from '../core/errors.ts';
import type {UnlockMethod, Vault} from '../vault/vault.ts';
import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {graphemes} from '../core/text/width.ts';
import type {Context} from './context.ts';
import {refuseReadonly, refuseSecrets} from './keys.ts';
import {refuseOtherVaultKind} from './open.ts';
import {t} from '../language/translate.ts';

/** A stolen file with a shorter passphrase is guessed within hours, whatever the KDF. */
export const leastPassphraseLength = 8;

export function vaultPassphraseProblem(
	passphrase: string,
): {readonly problem: string; readonly fix: string} | undefined {
	const length = graphemes(passphrase).length;
	if (length >= leastPassphraseLength) return undefined;
	return {
		problem:
			length === 0
				? t`The passphrase of a vault cannot be empty.`
				: t`The passphrase has ${length} characters, which is too few.`,
		fix: t`Use at least ${leastPassphraseLength}; several words are easy to keep in mind.`,
	};
}

/** Gives the recovery key, which is never shown again. Costs one KDF; throws `invalid` or `vault-exists`. */
export async function createVault(context: Context, passphrase: Secret): ReturnType<Vault['create']> {
	refuseReadonly(context);
	refuseSecrets(context);
	const problem = vaultPassphraseProblem(passphrase.reveal());
	if (problem) throw new AppError('invalid', problem);
	if (await context.vault.exists()) throw new AppError('vault-exists', {path: sanitize(context.vault.path)});
	return context.vault.create(passphrase, context.seed());
}

/** Many groups of four: a recovery key has this shape even when mistyped, and a passphrase hardly ever does. */
const recoveryKeyShape = /^\s*(?:[\da-z]{4}[\s\p{Pd}]*){12,}/iu;

export function isLikeRecoveryKey(text: string): boolean {
	return recoveryKeyShape.test(text);
}

/**
 * A recovery key is recognized by its shape. A generated passphrase may look like one, so it is tried as a
 * passphrase too.
 */
export async function withPassphraseOrRecoveryKey<Result>(
	typed: Secret,
	open: (opener: UnlockMethod) => Promise<Result>,
): Promise<Result> {
	if (isLikeRecoveryKey(typed.reveal())) {
		try {
			return await open({recoveryKey: typed});
		} catch (error) {
			if (!isAppError(error, 'wrong-recovery-key')) throw error;
			return open({passphrase: typed}).catch((second: unknown) => {
				throw isAppError(second, 'wrong-passphrase') ? error : second;
			});
		}
	}

	return open({passphrase: typed});
}

export type OpenOptions = {
	readonly acceptOlder?: boolean;
};

/**
 * Opens the vault with its passphrase or recovery key, and locks it again with `invalid` when a sandbox vault is
 * opened for real trading or the reverse. Raises the cost of a weaker passphrase slot to that of a new one, which
 * takes two more KDFs this once.
 */
export async function openVault(context: Context, typed: Secret, options: OpenOptions = {}): Promise<void> {
	const {vault} = context;
	await withPassphraseOrRecoveryKey(typed, async opener => vault.unlock(opener, options));
	refuseOtherVaultKind(context);
	if (context.readonly) return;
	try {
		await vault.upgradeKdf(typed);
	} catch (error) {
		// The vault is open as requested; the next unlock tries again.
		if (!isAppError(error)) throw error;
	}
}
