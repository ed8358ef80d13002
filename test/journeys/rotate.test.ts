import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {expect} from 'vitest';
import {test} from './journey.ts';
import {program} from './program.ts';
import type {TestVault} from './vaults.ts';

/** Kills the program once it has saved the vault so often; false if it ended before. */
async function killedAfter({home, path, opened}: TestVault, saves: number, words: readonly string[]): Promise<boolean> {
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

test(
	'a rotation that is killed after any save goes on, or is undone, and nothing is there twice',
	{timeout: 300_000},
	async ({sandbox}) => {
		expect(await sandbox.run('create', 'grid', '--ip', '127.0.0.1')).toMatchObject({status: 0});
		let saves = 0;
		while (await killedAfter(sandbox, ++saves, ['rotate', 'grid', '--yes'])) {
			const isUndone = saves % 2 === 0 && (await sandbox.run('rotate', 'grid', '--abort')).status === 0;
			const {status, err} = isUndone
				? {status: 0, err: ''}
				: await sandbox.run('rotate', 'grid', '--continue', '--yes');
			// Where it was killed before its first save, or after its last, no rotation is left.
			if (status !== 0) expect(err).toContain('grid is not being rotated.');
			expect(await sandbox.json('list')).toMatchObject([
				{name: 'grid', status: 'active', freeze: null},
				{name: 'main', status: 'active'},
			]);
			expect(await sandbox.json('test', 'grid')).toMatchObject([{ok: true}]);
		}

		expect(saves).toBeGreaterThan(5);
		const trash = (await sandbox.json('list', '--trash')) as readonly {readonly status: string}[];
		expect(new Set(trash.map(({status}) => status))).toEqual(new Set(['revoked']));
	},
);
