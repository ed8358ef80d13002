// What a cold test of 1, 10 and 100 keys costs beside the same by plain fetch, ccxt and okx-api: the built program, its
// vault and all it does around the calls, against a process that does nothing but call. Peers are looked for in the
// folder
// OKX_KEYS_PEERS (npm install ccxt okx-api); one that is not there is left out.
import {spawn} from 'node:child_process';
import {randomBytes, randomUUID} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {Secret} from '../source/core/secret.ts';
import {fileStoreAt} from '../source/vault/store/file.ts';
import {vaultIn} from '../source/vault/vault.ts';
import {storedKey} from '../test/helpers/keys.ts';
import {inTurn, median, started} from './measure.js';
import {createTable} from './table.js';

const counts = [1, 10, 100];
const rounds = 11;
/** Our time may be so many times theirs. */
const budgets = {fetch: [1.15, 1.05], ccxt: [0.5, 0.35], 'okx-api': [1.1, 0.9]};
const peersFolder = process.env.OKX_KEYS_PEERS ?? process.cwd();
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-bench-'));

function isInstalled(peer) {
	try {
		createRequire(`${peersFolder}/`).resolve(peer);
		return true;
	} catch {
		console.log(`${peer} is not installed in ${peersFolder}, so it is left out.`);
		return false;
	}
}

/** A vault of so many keys, each of an account of its own, beside the same keys for the peers. */
async function workOf(count, baseUrl) {
	const folder = path.join(home, String(count));
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
const ours = files => async () =>
	started(
		[
			path.resolve('bin/okx-keys.js'),
			'test',
			'--all',
			'--json',
			'--vault',
			files.vault,
			'--passphrase-file',
			files.recovery,
		],
		{environment: {HOME: home}, statuses: [0, 40]},
	);
const theirs = (peer, baseUrl, files) => async () =>
	started([path.resolve(`bench/live/${peer}.js`), baseUrl, files.keys, peersFolder]);

const server = spawn(process.execPath, ['bench/live/server.js'], {stdio: ['ignore', 'pipe', 'inherit']});
try {
	const [port] = await once(server.stdout, 'data');
	const baseUrl = `http://127.0.0.1:${String(port).trim()}`;
	const peers = ['fetch', ...['ccxt', 'okx-api'].filter(peer => isInstalled(peer))];
	const table = createTable(['cold test against', 'keys', 'ratio', 'must', 'aim', '']);
	for (const count of counts) {
		const files = await workOf(count, baseUrl);
		const [own, ...others] = await inTurn(rounds, [ours(files), ...peers.map(peer => theirs(peer, baseUrl, files))]);
		table.row('(ours)', count, median(own), 'ms');
		for (const [index, peer] of peers.entries())
			table.row(peer, count, median(own.map((ms, round) => ms / others[index][round])), 'x', budgets[peer]);
	}

	table.print();
} finally {
	server.kill();
	fs.rmSync(home, {recursive: true, force: true});
}
