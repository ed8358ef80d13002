import {defineConfig, type TestProjectConfiguration} from 'vitest/config';
import SlowFirst from './test/setup/slow-first.ts';

/**
 * Files that leave something behind in the process. The others share processes, in which the sources are loaded and
 * compiled once.
 */
const apart = [
	'test/journeys/**/*.test.ts',
	'test/*.test.ts',
	// These change what modules do or read as they are loaded.
	'test/ui/{budget,conflicts}.test.tsx',
];

function project(
	name: string,
	files: {readonly include: string[]; readonly exclude?: string[]; readonly isolate: boolean; readonly retry?: number},
) {
	return {
		// As in what ships: React's production build knows no development JSX.
		oxc: {jsx: {runtime: 'automatic', development: false}},
		test: {
			...files,
			name,
			// A fixed size and no colour, so that a run does not depend on who runs it.
			env: {COLUMNS: '100', LINES: '30', FORCE_COLOR: '0', TZ: 'UTC', NODE_ENV: 'production'},
			setupFiles: ['test/setup/credentials.ts'],
			// A journey starts real programs; on a loaded machine each start takes its time.
			testTimeout: 30_000,
			hookTimeout: 30_000,
		},
	} satisfies TestProjectConfiguration;
}

export default defineConfig({
	test: {
		projects: [
			// Journeys wait for real terminals. On a CI machine that is short of time, one that fails is tried once more,
			// and the end of the log names it.
			project('apart', {include: apart, isolate: true, retry: process.env['CI'] ? 1 : 0}),
			project('sharing', {include: ['test/**/*.test.{ts,tsx}'], exclude: apart, isolate: false}),
		],
		globalSetup: ['test/setup/memory.ts', 'test/setup/count.ts', 'test/setup/folders.ts'],
		sequence: {sequencer: SlowFirst},
		reporters: ['default', './scripts/plain-reporter.js'],
		// Most tests wait for a child process or a timer: three workers would leave a fifth of two cores idle.
		maxWorkers: 4,
		// Of the journeys that run side by side, each has a program at work.
		maxConcurrency: 3,
	},
});
