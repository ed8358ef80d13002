import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux, run, type Home} from './program.ts';
import {list, openList} from './screen.ts';

const fileIn = (home: Home) => home.file('.config/okx-keys/settings.json');

function writeIn(home: Home, text: string): string {
	const file = fileIn(home);
	fs.mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
	fs.writeFileSync(file, text, {mode: 0o600});
	return file;
}

describe.concurrent('settings', () => {
	test('are changed without a vault and without a terminal, and are in force in the next command', async ({home}) => {
		expect(await run(home, ['settings', 'ascii', 'always'])).toMatchObject({status: 0, err: 'ascii is now always.\n'});
		expect((await run(home, ['new'])).err).toContain("the exchange's page");
		expect(fs.statSync(fileIn(home)).mode & 0o777).toBe(0o600);
		expect(await run(home, ['settings', 'ascii', 'never'])).toMatchObject({status: 0});
		expect((await run(home, ['new'], {environment: {LANG: 'C'}})).err).toContain('the exchange’s page');
		expect((await run(home, ['--ascii', 'new'])).err).toContain("the exchange's page");
		expect((await run(home, ['--readonly', 'settings', 'ascii', 'auto'])).status).toBe(2);
		expect((await run(home, ['settings', 'ascii'])).out).toBe('never\n');
		expect((await run(home, ['settings', 'asci', 'never'])).err).toContain('Did you mean ascii?');
	});

	test('are completed by a shell, with the keys of actions', async ({home}) => {
		const words = (await run(home, ['__complete', 'settings'])).out.split('\n');
		expect(words).toEqual(expect.arrayContaining(['lock-time', 'keys', 'keys.key.test']));
		writeIn(home, '{');
		expect((await run(home, ['__complete', 'settings'])).err).toBe('');
	});

	test('of options and of the environment come first', async ({home}) => {
		await run(home, ['settings', 'language', 'en']);
		const {out} = await run(home, ['--ascii', 'settings'], {environment: {NO_COLOR: '1', OKX_KEYS_LANG: 'en'}});
		expect(out).toMatch(/^ascii +always +--ascii /m);
		expect(out).toMatch(/^colors +never +NO_COLOR /m);
		expect(out).toMatch(/^language +en +OKX_KEYS_LANG /m);
	});

	test.for<readonly [string, (home: Home) => void]>([
		['damaged', home => void writeIn(home, '{"lock-time": ')],
		['of a newer version', home => void writeIn(home, '{"version": 2}')],
		[
			'a pipe',
			home => {
				fs.mkdirSync(path.dirname(fileIn(home)), {recursive: true, mode: 0o700});
				execFileSync('mkfifo', [fileIn(home)]);
			},
		],
		['endless', home => fs.truncateSync(writeIn(home, '{}'), 1024 ** 3)],
	])('in a file that is %s are said and left alone, and commands work without them', async ([, make], {sandbox}) => {
		const {home} = sandbox;
		make(home);
		const {ino, mtimeMs, size} = fs.lstatSync(fileIn(home));
		const listed = await sandbox.run('list');
		expect([listed.status, listed.out]).toEqual([0, expect.stringContaining('main')]);
		expect(listed.err).toContain('settings.json are not used, and are left as they are: ');
		const changed = await run(home, ['settings', 'lock-time', '5m']);
		expect(changed.status).toBe(2);
		expect(changed.err).toMatch(/Correct it|move it away|move the file away|Move it away/);
		expect(fs.lstatSync(fileIn(home))).toMatchObject({ino, mtimeMs, size});
	});

	test('that many programs change at once are all kept', async ({home}) => {
		const changes = ['lock-time 5m', 'clipboard-time 9s', 'ascii always', 'colors never', 'keys.key.test ctrl+t'];
		const runs = await Promise.all(changes.map(async change => run(home, ['settings', ...change.split(' ')])));
		expect(runs.map(({status}) => status)).toEqual(changes.map(() => 0));
		const {version, keys, ...others} = JSON.parse(fs.readFileSync(fileIn(home), 'utf8')) as Record<string, unknown>;
		expect([version, keys]).toEqual([1, {'key.test': ['ctrl+t']}]);
		expect(others).toEqual({'lock-time': '5m', 'clipboard-time': '9s', ascii: 'always', colors: 'never'});
	});

	test('decide from which score a key is healthy', async ({sandbox}) => {
		expect(JSON.parse((await sandbox.run('list', 'health:bad', '--json')).out)).toEqual([]);
		await run(sandbox.home, ['settings', 'healthy-score', '95']);
		expect(JSON.parse((await sandbox.run('list', 'health:bad', '--json')).out)).toHaveLength(1);
	});
});

describe.skipIf(!hasTmux).concurrent('the screen of settings', () => {
	test('changes a time, a choice and a key at once, and the next start has them', async ({sandbox, openTerminal}) => {
		const terminal = await openList(sandbox, openTerminal);
		await terminal.see(list);
		terminal.type(',');
		await terminal.see('› Lock after');
		terminal.press('Enter', 'C-u');
		terminal.type('20m');
		terminal.press('Enter');
		await terminal.see('Lock after: 20m.');
		await terminal.see('lock 20m');
		terminal.press('G', 'k', 'k', 'k', 'k', 'Enter');
		await terminal.see('keys of your own: 0');
		terminal.type('/key.test');
		terminal.press('Enter', 'Enter');
		await terminal.see('Press the key for “test the key live”');
		terminal.press('e');
		await terminal.see('e is a key of key.edit');
		terminal.press('Enter');
		await terminal.see('Press the key for “test the key live”');
		terminal.press('C-t');
		await terminal.see('Ctrl+T: test the key live.');
		terminal.press('Escape', 'Escape', 'Escape');
		await terminal.see(list);
		terminal.press('q');
		await terminal.seeNot('API Keys Management');

		const next = await openList(sandbox, openTerminal);
		await next.see(list);
		await next.see('Ctrl+T test');
		await next.see('lock 20m');
		next.press('C-t');
		await next.see('The key works');
	});

	test('says at the start what is wrong with the file, also after the end', async ({sandbox, openTerminal}) => {
		writeIn(sandbox.home, '[]');
		const terminal = await openList(sandbox, openTerminal, {columns: 200});
		terminal.type(',');
		await terminal.see('is not one object of JSON. Correct it, or move it away.');
		terminal.press('Escape');
		await terminal.see(list);
		terminal.press('q');
		await terminal.see(/^! The settings in .* are not used/m);
		expect(fs.readFileSync(fileIn(sandbox.home), 'utf8')).toBe('[]');
	});
});
