import {defineConfig} from 'vitest/config';

/** What `npm run build:executable` has made; it says where that is. */
export default defineConfig({
	test: {
		include: ['test/distribution/*.executable.ts'],
		env: {TZ: 'UTC', NODE_ENV: 'production'},
		// Under emulation, Argon2id takes its time.
		testTimeout: 10 * 60_000,
		hookTimeout: 10 * 60_000,
	},
});
