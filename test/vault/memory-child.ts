import {randomBytes} from 'node:crypto';
import {writeSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {setImmediate as turn} from 'node:timers/promises';
import {writeHeapSnapshot} from 'node:v8';
import {fromFile} from '../../source/system/user-files/passphrase.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn} from '../../source/vault/vault.ts';

// A program whose memory is looked at: memory-child.ts VAULT PASSPHRASE-FILE. It does what it is told, a line at a
// time, and says
// so. Nothing that is looked for is ever in its own text or on its command line.
const [, , path = '', passphraseFile = ''] = process.argv;
const vault = vaultIn({store: fileStoreAt({path, clock: Date.now}), clock: Date.now, random: randomBytes});
const held: string[] = [];

const orders: Readonly<Record<string, (operand: string) => Promise<void> | void>> = {
	async unlock() {
		const passphrase = fromFile(passphraseFile, process.getuid!());
		await vault.unlock({passphrase});
		passphrase.wipe();
	},
	/** As a screen does that shows a secret, or a request that is signed with it. */
	reveal() {
		for (const {credential} of vault.read().keys)
			held.push(credential.secretKey.reveal(), credential.passphrase.reveal());
	},
	/** The vault's own key, as bytes: to the one who asked, and nowhere else. */
	key() {
		const {key} = vault.key();
		writeSync(3, key);
		key.fill(0);
	},
	async save() {
		await vault.change(content => ({...content, keys: content.keys.map(key => ({...key, description: 'changed'}))}));
	},
	async lock() {
		held.length = 0;
		vault.lock();
		// What was under way in the vault is finished, and the engine has swept.
		for (let times = 0; times < 5; times++) {
			await turn();
			globalThis.gc!();
		}
	},
	snapshot(file) {
		writeHeapSnapshot(file);
	},
};

for await (const line of createInterface({input: process.stdin})) {
	const [order = '', operand = ''] = line.split(' ');
	await orders[order]!(operand);
	writeSync(1, `${order}\n`);
}
