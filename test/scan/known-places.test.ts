import {expect, test} from 'vitest';
import {fixFor} from '../../source/scan/known-places.ts';

const fixOf = (path: string) => fixFor(path, 'grid', {})();

test('git-broken-by-advice: no file of a repository’s own is to be deleted', () => {
	for (const path of ['/src/bot/.git/HEAD', '/src/bot/.git/config', '/src/bot/.git/logs/HEAD', '/src/bot/.git/x.bak'])
		expect(fixOf(path), path).toBe(
			'Take it out with git, not by deleting the file, and rotate the key: clones may have it too.',
		);
	expect(fixOf('/src/bot/.gitignore')).toMatch(/^Delete it, and start the program as okx-keys exec grid -- COMMAND/);
});

test.each([
	['/src/bot/.env', /^Delete it, and start the program as okx-keys exec grid -- COMMAND\.$/],
	['/src/bot/.env.bak', /^Delete the file: editors/],
	['/src/bot/run.log.1', /^Keep the program from logging it/],
])('%s has advice of its own', (path, advice) => {
	expect(fixOf(path)).toMatch(advice);
});
