import {randomBytes} from 'node:crypto';
import {writeSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {Secret} from '../../source/core/secret.ts';
import {isAppError} from '../../source/errors.ts';
import {takeLock} from '../../source/vault/lock.ts';
import {vaultAt} from '../../source/vault/vault.ts';
import {storedKey} from '../helpers/keys.ts';
import {passphrase} from './passphrase.ts';

// Another program on the same vault, for the tests that need one: child.ts TASK PATH [NAME [COUNT]]. It says what it has
// done a line at a time, each written before the next step begins.
const [, , task, path = '', name = '', count = '1'] = process.argv;
const vault = vaultAt({path, clock: Date.now, random: randomBytes, kdf: {m: 19 * 1024, t: 2, p: 1}});
const opener = {passphrase: new Secret(passphrase)};

function say(line: string): void {
	writeSync(1, `${line}\n`);
}

const tasks: Readonly<Record<string, () => Promise<void>>> = {
	/** Adds keys NAME-0, NAME-1, … one change each. */
	async add() {
		await vault.unlock(opener);
		say('open');
		for (let index = 0; index < Number(count); index++) {
			const id = `${name}-${index}`;
			await vault.change(content => ({...content, keys: [...content.keys, storedKey({id, name: id})]}));
			say(id);
		}
	},
	async create() {
		await vault.create(opener.passphrase, {keys: []});
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
	if (!isAppError(error)) throw error;
	say(JSON.stringify({code: error.code, message: error.message}));
}
