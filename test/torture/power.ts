import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {decrypt} from '../vault/decrypt.mjs';
import {start} from '../vault/program.ts';
import {openable, opener} from '../vault/world.ts';

export type Cuts = {
	readonly cuts: number;
	readonly confirmed: number;
	/** Cuts after which the disk held less than was confirmed before, or something that cannot be read. */
	readonly lost: readonly string[];
};

/** Why power cuts cannot be tried here; undefined when they can. */
export function noLoopDisks(): string | undefined {
	if (process.getuid?.() !== 0) return 'only root may mount the disk that this needs';
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-loop-'));
	try {
		mount(newDisk(folder), folder);
		execFileSync('umount', [folder]);
		return undefined;
	} catch {
		return 'no disk can be made of a file here: mkfs.ext4 or loop devices are missing';
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

function newDisk(folder: string): string {
	const image = join(folder, 'image');
	execFileSync('truncate', ['--size=48M', image]);
	execFileSync('mkfs.ext4', ['-q', '-F', image], {stdio: 'ignore'});
	return image;
}

/** Five minutes pass before the disk writes anything that it was not asked to confirm. */
function mount(image: string, at: string): void {
	mkdirSync(at, {recursive: true});
	execFileSync('mount', ['-o', 'loop,commit=300', image, at], {stdio: 'ignore'});
}

/**
 * Cuts the power of a disk while a program saves: the program is stopped, the disk as it is at this moment copied,
 * and the copy mounted like a disk after a power cut. It has to hold at least what was confirmed until then, whole.
 */
export async function cutPower(cuts: number): Promise<Cuts> {
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-power-'));
	const [disk, copy] = [join(folder, 'disk'), join(folder, 'copy')];
	const image = newDisk(folder);
	mount(image, disk);
	const path = join(disk, 'own/vault.json');
	const lost: string[] = [];
	let confirmed = 0;
	try {
		const {recoveryKey} = await openable(path).create(opener.passphrase, {keys: []});
		const child = start(['count', path, 'power'], {environment: {RECOVERY_KEY: recoveryKey.reveal()}});
		try {
			await child.heard(1);
			for (let cut = 0; cut < cuts; cut++) {
				await sleep(50 + 200 * Math.random());
				child.kill('SIGSTOP');
				// What it has said may still be on its way.
				await sleep(50);
				confirmed = child.lines().length - 1;
				copyFileSync(image, `${image}.copy`);
				mount(`${image}.copy`, copy);
				try {
					const {keys} = read(join(copy, 'own/vault.json'), recoveryKey.reveal());
					const found = Number(keys.find(({id}) => id === 'power')?.description ?? 0);
					if (found < confirmed) lost.push(`cut ${cut}: ${confirmed} were confirmed, the disk holds ${found}`);
					const backups = join(copy, 'own/backups');
					if (confirmed > 0)
						for (const backup of readdirSync(backups)) read(join(backups, backup), recoveryKey.reveal());
				} catch (error) {
					lost.push(`cut ${cut}: ${String(error)}`);
				} finally {
					execFileSync('umount', [copy]);
				}

				child.kill('SIGCONT');
			}
		} finally {
			child.kill();
			await child.ended;
		}
	} finally {
		execFileSync('umount', [disk]);
		rmSync(folder, {recursive: true, force: true});
	}

	return {cuts, confirmed, lost};
}

type Content = {readonly keys: readonly {readonly id: string; readonly description: string}[]};

function read(path: string, recoveryKey: string): Content {
	return JSON.parse(decrypt(readFileSync(path, 'latin1'), 'recovery', recoveryKey).toString()) as Content;
}
