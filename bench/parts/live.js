// What a cold test of keys costs: the built program, its vault and all it does around the calls, beside a process that
// does nothing but call.
import {spawn} from 'node:child_process';
import {randomBytes, randomUUID} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {Secret} from '../../source/core/secret.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn} from '../../source/vault/vault.ts';
import {storedKey} from '../../test/helpers/keys.ts';
import {inTurn, nodeMs} from '../measure.js';

export const summary = 'a cold test of 1, 10 and 100 keys, beside fetch, ccxt and okx-api';

const rounds = 11;
/** What our time may be of theirs, for each number of keys. */
const limits = {
	1: {fetch: 1.15, ccxt: 0.5, 'okx-api': 1.1},
	10: {fetch: 1.15, ccxt: 0.5, 'okx-api': 1.1},
	100: {fetch: 1.1, ccxt: 0.5, 'okx-api': 1.1},
};

/** A vault of so many keys, each of an account of its own, beside the same keys for the others. */
async function workOf(count, folder, baseUrl) {
	const keys = Array.from({length: count}, (_, index) => ({
		name: `key-${index}`,
		apiKey: randomUUID(),
		secretKey: randomBytes(16).toString('hex').toUpperCase(),
		passphrase: 'Correct-Horse9!',
	}));
	const vault = vaultIn({
		store: fileStoreAt({path: path.join(folder, 'vault.json'), clock: Date.now}),
		clock: Date.now,
		random: randomBytes,
		kdf: {m: 19 * 1024, t: 2, p: 1},
	});
	const stored = keys.map(({name, apiKey, secretKey, passphrase}, index) =>
		storedKey({
			id: name,
			name,
			site: baseUrl,
			ip: ['127.0.0.1'],
			account: {kind: 'main', uid: String(index)},
			credential: {apiKey, secretKey: new Secret(secretKey), passphrase: new Secret(passphrase)},
		}),
	);
	const {recoveryKey} = await vault.create(new Secret('a passphrase for the bench'), {keys: stored});
	const files = {vault: vault.path, recovery: path.join(folder, 'recovery-key'), keys: path.join(folder, 'keys.json')};
	fs.writeFileSync(files.recovery, recoveryKey.reveal(), {mode: 0o600});
	fs.writeFileSync(files.keys, JSON.stringify(keys), {mode: 0o600});
	vault.lock();
	return files;
}

/** The program says 40, drift: the exchange of the bench tells every key that it is of one account. */
function testMs({vault, recovery}, home) {
	return nodeMs(
		[path.resolve('bin/okx-keys.js'), 'test', '--all', '--json', '--vault', vault, '--passphrase-file', recovery],
		{environment: {HOME: home}, statuses: [0, 40]},
	);
}

/** @param {import('../run.js').Bench} bench */
export async function measure({row, peer, home}) {
	const modules = {ccxt: peer('ccxt'), 'okx-api': peer('okx-api')};
	const clients = [
		{name: 'fetch', program: path.resolve('bench/references/fetch.js')},
		...Object.entries(modules).flatMap(([name, module]) =>
			module === undefined ? [] : {name, program: path.resolve(`bench/peers/${name}.js`), module},
		),
	];
	const exchange = spawn(process.execPath, ['bench/references/exchange.js'], {stdio: ['ignore', 'pipe', 'inherit']});
	try {
		const [port] = await once(exchange.stdout, 'data');
		const baseUrl = `http://127.0.0.1:${String(port).trim()}`;
		for (const [count, limit] of Object.entries(limits)) {
			const files = await workOf(Number(count), path.join(home, count), baseUrl);
			const [ours, ...others] = await inTurn(rounds, [
				() => testMs(files, home),
				...clients.map(
					({program, module = ''}) =>
						() =>
							nodeMs([program, baseUrl, files.keys, module]),
				),
			]);
			const what = count === '1' ? 'cold test of 1 key' : `cold test of ${count} keys`;
			for (const [index, {name: against}] of clients.entries())
				row({what, against, ours, reference: others[index], limit: limit[against]});
		}
	} finally {
		exchange.kill();
	}
}
