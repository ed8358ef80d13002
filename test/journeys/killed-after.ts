import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {program} from './program.ts';
import type {TestVault} from './vaults.ts';

/** The number of the vault's last save: two in a row may come too fast to be seen one by one. */
function savesOf(path: string): number {
	const {header} = JSON.parse(fs.readFileSync(path, 'utf8')) as {readonly header: string};
	return (JSON.parse(Buffer.from(header, 'base64').toString()) as {readonly rev: number}).rev;
}

/** Kills the program once it has saved the vault at least so often; false if it ended before. */
export async function killedAfter(
	{home, path, opened}: TestVault,
	saves: number,
	words: readonly string[],
): Promise<boolean> {
	const before = savesOf(path);
	const child = spawn(process.execPath, [program, ...words, ...opened], {
		env: home.environment,
		cwd: home.path,
		detached: true,
		stdio: 'ignore',
	});
	const ended = once(child, 'close');
	while (child.exitCode === null && savesOf(path) - before < saves) await delay(1);

	child.kill('SIGKILL');
	await ended;
	return child.signalCode === 'SIGKILL';
}
