import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {createExchange} from '../../source/exchange/client.ts';
import {embeddedExchange} from '../../source/sandbox/embedded.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn, type Vault} from '../../source/vault/vault.ts';
import {typedFiles} from '../../source/system/user-files/files.ts';
import {settingsAt} from './settings.ts';
import {quickRetries} from './time.ts';

export const worldPassphrase = 'correct horse battery staple';

type Wanted = {
	/** Whether the vault is there and open; without it a person begins at the very start. */
	readonly isOpen?: boolean;
	/** Keys that the vault holds beside those of the sandbox. */
	readonly keys?: readonly StoredKey[];
	readonly sandbox?: boolean;
	readonly readonly?: boolean;
};

export type World = {
	readonly context: Context;
	readonly recoveryKey: Secret | undefined;
	/** The same file, opened as another program would. */
	readonly elsewhere: () => Promise<Vault>;
};

/**
 * A temporary home, a real vault with the least work for its passphrase, and the real embedded exchange; gone with
 * the test.
 */
export async function world({isOpen = true, keys = [], sandbox = true, readonly = false}: Wanted = {}): Promise<World> {
	// A short name: what is said of a file in it fits into a row, as it does of one in a person's home.
	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'w'));
	const clock = () => Date.now();
	const random = (bytes: number): Uint8Array => crypto.randomBytes(bytes);
	const openable = () =>
		vaultIn({
			store: fileStoreAt({path: path.join(home, 'vault.json'), clock}),
			clock,
			random,
			actor: () => ({user: 'alice', host: 'desk'}),
			kdf: {m: 19 * 1024, t: 2, p: 1},
		});
	const vault = openable();
	const embedded = embeddedExchange({
		clock,
		random,
		storage: {
			load: () => vault.read().sandbox,
			async update(change) {
				await vault.change(content => ({...content, sandbox: change(content.sandbox)}));
			},
		},
	});
	onTestFinished(async () => {
		await embedded.close();
		vault.lock();
		fs.rmSync(home, {recursive: true, force: true});
	});

	const seed = sandbox ? () => embedded.seed() : () => ({keys: []});
	const context: Context = {
		vault,
		files: typedFiles,
		exchange: createExchange({
			clock,
			sandboxUrl: embedded.start,
			pageToken: embedded.pageToken,
			timing: quickRetries,
		}),
		clock,
		random,
		sandbox,
		readonly,
		seed,
		settings: settingsAt(path.join(home, 'settings.json')),
	};
	const elsewhere = async () => {
		const other = openable();
		await other.unlock({passphrase: new Secret(worldPassphrase)});
		return other;
	};
	if (!isOpen) return {context, recoveryKey: undefined, elsewhere};
	const seeded = seed();
	const {recoveryKey} = await vault.create(new Secret(worldPassphrase), {
		...seeded,
		keys: [...seeded.keys, ...keys.map(key => withOwnSecrets(key))],
	});
	return {context, recoveryKey, elsewhere};
}

/** A vault wipes the secrets it holds when it is locked; a fixture is used by many tests. */
function withOwnSecrets(key: StoredKey): StoredKey {
	const {secretKey, passphrase} = key.credential;
	return {
		...key,
		credential: {
			...key.credential,
			secretKey: new Secret(secretKey.reveal()),
			passphrase: new Secret(passphrase.reveal()),
		},
	};
}

/** The same context, its saves held back until `release`; then they go through, or fail with `error`. */
export function slowly(context: Context): {readonly slow: Context; readonly release: (error?: Error) => void} {
	const {vault} = context;
	const gate = Promise.withResolvers<Error | undefined>();
	const change: typeof vault.change = async (change, options) => {
		const error = await gate.promise;
		if (error) throw error;
		return vault.change(change, options);
	};
	return {
		slow: {...context, vault: {...vault, change}},
		release(error) {
			gate.resolve(error);
		},
	};
}
