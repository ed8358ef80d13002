import {AppError, isAppError} from '../core/errors.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {EarlierSaveInfo, Vault} from '../vault/vault.ts';
import {isMendable, type Mendable} from './earlier.ts';

export type VaultTrouble = {
	readonly problem: Mendable | AppError<'vault-older'>;
	readonly earlier: readonly EarlierSaveInfo[];
};

/** Undefined for any other failure, such as a wrong passphrase. */
export async function troubleOf(error: unknown, vault: Pick<Vault, 'earlier'>): Promise<VaultTrouble | undefined> {
	return isMendable(error) || isAppError(error, 'vault-older')
		? {problem: error, earlier: await vault.earlier()}
		: undefined;
}

export type VaultStatus = {readonly exists: boolean; readonly trouble?: VaultTrouble};

export async function vaultStatus(vault: Pick<Vault, 'exists' | 'earlier' | 'path'>): Promise<VaultStatus> {
	if (await vault.exists()) return {exists: true};
	const problem = new AppError('vault-missing', {path: sanitize(vault.path)});
	const earlier = await vault.earlier();
	return earlier.length > 0 ? {exists: false, trouble: {problem, earlier}} : {exists: false};
}
