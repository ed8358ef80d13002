// What a cold test of keys costs: the built program, its vault and all it does around the calls, beside a process that
// does nothing but call.
import {spawn} from 'node:child_process';
import {randomBytes, randomUUID} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {Secret} from '../../source/core/secret.ts';
import {storedKey} from '../../test/helpers/keys.ts';
import {costsOf, inTurn} from '../measure.js';
import {createVault} from '../vaults.js';

export const summary = 'time and memory of a cold test of 1, 10 and 100 keys, beside fetch, ccxt and okx-api';

const rounds = 11;
/** What our time may be of theirs, for each number of keys. */
const limits = {
	1: {fetch: 1.15, ccxt: 0.5, 'okx-api': 1.1},
	10: {fetch: 1.15, ccxt: 0.5, 'okx-api': 1.1},
	100: {fetch: 1.1, ccxt: 0.5, 'okx-api': 1.1},
};

const memoryLimit = 1.25;

/** A vault of so many keys, each of an account of its own, beside the same keys for the others. */
async function workOf(count, folder, baseUrl) {
	const keys = Array.from({length: count}, (_, index) => ({
		name: `key-${index}`,
		apiKey: randomUUID(),
		secretKey: randomBytes(16).toString('hex').toUpperCase(),
		passphrase: 'Correct-Horse9!',
	}));
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
	const {vault, file, recoveryFile} = await createVault(folder, stored);
	vault.lock();
	const keysFile = path.join(folder, 'keys.json');
	fs.writeFileSync(keysFile, JSON.stringify(keys), {mode: 0o600});
	return {file, recoveryFile, keysFile};
}

/** The program says 40, drift: the exchange of the bench tells every key that it is of one account. */
function ourTest({file, recoveryFile}, home) {
	return {
		words: [
			path.resolve('bin/okx-keys.js'),
			...`test --all --json --vault ${file} --passphrase-file`.split(' '),
			recoveryFile,
		],
		options: {environment: {HOME: home}, statuses: [0, 40]},
	};
}

/** @param {import('../run.js').Bench} bench */
export async function measure({row, peer, home}) {
	const time = peer('time');
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
			const runs = [
				ourTest(files, home),
				...clients.map(({program, module = ''}) => ({words: [program, baseUrl, files.keysFile, module]})),
			];
			const [ours, ...others] = await inTurn(
				rounds,
				runs.map(
					({words, options}) =>
						() =>
							costsOf(time, process.execPath, words, options),
				),
			);
			const what = count === '1' ? 'cold test of 1 key' : `cold test of ${count} keys`;
			for (const [index, {name: against}] of clients.entries()) {
				const compared = (more, figure) =>
					row({against, ours: ours.map(figure), reference: others[index].map(figure), ...more});
				compared({what, limit: limit[against]}, ({ms}) => ms);
				if (time !== undefined)
					compared({what: `${what}, peak memory`, limit: memoryLimit, unit: 'MiB'}, ({peakMiB}) => peakMiB);
			}
		}
	} finally {
		exchange.kill();
	}
}
