import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {program, run, runShell} from './program.ts';
import {passphrase} from './vaults.ts';

describe.concurrent('what is named as a file', () => {
	test('fifo-hangs: no command waits for a pipe without a writer, and each says what it is', async ({
		home,
		sandbox,
	}) => {
		const fifo = home.file('fifo');
		execFileSync('mkfifo', [fifo]);
		const pipe = `okx-keys: ${fifo} cannot be read (it is a pipe).\nGive it as standard input: - < ${fifo}\n`;
		expect(await sandbox.run('check', '--no-touch', '--policy', fifo)).toMatchObject({status: 2, err: pipe});
		expect(await sandbox.run('import', fifo)).toMatchObject({status: 2, err: pipe});
		expect(await sandbox.run('restore', fifo)).toMatchObject({
			status: 2,
			err: expect.stringContaining('it is a pipe') as string,
		});
		expect(await run(home, ['list', '--sandbox', '--key-file', fifo])).toMatchObject({
			status: 2,
			err: expect.stringContaining('is not a file') as string,
		});
	});

	test('what a shell gives by process substitution is read to its end, and no advice is given to delete it', async ({
		home,
		sandbox,
	}) => {
		const words = sandbox.opened.map(word => `'${word}'`).join(' ');
		// More than a pipe holds: what follows is written once the program has begun to read.
		const blanks = `printf '%100000s' ''`;
		expect(
			await runShell(home, `okx-keys import --no-test <(${blanks}; echo '['; ${blanks}; echo ']') ${words}`),
		).toMatchObject({status: 0, err: '0 of 0 stored, 0 here already, 0 refused.\n'});
		expect(
			await runShell(home, `okx-keys check --no-touch --policy <(echo '{"maxAgeDays": 3650}') ${words}`),
		).toMatchObject({status: 0, err: ''});
		expect(await runShell(home, `okx-keys check --no-touch --policy <(echo '{"nonsense": 1}') ${words}`)).toMatchObject(
			{status: 2},
		);
	});

	test('what is not there is said in the same words by all commands', async ({home, sandbox}) => {
		const none = home.file('none');
		for (const words of [
			['check', '--policy', none],
			['import', none],
			['restore', none],
		])
			expect(await sandbox.run(...words)).toMatchObject({
				status: 2,
				err: `okx-keys: There is no file ${none}.\nCheck its name.\n`,
			});
		expect(await run(home, ['list', '--sandbox', '--passphrase-file', none])).toMatchObject({
			status: 2,
			err: `okx-keys: There is no passphrase file ${none}.\nCheck its name.\n`,
		});
		expect(fs.existsSync(none)).toBe(false);
	});
});

describe.skipIf(process.platform !== 'linux').concurrent('folders', () => {
	test('root-makes-home, mkdir-spins-below-proc: a start makes no home, and ends where no folder can be made', async ({
		home,
	}) => {
		const given = ['--passphrase-file', home.passphraseFile(passphrase), '--json'];
		for (const [nowhere, missing] of [
			[home.file('no/home'), home.file('no/home')],
			['/proc/okx-keys', '/proc/okx-keys'],
		] as const) {
			expect(await run(home, ['init', ...given], {environment: {HOME: nowhere}})).toMatchObject({
				status: 1,
				out: '',
				err: expect.stringContaining(
					`(there is no such file or folder). No vault was made.\nCheck why ${missing} is missing`,
				) as string,
			});
		}

		expect(fs.existsSync(home.file('no'))).toBe(false);
		for (const path of ['/proc/okx-keys/a/vault.json', '/proc/okx-keys/vault.json'])
			expect(await run(home, ['init', '--vault', path, ...given])).toMatchObject({
				status: 1,
				err: expect.stringContaining('No vault was made') as string,
			});
		const environment = {XDG_STATE_HOME: '/proc/okx-keys/state', XDG_RUNTIME_DIR: '/proc/okx-keys/run'};
		expect(await run(home, ['init', ...given], {environment})).toMatchObject({status: 0});
		expect(await run(home, ['agent', ...given.slice(0, 2)], {environment})).toMatchObject({
			err: expect.stringContaining(
				'cannot have its socket in /proc/okx-keys/run/okx-keys (there is no such file or folder)',
			) as string,
		});
	});

	test.skipIf(process.getuid?.() !== 0)(
		'home-unknown: an unlisted user without HOME can do what needs no home, and is told what does (as root)',
		async ({home}) => {
			const [folder, file] = [home.file('unknown'), home.file('unknown/passphrase')];
			fs.chmodSync(home.path, 0o755);
			fs.mkdirSync(folder);
			fs.writeFileSync(file, passphrase, {mode: 0o600});
			for (const path of [folder, file]) fs.chownSync(path, 12_345, 12_345);
			const unknown = async (...words: readonly string[]) =>
				runShell(home, `setpriv --reuid=12345 --regid=12345 --clear-groups env -i ${words.join(' ')}`);
			const start = [process.execPath, program];
			expect(await unknown(...start, 'list')).toMatchObject({
				status: 2,
				err: 'okx-keys: There is no home folder to keep the vault in.\nSet HOME, or name a file with --vault.\n',
			});
			for (const [environment, named] of [
				[[], ['--vault', `${folder}/vault.json`]],
				[[`XDG_CONFIG_HOME=${folder}/config`, `XDG_STATE_HOME=${folder}/state`], []],
			] as const) {
				expect(
					await unknown(...environment, ...start, 'init', ...named, '--passphrase-file', file, '--json'),
				).toMatchObject({status: 0});
				expect(await unknown(...environment, ...start, 'list', ...named, '--passphrase-file', file)).toMatchObject({
					status: 0,
				});
			}
		},
	);
});
