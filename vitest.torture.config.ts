import {defineConfig} from 'vitest/config';

/** What takes minutes: `npm run torture`, or a part of it with `npm run torture -- -t kill`. */
export default defineConfig({
	test: {
		include: ['test/torture/*.torture.ts'],
		env: {TZ: 'UTC', NODE_ENV: 'production'},
		reporters: ['default', './scripts/torture-reporter.js'],
		globalSetup: ['test/setup/folders.ts'],
		testTimeout: 30 * 60_000,
	},
});
