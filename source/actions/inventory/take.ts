import type {Context} from '../context.ts';
import {compareWith} from './compare.ts';
import type {Inventory} from './inventory.ts';
import {readAccounts, type ReadOptions} from './read.ts';

/** What the exchange has beside what is in the vault. Throws as `readAccounts` does. */
export async function takeInventory(context: Context, options: ReadOptions = {}): Promise<Inventory> {
	const accounts = await readAccounts(context, options);
	// Another program may have stored a key while the exchange was asked.
	await context.vault.refresh();
	const isWhole = (options.subAccounts ?? []).length === 0;
	return compareWith(context.vault.read(), accounts, isWhole);
}
