import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {takeLock} from '../../source/files/lock.ts';
import {gone, isAlive, test} from './agent.ts';
import {hasTmux} from './program.ts';
import {passphrase} from './vaults.ts';

describe.concurrent('okx-keys agent', () => {
	test('after it, commands ask for nothing; after its lock they do again', async ({agent: {sandbox, opened}}) => {
		expect(await sandbox('list')).toMatchObject({status: 11});
		expect(await sandbox('agent', ...opened)).toMatchObject({
			status: 0,
			out: '',
			err: expect.stringMatching(
				/^The agent has the key of \S+sandbox\.json for 15m after each use, and for 8h at most\. To end that: okx-keys agent lock\.\n$/,
			) as string,
		});
		expect(await sandbox('list')).toMatchObject({status: 0, out: expect.stringContaining('main') as string, err: ''});
		expect(await sandbox('edit', 'main', '--description', 'by the agent')).toMatchObject({status: 0});
		expect(await sandbox('agent', 'status')).toMatchObject({
			status: 0,
			out: expect.stringMatching(/^IF UNUSED +AT MOST +VAULT\n1[45]m.* +(8h|7h 59m) +\S+sandbox\.json\n$/) as string,
		});
		expect(await sandbox('agent', 'lock')).toMatchObject({
			status: 0,
			out: '',
			err: 'The agent has forgotten its key and ended.\n',
		});
		expect(await sandbox('list')).toMatchObject({status: 11});
		expect(await sandbox('agent', 'status')).toMatchObject({status: 0, out: '', err: 'No agent runs.\n'});
		expect(await sandbox('agent', 'lock')).toMatchObject({status: 0, err: 'No agent runs.\n'});
	});

	test('holds several vaults at once', async ({agent: {home, sandbox, live, status, start, liveOpened}}) => {
		const pid = await start();
		expect(await live('list')).toMatchObject({status: 11});
		expect(await live('agent', ...liveOpened)).toMatchObject({status: 0});
		expect(await live('list')).toMatchObject({status: 0});
		expect(await sandbox('list')).toMatchObject({status: 0});
		const report = await status();
		expect(report).toMatchObject({
			running: true,
			pid,
			vaults: [{path: home.file('.config/okx-keys/sandbox.json')}, {path: null}],
		});
		expect((await sandbox('agent', 'lock')).err).toContain('its 2 keys');
		await gone(pid);
	});

	test('forgets by itself, and ends', async ({agent: {sandbox, status, start}}) => {
		const pid = await start('--idle', '2s');
		await gone(pid);
		expect(await sandbox('list')).toMatchObject({status: 11});
		expect(fs.existsSync((await status()).socket)).toBe(false);
	});

	test('is not renewed by itself: to start it again asks again', async ({agent: {sandbox, status, start}}) => {
		await start('--max', '1h');
		expect(await sandbox('agent', '--max', '2h')).toMatchObject({
			status: 11,
			err: expect.stringContaining('no terminal to ask for its passphrase') as string,
		});
		expect((await status()).vaults[0]!.leftMs).toBeLessThanOrEqual(3_600_000);
		const pid = await start('--max', '2h');
		const {vaults} = await status();
		expect(vaults).toHaveLength(1);
		expect(vaults[0]!.leftMs).toBeGreaterThan(3_600_000);
		expect(isAlive(pid)).toBe(true);
	});

	test('a wrong passphrase starts nothing', async ({agent: {home, sandbox, status}}) => {
		expect(await sandbox('agent', '--passphrase-file', home.passphraseFile('not this one', 'wrong'))).toMatchObject({
			status: 11,
		});
		expect(await status()).toMatchObject({running: false, pid: null, vaults: []});
	});

	test.for<readonly [string, readonly string[], RegExp]>([
		['a word that it does not know', ['restart'], /There is no action called restart/],
		['two words', ['status', 'lock'], /./],
		['a time without a unit', ['--idle', '15'], /--idle is not a time from 1s to 7d/],
		['no time at all', ['--max', '0s'], /--max is not a time/],
		['for ever', ['--max', '8d'], /--max is not a time/],
	])('refuses %s', async ([, words, sentence], {agent: {sandbox, opened}}) => {
		expect(await sandbox('agent', ...words, ...opened)).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringMatching(sentence) as string,
		});
	});

	test('two starts at once leave one agent, which has the key', async ({agent: {sandbox, status, opened}}) => {
		const starts = await Promise.all(Array.from({length: 3}, async () => sandbox('agent', ...opened)));
		expect(starts.map(({status, err}) => ({status, lines: err.split('\n').length}))).toEqual(
			Array.from({length: 3}, () => ({status: 0, lines: 2})),
		);
		const {pid, socket, vaults} = await status();
		expect(vaults).toHaveLength(1);
		expect(execFileSync('pgrep', ['-f', socket], {encoding: 'utf8'}).trim().split('\n')).toEqual([String(pid)]);
	});

	test('a start waits for another one that is under way', async ({agent: {sandbox, status, opened}}) => {
		const {socket} = await status();
		const release = await takeLock(path.join(path.dirname(socket), 'agent.lock'), 5000);
		const starting = sandbox('agent', ...opened);
		// Each takes as long as the start needs to come to the lock.
		for (let times = 0; times < 2; times++) expect(await sandbox('list', ...opened)).toMatchObject({status: 0});
		expect(await status()).toMatchObject({running: false});
		release!();
		expect(await starting).toMatchObject({status: 0});
		expect(await status()).toMatchObject({running: true});
	});

	test('works under --readonly, and so does a backup: neither changes the vault', async ({
		agent: {home, sandbox, start},
	}) => {
		const vault = home.file('.config/okx-keys/sandbox.json');
		const before = fs.readFileSync(vault);
		await start('--readonly');
		expect(await sandbox('backup', home.file('copy.json'), '--readonly')).toMatchObject({status: 0});
		expect(fs.readFileSync(vault)).toEqual(before);
		expect(fs.readFileSync(home.file('copy.json'))).toEqual(before);
	});

	test('tells a script how many keys it has forgotten', async ({agent: {sandbox, start}}) => {
		await start();
		expect(await sandbox('agent', 'lock', '--json')).toMatchObject({
			status: 0,
			out: '{\n  "forgotten": 1\n}\n',
			err: '',
		});
		expect(await sandbox('agent', 'lock', '--json')).toMatchObject({
			status: 0,
			out: '{\n  "forgotten": null\n}\n',
			err: '',
		});
	});

	test('badly-moded-socket: commands do not use it, and open with the passphrase all the same', async ({
		agent: {sandbox, status, start, opened},
	}) => {
		await start();
		const {socket} = await status();
		fs.chmodSync(socket, 0o666);
		try {
			expect(await sandbox('list')).toMatchObject({
				status: 11,
				err: expect.stringContaining('can be used by other users') as string,
			});
			expect(await sandbox('list', ...opened)).toMatchObject({status: 0});
			expect(await sandbox('agent', 'status')).toMatchObject({status: 1, out: ''});
		} finally {
			fs.chmodSync(socket, 0o600);
		}
	});
});

describe.skipIf(!hasTmux)('at a terminal', () => {
	test('agent asks once; two commands ask for nothing; after agent lock it asks again', async ({
		agent: {status},
		openTerminal,
	}) => {
		const terminal = openTerminal();
		try {
			terminal.start('agent', '--sandbox');
			await terminal.see('Passphrase or recovery key:');
			terminal.type(passphrase);
			terminal.press('Enter');
			await terminal.see('The agent has the key');
			terminal.start('list', '--sandbox');
			await terminal.see(/^main +read,trade/m);
			terminal.start('show', 'main', '--sandbox');
			await terminal.see(/^Permissions +read, trade/m);
			terminal.start('agent', 'lock', '--sandbox');
			await terminal.see('has forgotten its key and ended');
			terminal.start('list', '--sandbox');
			await terminal.see(/and ended\.[^]*Passphrase or recovery key: *$/m);
			terminal.press('C-c');
			await terminal.see('Stopped; nothing was changed.');
			expect(await status()).toMatchObject({running: false});
		} finally {
			terminal.close();
		}
	});
});
