import {AppError, isAppError} from '../core/errors.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {t} from '../language/translate.ts';

export type AutoUnlockMethod = 'agent' | 'ssh-agent';

/** Reads the file; throws as `unlock` does. */
export async function autoUnlockMethods({vault, keyAgent, sshAgent}: Context): Promise<readonly AutoUnlockMethod[]> {
	const {slots} = await vault.readHeader();
	return [
		...(keyAgent ? (['agent'] as const) : []),
		...(sshAgent && slots.includes('ssh-agent') ? (['ssh-agent'] as const) : []),
	];
}

/**
 * Opens the vault with the agent's key, or else with an SSH key, whose owner may be asked on another machine; gives
 * what opened it, or undefined. Reports an agent's refusal to `onRefusal`, throws anything else, such as damage,
 * and costs no KDF.
 */
export async function autoUnlock(
	context: Context,
	onRefusal: (error: AppError) => void = () => {},
): Promise<AutoUnlockMethod | undefined> {
	for (const way of await autoUnlockMethods(context)) {
		try {
			if (way === 'agent' ? await byAgent(context) : await bySsh(context)) return way;
		} catch (error) {
			if (!isAppError(error) || !(error.exit === 'locked' || error.code === 'agent')) throw error;
			onRefusal(error);
		}
	}

	return undefined;
}

async function byAgent({vault, keyAgent, sandbox}: Context): Promise<boolean> {
	const {vaultId} = await vault.readHeader();
	const key = await keyAgent?.get(vaultId);
	if (!key) return false;
	try {
		await vault.unlock({key});
	} catch (error) {
		// The agent's key is from before a `rekey`; once forgotten, it is not reported again.
		if (isAppError(error, 'wrong-vault-key')) await keyAgent?.forget(vaultId);
		throw error;
	} finally {
		key.fill(0);
	}

	refuseOtherVaultKind({vault, sandbox});
	return true;
}

async function bySsh({vault, sshAgent, sandbox}: Context): Promise<boolean> {
	await vault.unlock({sshAgent: sshAgent!});
	refuseOtherVaultKind({vault, sandbox});
	return true;
}

/**
 * Locks the vault and throws `invalid` when a sandbox vault was opened for real trading or the reverse: their keys
 * must never be confused.
 */
export function refuseOtherVaultKind({vault, sandbox}: Pick<Context, 'vault' | 'sandbox'>): void {
	const problem = otherVaultKind(vault.read(), vault.path, sandbox);
	if (!problem) return;
	vault.lock();
	throw problem;
}

export function otherVaultKind(content: VaultContent, path: string, sandbox: boolean): AppError | undefined {
	const isSandboxVault = content.sandbox !== undefined;
	if (isSandboxVault === sandbox) return undefined;
	return new AppError(
		'invalid',
		isSandboxVault
			? {problem: t`${sanitize(path)} belongs to the sandbox.`, fix: t`Open it with --sandbox.`}
			: {
					problem: t`${sanitize(path)} is not a sandbox vault.`,
					fix: t`Leave --sandbox out, or name another file with --vault.`,
				},
	);
}
