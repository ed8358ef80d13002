import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {TestProject} from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		/** The folder of the vaults that the journeys copy; the first test that wants one has it made. */
		preparedVaults: string;
		/** The folder in which Node keeps what it has compiled of the built program, for all its starts in a run. */
		compiledProgram: string;
	}
}

export default function setup(project: TestProject): () => void {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-vaults-'));
	const compiled = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-compiled-'));
	project.provide('preparedVaults', folder);
	project.provide('compiledProgram', compiled);
	return () => {
		// A program that is still ending may write what it has compiled.
		for (const each of [folder, compiled]) fs.rmSync(each, {recursive: true, maxRetries: 5});
	};
}
