import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Home, run, runShell, type Run} from './program.ts';

const passphrase = 'correct horse battery staple';

describe('what is named as a file', () => {
	let home: Home;
	let given: readonly string[];
	beforeAll(async () => {
		home = new Home();
		given = ['--sandbox', '--passphrase-file', home.passphraseFile(passphrase)];
		expect(await run(home, ['init', ...given, '--json'])).toMatchObject({status: 0});
		execFileSync('mkfifo', [home.file('fifo')]);
	}, 60_000);
	afterAll(() => { home.remove(); });

	const sandbox = async (...words: readonly string[]): Promise<Run> => run(home, [...words, ...given]);

	test('fifo-hangs: no command waits for a pipe without a writer, and each says what it is', async () => {
		const fifo = home.file('fifo');
		const pipe = `okx-keys: ${fifo} cannot be read (it is a pipe).\nGive it as standard input: - < ${fifo}\n`;
		expect(await sandbox('check', '--no-touch', '--policy', fifo)).toMatchObject({status: 2, err: pipe});
		expect(await sandbox('import', fifo)).toMatchObject({status: 2, err: pipe});
		expect(await sandbox('restore', fifo)).toMatchObject({status: 2, err: expect.stringContaining('it is a pipe') as string});
		expect(await run(home, ['list', '--sandbox', '--key-file', fifo])).toMatchObject({status: 2, err: expect.stringContaining('is not a file') as string});
	}, 60_000);

	test('what a shell gives by process substitution is read to its end, and nobody is told to delete it', async () => {
		const words = given.map(word => `'${word}'`).join(' ');
		expect(await runShell(home, `okx-keys import --no-test <(sleep 0.3; echo '['; sleep 0.3; echo ']') ${words}`)).toMatchObject({status: 0, err: '0 of 0 stored, 0 here already, 0 refused.\n'});
		expect(await runShell(home, `okx-keys check --no-touch --policy <(sleep 0.3; echo '{"maxAgeDays": 3650}') ${words}`)).toMatchObject({status: 0, err: ''});
		expect(await runShell(home, `okx-keys check --no-touch --policy <(echo '{"nonsense": 1}') ${words}`)).toMatchObject({status: 2});
	}, 60_000);

	test('what is not there is said in the same words by all commands', async () => {
		const none = home.file('none');
		for (const words of [['check', '--policy', none], ['import', none], ['restore', none]]) expect(await sandbox(...words)).toMatchObject({status: 2, err: `okx-keys: There is no file ${none}.\nCheck its name.\n`});
		expect(await run(home, ['list', '--sandbox', '--passphrase-file', none])).toMatchObject({status: 2, err: `okx-keys: There is no passphrase file ${none}.\nCheck its name.\n`});
		expect(fs.existsSync(none)).toBe(false);
	}, 60_000);
});
