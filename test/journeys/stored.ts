import type {TestVault} from './vaults.ts';

/** The names, environments and sites of the keys in the vault. */
export async function stored(vault: TestVault): Promise<readonly string[]> {
	const keys = await vault.json<ReadonlyArray<Readonly<Record<string, string>>>>('list');
	return keys.map(({name, environment, site}) => `${name} ${environment} ${site}`);
}
