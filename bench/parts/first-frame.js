// How soon the full screen asks for the passphrase, beside a Node that takes keys and writes one frame.
import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {benchKeys, createVault} from '../vaults.js';

export const summary = 'the unlock screen, drawn early and by Ink, beside a Node that writes one frame (needs python3)';

const size = {columns: 80, rows: 24};
const rounds = 21;
const shows = 'Passphrase';
const frame = `process.stdin.setRawMode(true).resume();
process.stdout.write('\\x1B[?1049h\\x1B[2J' + Array.from({length: ${size.rows}}, (_, row) =>
	'\\x1B[' + (row + 1) + ';1H' + '${shows}'.padEnd(${size.columns - 1}, '.')).join(''));`;

/** @param {import('../run.js').Bench} bench */
export async function measure({row, home}) {
	const {vault, file} = await createVault(path.join(home, 'vault'), benchKeys(10));
	vault.lock();
	const program = [process.execPath, path.resolve('bin/okx-keys.js'), '--vault', file];
	const work = {
		...size,
		rounds,
		environment: {PATH: process.env.PATH, HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8'},
		programs: [
			{words: [process.execPath, '-e', frame], shows},
			{words: program, shows},
			// With this option the page is never drawn early.
			{words: [...program, '--readonly'], shows},
		],
	};
	const {status, stdout, stderr} = spawnSync('python3', ['-B', 'bench/frames-on-pty.py', JSON.stringify(work)], {
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr);
	const [reference, early, ink] = JSON.parse(stdout);
	const beside = {against: 'node -e with one frame', reference};
	row({...beside, what: 'unlock prompt that takes keys', ours: early, limit: 1.1});
	row({...beside, what: 'first frame of Ink', ours: ink, limit: 3});
}
