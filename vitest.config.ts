import {defineConfig, type TestProjectConfiguration} from 'vitest/config';

/** Folders whose tests leave nothing behind in the process, so that their files may share one and load the sources once. */
const sharing = ['actions', 'commands', 'core', 'exchange', 'files', 'formats', 'io'].map(
	folder => `test/${folder}/**/*.test.ts`,
);

function project(
	name: string,
	files: {readonly include: string[]; readonly exclude?: string[]; readonly isolate: boolean},
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
			project('sharing', {include: sharing, isolate: false}),
			project('apart', {include: ['test/**/*.test.{ts,tsx}'], exclude: sharing, isolate: true}),
		],
		globalSetup: ['test/setup/count.ts', 'test/setup/vaults.ts'],
		reporters: ['default', './scripts/plain-reporter.js'],
		// Most tests wait for a child process or a timer: two workers would leave a fifth of two cores idle.
		maxWorkers: 3,
		// Of the journeys that run side by side, each has a program at work.
		maxConcurrency: 3,
	},
});
