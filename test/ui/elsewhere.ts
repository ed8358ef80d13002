import {vi} from 'vitest';
import {withChangedKey} from '../../source/actions/keys.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import type {Vault} from '../../source/vault/vault.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

/** How often a screen looks at the file, ms. */
export const refreshMs = 10;

/**
 * The same vault on a file system that tells of no change, and what waits until it has been looked at so often once
 * more, each look having come to its end.
 */
export function lookedAt(vault: Vault): {readonly vault: Vault; readonly looks: (more: number) => Promise<void>} {
	let looked = 0;
	return {
		vault: {
			...vault,
			watch: () => undefined,
			refresh: async () =>
				vault.refresh().finally(() => {
					looked++;
				}),
		},
		async looks(more) {
			const wanted = looked + more;
			await vi.waitUntil(() => looked >= wanted, {timeout: 10_000, interval: refreshMs});
		},
	};
}

export async function opened() {
	const {context, elsewhere} = await world({
		sandbox: false,
		keys: [
			storedKey({environment: 'demo', description: 'first'}),
			storedKey({
				id: 'b2',
				name: 'bot2',
				environment: 'demo',
				credential: {...storedKey().credential, apiKey: 'another'},
			}),
		],
	});
	const {vault, looks} = lookedAt(context.vault);
	const {terminal, app} = await openApp({...context, vault}, {refreshMs});
	await terminal.see('2 keys');
	return {context, vault, file: vault.path, elsewhere, terminal, app, looks};
}

/** What another program makes of a key. */
export async function changes(vault: Vault, id: string, change: Partial<StoredKey>): Promise<void> {
	await vault.change(content => withChangedKey(content, id, key => ({...key, ...change})));
}
