import {randomBytes} from 'node:crypto';
import {openSync, readvSync, writevSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {Secret} from '../../source/core/secret.ts';
import {isAppError} from '../../source/core/errors.ts';
import {takeLock} from '../../source/files/lock.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn, type VaultContent} from '../../source/vault/vault.ts';
import {storedKey} from '../helpers/keys.ts';
import {passphrase} from './passphrase.ts';

// Another program on the same vault, for the tests that need one: child.ts TASK PATH [NAME [COUNT]]. It says what it
// has done a line at a time, each written before the next step begins. With RECOVERY_KEY it opens without a KDF's work.
const [, , task, path = '', name = '', count = '1'] = process.argv;
const wait = process.env['LOCK_WAIT_MS'];
const vault = vaultIn({
	store: fileStoreAt({path, clock: Date.now, lockWaitMs: wait === undefined ? undefined : Number(wait)}),
	clock: Date.now,
	random: randomBytes,
	kdf: {m: 19 * 1024, t: 2, p: 1},
});
const recoveryKey = process.env['RECOVERY_KEY'];
const opener =
	recoveryKey === undefined ? {passphrase: new Secret(passphrase)} : {recoveryKey: new Secret(recoveryKey)};

/**
 * Writes a line. With two parts this is a system call that no save makes, as it is in `hear`: the tests make the
 * others fail.
 */
function say(line: string): void {
	writevSync(1, [Buffer.from(line), Buffer.from('\n')]);
}

/**
 * The next line that the test writes into a pipe, waited for in one system call so that nothing else goes on
 * meanwhile.
 */
function hear(pipe: number): string {
	const [bytes, more] = [Buffer.alloc(255), Buffer.alloc(1)];
	return bytes.toString('utf8', 0, readvSync(pipe, [bytes, more])).trim();
}

function failure(error: unknown): string {
	if (!isAppError(error)) throw error;
	return JSON.stringify({code: error.code, message: error.message});
}

/** A change that leaves as many keys as there were, but for the first time: so that a save costs the same each time. */
function marked(content: VaultContent, id: string, mark: string): VaultContent {
	return {
		...content,
		keys: [...content.keys.filter(key => key.id !== id), storedKey({id, name: id, description: mark})],
	};
}

const tasks: Readonly<Record<string, () => Promise<void>>> = {
	/** Adds keys NAME-0, NAME-1, … one change each, and says the name of each that is saved, or why it is not. */
	async add() {
		await vault.unlock(opener);
		say('open');
		for (let index = 0; index < Number(count); index++) {
			const id = `${name}-${index}`;
			const change = vault.change(content => ({...content, keys: [...content.keys, storedKey({id, name: id})]}));
			say(await change.then(() => id, failure));
		}
	},
	/** Counts in key NAME, from where it stands until it is killed, and says each number once it is saved. */
	async count() {
		await vault.unlock(opener);
		say('open');
		for (;;) {
			let next = 0;
			await vault.change(content => {
				next = Number(content.keys.find(({id}) => id === name)?.description ?? 0) + 1;
				return marked(content, name, `${next}`);
			});
			say(`${next}`);
		}
	},
	/** Saves each word that comes out of the pipe NAME as the mark of key `mark`, and says `saved` or why not. */
	async serve() {
		await vault.unlock(opener);
		const pipe = openSync(name, 'r');
		say('open');
		for (let mark = hear(pipe); mark !== ''; mark = hear(pipe)) {
			say(await vault.change(content => marked(content, 'mark', mark)).then(() => 'saved', failure));
		}
	},
	async create() {
		await vault.create(new Secret(passphrase), {keys: []});
		say('made');
	},
	async unlock() {
		await vault.unlock(opener);
		say('open');
	},
	/** Holds the lock until it is killed. */
	async hold() {
		await takeLock(join(dirname(path), '.vault.json.lock'), 0);
		say('held');
		setInterval(() => {}, 1000);
	},
};

try {
	await tasks[task!]!();
} catch (error) {
	say(failure(error));
}
