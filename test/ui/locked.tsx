import path from 'node:path';
import type {Context, KeyAgent} from '../../source/actions/context.ts';
import {Secret} from '../../source/core/secret.ts';
import {seenRevisionsIn} from '../../source/vault/rollback-guard.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn} from '../../source/vault/vault.ts';
import {storedKey} from '../helpers/keys.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

export const kdf = {m: 19 * 1024, t: 2, p: 1};

/** A locked vault with the key `bot1`, beside which this machine's memory lies. */
export async function locked(wanted: Partial<Context> = {}) {
	const {context} = await world({sandbox: false, keys: [storedKey({environment: 'demo'})]});
	const {path: file} = context.vault;
	const vault = vaultIn({
		store: fileStoreAt({path: file, clock: context.clock}),
		clock: context.clock,
		random: context.random,
		kdf,
		seen: seenRevisionsIn(path.dirname(file)),
	});
	await vault.unlock({passphrase: new Secret(worldPassphrase)});
	return {vault, file, context: {...context, vault, ...wanted} satisfies Context};
}

/** An agent that holds the key of a vault, until it is told to forget. */
export function agentOf({vault}: Context): KeyAgent {
	let {key}: {key: Buffer | undefined} = vault.key();
	return {
		get: async () => key && Buffer.from(key),
		async forget() {
			key = undefined;
		},
	};
}
