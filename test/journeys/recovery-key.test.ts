import {spawnSync} from 'node:child_process';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {program, type Home} from './program.ts';

/** Runs a line for a shell, in which `$0 "$@"` is the program with its words. */
const shell = (home: Home, line: string, ...words: readonly string[]) =>
	spawnSync('bash', ['-c', `set -o pipefail; ${line}`, process.execPath, program, ...words], {
		env: home.environment,
		encoding: 'utf8',
	});

describe('recovery-key-unseen', () => {
	test('recovery-key-unseen: a recovery key that could not be seen is told as that, not as done', ({home, grid}) => {
		const opened = ['--passphrase-file', grid.passphraseFile];
		const made = shell(home, 'exec "$0" "$@" > /dev/full', 'init', '--vault', home.file('new/vault.json'), ...opened);
		expect(made.status).toBe(1);
		expect(made.stderr).toContain('so it was not seen');
		const closed = shell(home, '"$0" "$@" | true', 'add-slot', 'recovery', ...grid.opened);
		expect(closed.status).toBe(1);
		expect(closed.stderr).toContain('so it was not seen');
	});

	test.for(['>&-', '> /dev/null'])(
		'where standard output is %s, the key is not said to be shown',
		(to, {home, made}) => {
			const opened = ['--passphrase-file', made.passphraseFile];
			for (const words of [
				['add-slot', 'recovery', ...made.opened],
				['init', '--vault', home.file('new.json'), ...opened],
				['rekey', '--yes', ...opened],
			]) {
				const {status, stderr} = shell(home, `exec "$0" "$@" ${to}`, ...words);
				expect({words, status, stderr}).toMatchObject({
					status: 0,
					stderr: expect.stringMatching(/it was not seen\.\n.*add-slot recovery/) as string,
				});
				expect(stderr).not.toContain('shown only now');
			}
		},
	);

	test('a vault whose new recovery key could not be written still opens with its passphrase', async ({home, grid}) => {
		const opened = ['--passphrase-file', grid.passphraseFile];
		const {status, stderr} = shell(home, 'exec "$0" "$@" > /dev/full', 'rekey', '--yes', ...opened);
		expect({status, stderr}).toMatchObject({status: 1, stderr: expect.stringContaining('it was not seen') as string});
		expect(await grid.names(grid.passphraseFile)).toEqual(['grid']);
	});
});
