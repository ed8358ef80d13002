import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {program} from './program.ts';
import type {TestVault} from './vaults.ts';

/** Kills the program once it has saved the vault so often; false if it ended before. */
export async function killedAfter(
	{home, path, opened}: TestVault,
	saves: number,
	words: readonly string[],
): Promise<boolean> {
	const inode = () => fs.statSync(path, {throwIfNoEntry: false})?.ino;
	let last = inode();
	let seen = 0;
	const child = spawn(process.execPath, [program, ...words, ...opened], {
		env: home.environment,
		cwd: home.path,
		detached: true,
		stdio: 'ignore',
	});
	const ended = once(child, 'close');
	while (child.exitCode === null && seen < saves) {
		const now = inode();
		if (now !== last) seen++;
		last = now;
		await delay(1);
	}

	child.kill('SIGKILL');
	await ended;
	return child.signalCode === 'SIGKILL';
}
