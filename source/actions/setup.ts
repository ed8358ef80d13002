import {AppError, isAppError} from '../core/errors.ts';
import type {UnlockMethod, Vault} from '../vault/vault.ts';
import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {graphemes} from '../core/text/width.ts';
import type {Context} from './context.ts';
import {refuseReadonly} from './keys.ts';
import {refuseOtherVaultKind} from './open.ts';

/** Below this, guessing a stolen file is a matter of hours whatever the KDF. */
export const leastPassphraseLength = 8;

/** What is wrong with a passphrase for a vault; undefined when nothing is. */
export function vaultPassphraseProblem(
	passphrase: string,
): {readonly problem: string; readonly fix: string} | undefined {
	const length = graphemes(passphrase).length;
	if (length >= leastPassphraseLength) return undefined;
	return {
		problem:
			length === 0
				? 'The passphrase of a vault cannot be empty.'
				: `The passphrase has ${length} characters, which is too few.`,
		fix: `Use at least ${leastPassphraseLength}; several words are easy to keep in mind.`,
	};
}

/**
 * Makes the vault, in the sandbox with its seeded exchange. The recovery key is given once and never again. Costs one
 * KDF.
 */
export async function createVault(context: Context, passphrase: Secret): ReturnType<Vault['create']> {
	refuseReadonly(context);
	const problem = vaultPassphraseProblem(passphrase.reveal());
	if (problem) throw new AppError('invalid', problem);
	if (await context.vault.exists()) throw new AppError('vault-exists', {path: sanitize(context.vault.path)});
	return context.vault.create(passphrase, context.seed());
}

/**
 * Many groups of four: what a recovery key looks like even when a character of it is wrong, and a passphrase hardly
 * ever does.
 */
const recoveryKeyShape = /^\s*(?:[\da-z]{4}[\s\p{Pd}]*){12,}/iu;

/** Whether a text is meant as a recovery key, in one row or in several, mistyped or not. */
export function isLikeRecoveryKey(text: string): boolean {
	return recoveryKeyShape.test(text);
}

/**
 * Opens something with what was typed. A recovery key is told by its shape; a passphrase that a machine made may look
 * like one, so what is none is tried as a passphrase too.
 */
export async function withTyped<Result>(
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
	/** Opens a save that is older than one seen on this machine. */
	readonly acceptOlder?: boolean;
};

/**
 * Opens the vault with its passphrase or its recovery key, whichever was typed. Refuses, and locks it again, when a
 * sandbox vault is opened for real trading or the other way round. A passphrase that was stored for a weaker machine
 * or by an earlier program is made to cost what a new one costs, which takes two more KDFs this once.
 */
export async function openVault(context: Context, typed: Secret, options: OpenOptions = {}): Promise<void> {
	const {vault} = context;
	await withTyped(typed, async opener => vault.unlock(opener, options));
	refuseOtherVaultKind(context);
	if (context.readonly) return;
	try {
		await vault.upgradeKdf(typed);
	} catch (error) {
		// The vault is open, and that is what was asked for; the next unlock tries again.
		if (!isAppError(error)) throw error;
	}
}
