// What an unlock, a save and a list cost without the KDF, for vaults of three sizes.
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {Secret} from '../source/core/secret.ts';
import {fileStoreAt} from '../source/vault/store/file.ts';
import {vaultIn} from '../source/vault/vault.ts';
import {storedKey} from '../test/helpers/keys.ts';
import {inTurn, median, started, timed} from './measure.js';
import {createTable} from './table.js';

/** What must hold and what is aimed at, in ms, for each number of keys. */
const budgets = [
	{count: 10, unlock: [20, 5], save: [5, 3]},
	{count: 1000, unlock: [20, 10], save: [20, 10]},
	{count: 10_000, unlock: [60, 25], save: [120, 60]},
];
const rounds = 15;
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-bench-'));

function openable(file) {
	return vaultIn({
		store: fileStoreAt({path: file, clock: Date.now}),
		clock: Date.now,
		random: randomBytes,
		kdf: {m: 19 * 1024, t: 2, p: 1},
	});
}

/** A vault of so many keys of some 640 bytes, and its recovery key: what opens it without a KDF. */
async function vaultOf(count) {
	const file = path.join(home, `${count}`, 'vault.json');
	const keys = Array.from({length: count}, (_, index) =>
		storedKey({
			id: `id-${index}`,
			name: `key-${index}`,
			description: `Made for the bench ${'x'.repeat(180)}`,
			tags: ['bench'],
		}),
	);
	const vault = openable(file);
	const {recoveryKey} = await vault.create(new Secret('a passphrase for the bench'), {keys});
	const recoveryFile = path.join(home, `${count}.recovery-key`);
	fs.writeFileSync(recoveryFile, recoveryKey.reveal(), {mode: 0o600});
	return {file, vault, recoveryKey, recoveryFile};
}

async function unlocking({file, recoveryKey}) {
	const vault = openable(file);
	const ms = await timed(async () => vault.unlock({recoveryKey}));
	vault.lock();
	return ms;
}

async function saving({vault}) {
	return timed(async () =>
		vault.change(content => ({
			...content,
			keys: content.keys.with(0, {...content.keys[0], description: randomBytes(90).toString('hex')}),
		})),
	);
}

function listing({file, recoveryFile}) {
	return started([path.resolve('bin/okx-keys.js'), 'list', '--vault', file, '--passphrase-file', recoveryFile], {
		environment: {HOME: home},
	});
}

const table = createTable(['what', 'keys', 'median', 'must', 'aim', '']);

try {
	const vaults = [];
	for (const {count} of budgets) vaults.push(await vaultOf(count));

	const unlocks = await inTurn(
		rounds,
		vaults.map(vault => async () => unlocking(vault)),
	);
	const saves = await inTurn(
		rounds,
		vaults.map(vault => async () => saving(vault)),
	);
	const [bare, ...lists] = await inTurn(rounds, [
		async () => started(['-e', '0']),
		...vaults.map(vault => async () => listing(vault)),
	]);
	for (const [index, {count, unlock}] of budgets.entries())
		table.row('unlock without its KDF', count, median(unlocks[index]), 'ms', unlock);
	for (const [index, {count, save}] of budgets.entries()) table.row('save', count, median(saves[index]), 'ms', save);
	for (const [index, {count}] of budgets.entries())
		table.row(
			'list by command, to a bare start of Node',
			count,
			median(lists[index].map((ms, round) => ms / bare[round])),
			'x',
		);
} finally {
	fs.rmSync(home, {recursive: true, force: true});
}

table.print();
