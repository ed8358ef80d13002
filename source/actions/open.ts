import {AppError, isAppError} from '../core/errors.ts';
import {clean} from '../core/text/sanitize.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';

/** What may open a vault without a question. */
export type QuietOpener = 'agent' | 'ssh-agent';

/**
 * The ways that this vault and this machine have of opening without a question. Reads the file; throws like `unlock`.
 */
export async function quietOpeners({vault, keyAgent, sshAgent}: Context): Promise<readonly QuietOpener[]> {
	const {slots} = await vault.outside();
	return [
		...(keyAgent ? (['agent'] as const) : []),
		...(sshAgent && slots.includes('ssh-agent') ? (['ssh-agent'] as const) : []),
	];
}

/**
 * Opens the vault without a question where that is possible: with the key that the agent holds, or else with an SSH
 * key,
 * whose owner may be asked on his own machine. Gives what opened it, or undefined. What an agent would not do is told
 * to
 * `onRefusal` and keeps nobody from typing; anything else, such as damage, is thrown. Costs no KDF.
 */
export async function openQuietly(
	context: Context,
	onRefusal: (error: AppError) => void = () => {},
): Promise<QuietOpener | undefined> {
	for (const way of await quietOpeners(context)) {
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
	const {vaultId} = await vault.outside();
	const key = await keyAgent?.get(vaultId);
	if (!key) return false;
	try {
		await vault.unlock({key});
	} catch (error) {
		// From before a `rekey`: nobody should be told twice.
		if (isAppError(error, 'wrong-vault-key')) await keyAgent?.forget(vaultId);
		throw error;
	} finally {
		key.fill(0);
	}

	refuseOtherWorld({vault, sandbox});
	return true;
}

async function bySsh({vault, sshAgent, sandbox}: Context): Promise<boolean> {
	await vault.unlock({sshAgent: sshAgent!});
	refuseOtherWorld({vault, sandbox});
	return true;
}

/**
 * Locks the vault again when a sandbox vault was opened for real trading or the other way round: their keys must
 * never be taken for each other. Throws `invalid`.
 */
export function refuseOtherWorld({vault, sandbox}: Pick<Context, 'vault' | 'sandbox'>): void {
	const problem = otherWorld(vault.read(), vault.path, sandbox);
	if (!problem) return;
	vault.lock();
	throw problem;
}

/** Why what a file holds is not for here, if it is not. */
export function otherWorld(content: VaultContent, path: string, sandbox: boolean): AppError | undefined {
	const isSandboxVault = content.sandbox !== undefined;
	if (isSandboxVault === sandbox) return undefined;
	return new AppError(
		'invalid',
		isSandboxVault
			? {problem: `${clean(path)} belongs to the sandbox.`, fix: 'Open it with --sandbox.'}
			: {
					problem: `${clean(path)} is not a sandbox vault.`,
					fix: 'Leave --sandbox out, or name another file with --vault.',
				},
	);
}
