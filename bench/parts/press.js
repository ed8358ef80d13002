// What a key press costs in a list of 1,000 keys with the selected one beside it.
import {spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {Secret} from '../../source/core/secret.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn} from '../../source/vault/vault.ts';
import {storedKey} from '../../test/helpers/keys.ts';
import {median, quantile} from '../measure.js';

export const summary = 'a key press in a list of 1,000 keys, beside a minimal list of Ink (needs python3)';

const count = 1000;
const sizes = [
	{columns: 80, rows: 24},
	{columns: 200, rows: 60},
];
const moves = 200;
const held = 120;
const down = '\u001B[B';
const up = '\u001B[A';

/** A vault of the keys that bench/references/ink-list.js shows; returns the options that open it. */
async function vaultOf(folder) {
	const now = Date.now();
	const keys = Array.from({length: count}, (_, index) => {
		const key = storedKey({
			id: `id-${index}`,
			name: `bot${String(index).padStart(4, '0')}`,
			description: `grid ${index}, on the server in Frankfurt`,
			permissions: index % 2 === 0 ? ['read', 'trade'] : ['read'],
			ip: index % 3 === 0 ? [] : [`203.0.113.${index % 250}`],
			environment: index % 4 === 0 ? 'demo' : 'live',
			createdAt: now,
			updatedAt: now,
		});
		return {
			...key,
			credential: {...key.credential, apiKey: `7e5f0a11-2b3c-4d5e-8f90-${String(index).padStart(12, '0')}`},
		};
	});
	const vault = vaultIn({
		store: fileStoreAt({path: path.join(folder, 'vault.json'), clock: Date.now}),
		clock: Date.now,
		random: randomBytes,
		kdf: {m: 19 * 1024, t: 2, p: 1},
	});
	const {recoveryKey} = await vault.create(new Secret('a passphrase for the bench'), {keys});
	const recoveryFile = path.join(folder, 'recovery-key');
	fs.writeFileSync(recoveryFile, recoveryKey.reveal(), {mode: 0o600});
	vault.lock();
	return ['--vault', vault.path, '--passphrase-file', recoveryFile];
}

/** Down and up again, so that the list never scrolls. */
function movesWithin(rows) {
	const page = rows - 8;
	return Array.from({length: moves}, (_, index) => (Math.floor(index / (page - 1)) % 2 === 0 ? down : up));
}

function pressed({columns, rows}, home, opening) {
	const within = movesWithin(rows);
	const work = {
		columns,
		rows,
		ready: 'bot0001',
		environment: {PATH: process.env.PATH, HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8', NODE_ENV: 'production'},
		programs: [
			[process.execPath, path.resolve('bin/okx-keys.js'), ...opening],
			[process.execPath, path.resolve('bench/references/ink-list.js'), String(count)],
		],
		parts: [
			// Both become warm, and the first keys after an unlock count as typed ahead.
			{keys: within},
			{keys: within},
			{keys: within.slice(0, held), every: 1000 / 60},
			{keys: [down.repeat(100)], every: 0},
		],
	};
	const {status, stdout, stderr} = spawnSync('python3', ['-B', 'bench/keys-on-pty.py', JSON.stringify(work)], {
		encoding: 'utf8',
		maxBuffer: 2 ** 26,
	});
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout);
}

/** @param {import('../run.js').Bench} bench */
export async function measure({row, home}) {
	const opening = await vaultOf(home);
	for (const size of sizes) {
		const at = `at ${size.columns}x${size.rows}`;
		const [, [ours, ink], [ourHeld], [ourBurst]] = pressed(size, home, opening);
		const beside = {against: 'a list of Ink', limit: 0.5};
		row({...beside, what: `moved selection ${at}`, ours: ours.times, reference: ink.times});
		row({...beside, what: `bytes of it ${at}`, unit: 'B', ours: ours.bytes, reference: ink.bytes});
		row({...beside, what: `memory ${at}`, unit: 'MiB', ours: [ours.memory], reference: [ink.memory], limit: 1.2});
		row({...beside, what: `work for it ${at}`, ours: ours.cpu, reference: ink.cpu});
		// Not the time, which on a machine at work is that of other programs, nor the engine's compiler, in its own thread.
		row({
			what: `main thread's work for the slowest of 100 ${at}`,
			against: 'the median of them',
			ours: [quantile(ours.main, 0.99)],
			reference: [median(ours.main)],
			limit: 3,
		});
		row({
			what: `keys at 60 a second ${at}`,
			against: 'their frames',
			unit: '',
			ours: [held],
			reference: [ourHeld.frames],
			limit: 1,
		});
		row({
			what: `frames of 100 keys in one write ${at}`,
			against: 'one frame',
			unit: '',
			ours: [ourBurst.frames],
			reference: [1],
			limit: 2,
		});
	}
}
