import {randomBytes} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {isAppError, type AppError} from '../../source/core/errors.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn, type VaultContent, type VaultOptions} from '../../source/vault/vault.ts';
import {storedKey} from '../helpers/keys.ts';
import {passphrase} from './passphrase.ts';

/** Does something after the test, the last asked for first. */
export function afterwards(cleanup: () => void): void {
	onTestFinished(cleanup);
}

/** A folder of its own, removed after the test. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-vault-'));
	afterwards(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

/** The least work that a vault may ask for, so that the tests stay quick. */
export const kdf = {m: 19 * 1024, t: 2, p: 1};
export const opener = {passphrase: new Secret(passphrase)};

type WorldOptions = Partial<VaultOptions> & {readonly lockWaitMs?: number};

export function openable(path: string, {lockWaitMs, ...options}: WorldOptions = {}) {
	const store = fileStoreAt({path, clock: Date.now, lockWaitMs});
	return vaultIn({store, clock: Date.now, random: randomBytes, kdf, ...options});
}

/** A new vault, open, in a folder of its own. */
export async function newVault(content: VaultContent = {keys: []}, options: WorldOptions = {}) {
	const path = join(temporaryFolder(), 'vault.json');
	const vault = openable(path, options);
	const {recoveryKey} = await vault.create(opener.passphrase, content);
	return {vault, path, recoveryKey};
}

/** A change that adds a key. */
export function adding(id: string) {
	return (content: VaultContent): VaultContent => ({...content, keys: [...content.keys, storedKey({id, name: id})]});
}

/** The keys of an open vault, in their order. */
export function ids(vault: {read(): {readonly keys: readonly {readonly id: string}[]}}): string[] {
	return vault.read().keys.map(({id}) => id);
}

/** The failure that something expected to fail ends with. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<AppError> {
	try {
		await (typeof work === 'function' ? work() : work);
	} catch (error) {
		if (isAppError(error)) return error;
		throw error;
	}

	throw new Error('It was expected to fail, and did not.');
}

type LooseHeader = {
	rev: number;
	vaultId: string;
	slots: {id: string; type: string; kdf: Record<string, unknown>; nonce: string; wrapped: string}[];
};

/** Changes the header inside the text of a vault, as a program without the key could. */
export function withHeader(path: string, change: (header: LooseHeader) => void): string {
	const file = JSON.parse(readFileSync(path, 'utf8')) as {header: string};
	const header = JSON.parse(Buffer.from(file.header, 'base64').toString()) as LooseHeader;
	change(header);
	file.header = Buffer.from(JSON.stringify(header)).toString('base64');
	return `${JSON.stringify(file, undefined, '\t')}\n`;
}
