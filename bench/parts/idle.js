// How often the full screen goes on while nobody does anything.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {storedKey} from '../../test/helpers/keys.ts';
import {createVault} from '../vaults.js';

export const summary = 'wake-ups in a minute of the full screen left alone, beside Node that ticks once';

const minuteMs = 60_000;
/** By then the last key is long past, and what follows a start is done. */
const settlesMs = 15_000;
const startsMs = 60_000;
const socket = `okx-keys-bench-${process.pid}`;

function tmux(program, ...words) {
	const {status, stdout, stderr} = spawnSync(program, ['-L', socket, '-f', '/dev/null', ...words], {encoding: 'utf8'});
	if (status !== 0) throw new Error(`tmux ${words[0]}: ${stderr}`);
	return stdout;
}

/** Starts a program in a window of 80x24 of its own; gives its process id once its screen shows `ready`. */
async function startedIn(program, name, {words, environment, ready}) {
	const variables = Object.entries(environment).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
	tmux(program, 'new-session', '-d', '-s', name, '-x', '80', '-y', '24', ...variables, '--', ...words);
	for (const end = performance.now() + startsMs; ; await sleep(100)) {
		const screen = tmux(program, 'capture-pane', '-p', '-t', name);
		if (screen.includes(ready)) return tmux(program, 'display', '-p', '-t', name, '#{pane_pid}').trim();
		if (performance.now() > end) throw new Error(`${name} does not show “${ready}”:\n${screen}`);
	}
}

/** How often an event loop of the process, that of a worker too, went on after a wait in a minute. */
async function wakesOf(strace, pid, log) {
	const words = ['-f', '-qq', '-p', pid, '-e', 'trace=epoll_wait,epoll_pwait,epoll_pwait2', '-o', log];
	const child = spawn(strace, words, {stdio: 'ignore'});
	await sleep(minuteMs);
	child.kill('SIGINT');
	await once(child, 'exit');
	// A look without a wait has a timeout of 0; a wait that is cut off by the watching itself ends with an error.
	const timeouts = fs.readFileSync(log, 'utf8').matchAll(/(-?\d+)(?:, NULL, 8)?\) += \d+$/gm);
	return [...timeouts].filter(([, timeout]) => timeout !== '0').length;
}

/** @param {import('../run.js').Bench} bench */
export async function measure({row, peer, home}) {
	const [strace, program] = [peer('strace'), peer('tmux')];
	if (strace === undefined || program === undefined) return;
	const {vault, file, recoveryFile} = await createVault(path.join(home, 'vault'), [storedKey({name: 'grid-bot'})]);
	vault.lock();
	const environment = {HOME: home, PATH: process.env.PATH, LANG: 'C.UTF-8'};
	try {
		const [ours, reference] = await Promise.all([
			startedIn(program, 'ours', {
				words: [process.execPath, path.resolve('bin/okx-keys.js'), '--vault', file, '--passphrase-file', recoveryFile],
				environment,
				ready: 'grid-bot',
			}),
			startedIn(program, 'reference', {
				words: [process.execPath, path.resolve('bench/references/idle.js')],
				environment,
				ready: 'waiting',
			}),
		]);
		await sleep(settlesMs);
		const [own, other] = await Promise.all(
			[ours, reference].map(async pid => wakesOf(strace, pid, path.join(home, `${pid}.strace`))),
		);
		row({
			what: 'wake-ups in an idle minute',
			against: 'Node that ticks once a minute',
			ours: [own],
			reference: [Math.max(1, other)],
			unit: '',
			limit: 1,
		});
	} finally {
		tmux(program, 'kill-server');
	}
}
