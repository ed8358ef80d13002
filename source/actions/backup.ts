import type {Context} from './context.ts';

/** Copies the vault, proved whole and still encrypted, to a new file. Throws what `Vault.backup` throws. */
export async function backupVault({vault}: Context, file: string): Promise<{readonly rev: number}> {
	return vault.backup(file);
}
