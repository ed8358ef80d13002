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

export default function setup(project: TestProject): () => void {
	const all = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-run-'));
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
