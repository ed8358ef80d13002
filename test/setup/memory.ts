import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const memory = '/dev/shm';
const enoughBytes = 2 ** 30;

/** Whether a run's temporary files can be in a folder: with room for all of them, and with programs run from it. */
function isUsable(folder: string): boolean {
	try {
		const {bavail, bsize} = fs.statfsSync(folder);
		const script = path.join(folder, 'script');
		fs.writeFileSync(script, '#!/bin/sh\n', {mode: 0o700});
		execFileSync(script);
		fs.rmSync(script);
		return bavail * bsize >= enoughBytes;
	} catch {
		return false;
	}
}

function newFolder(): string {
	try {
		const folder = fs.mkdtempSync(path.join(memory, 'okx'));
		if (isUsable(folder)) return folder;
		fs.rmSync(folder, {recursive: true});
	} catch {
		// Another system, or a machine that gives its users no memory to keep files in.
	}

	return fs.mkdtempSync(path.join(os.tmpdir(), 'okx'));
}

/**
 * Has all temporary folders of the tests in one, which goes with the run: in memory, where no save of a vault waits for
 * the disk.
 */
export default function setup(): () => void {
	const folder = newFolder();
	// As with any folder for temporary files, other users get through it.
	fs.chmodSync(folder, 0o711);
	process.env['TMPDIR'] = folder;
	return () => {
		// A program that is still ending may write what it has compiled.
		fs.rmSync(folder, {recursive: true, maxRetries: 5});
	};
}
