import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {TestProject} from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		/** The folder of the vaults that the journeys copy; the first test that wants one has it made. */
		preparedVaults: string;
	}
}

export default function setup(project: TestProject): () => void {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-vaults-'));
	project.provide('preparedVaults', folder);
	return () => {
		fs.rmSync(folder, {recursive: true});
	};
}
