import {defineConfig} from 'vitest/config';

export default defineConfig({
	// As in what ships: React's production build knows no development JSX.
	oxc: {jsx: {runtime: 'automatic', development: false}},
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// A fixed size and no colour, so that a run does not depend on who runs it.
		env: {COLUMNS: '100', LINES: '30', FORCE_COLOR: '0', TZ: 'UTC', NODE_ENV: 'production'},
		setupFiles: ['test/setup/credentials.ts'],
		globalSetup: ['test/setup/count.ts'],
		reporters: ['default', './scripts/plain-reporter.js'],
		// Vitest would leave one of two cores idle, and most tests wait for a child process or a timer.
		maxWorkers: 2,
		// A journey starts real programs; on a loaded machine each start takes its time.
		testTimeout: 30_000,
		hookTimeout: 30_000,
	},
});
