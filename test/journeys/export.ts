import fs from 'node:fs';
import type {TestVault} from './vaults.ts';

export const modeOf = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);

export async function exported(vault: TestVault, ...words: readonly string[]) {
	return vault.run('export', 'grid', '--reveal', ...words);
}
