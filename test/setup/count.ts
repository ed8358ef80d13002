import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {TestProject} from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		/** A file with one character for each signed request: `!` for one to a strange host. */
		signedRequests: string;
	}
}

/** Has the signed requests of the whole suite counted; scripts/plain-reporter.js tells how many there were. */
export default function setup(project: TestProject): () => void {
	const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-signed-')), 'requests');
	fs.writeFileSync(file, '');
	process.env['SIGNED_REQUESTS'] = file;
	project.provide('signedRequests', file);
	return () => {
		fs.rmSync(path.dirname(file), {recursive: true});
	};
}
