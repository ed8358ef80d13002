import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {TestProject} from 'vitest/node';

/** What is made once in a run, for all of its files, by the first test that wants it. */
type Folders = {
	/** The vaults that the journeys copy. */
	readonly vaults: string;
	/** What Node has compiled of the built program, for all its starts. */
	readonly compiled: string;
	/** Programs of the tests as one file of plain JavaScript. */
	readonly bundles: string;
};

declare module 'vitest' {
	interface ProvidedContext {
		folders: Folders;
	}
}

/** Each save of a vault waits for the disk several times, and thousands are made: in memory there is no such wait. */
const memory = '/dev/shm';
const enoughBytes = 2 ** 30;

/** Whether a folder of a run can be there: with room for all of its files, and with programs that are run from it. */
function isInMemory(folder: string): boolean {
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
		const folder = fs.mkdtempSync(path.join(memory, 'okx-'));
		if (isInMemory(folder)) return folder;
		fs.rmSync(folder, {recursive: true});
	} catch {
		// Another system, or a machine that gives its users no memory to keep files in.
	}

	return fs.mkdtempSync(path.join(os.tmpdir(), 'okx-'));
}

/** Has all temporary folders of the tests in one, which goes with the run. */
export default function setup(project: TestProject): () => void {
	const all = newFolder();
	// As with any folder for temporary files, other users get through it.
	fs.chmodSync(all, 0o711);
	process.env['TMPDIR'] = all;
	const folder = (name: keyof Folders) => {
		const made = path.join(all, name);
		fs.mkdirSync(made);
		return made;
	};
	project.provide('folders', {vaults: folder('vaults'), compiled: folder('compiled'), bundles: folder('bundles')});
	return () => {
		// A program that is still ending may write what it has compiled.
		fs.rmSync(all, {recursive: true, maxRetries: 5});
	};
}
