import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {folderWith, placesOf, searched, secret} from './helpers.ts';

const hasGit = spawnSync('git', ['--version']).status === 0;

describe.skipIf(!hasGit)('repositories', () => {
	function git(folder: string, ...words: readonly string[]): void {
		execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
			env: {PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1'},
			stdio: 'ignore',
		});
	}

	function repository(): string {
		const folder = folderWith({'a/.env': `one\nS=${secret}\n`});
		git(folder, 'init');
		git(folder, 'add', '-A');
		git(folder, 'commit', '-m', 'first');
		git(folder, 'rm', 'a/.env');
		git(folder, 'commit', '-m', 'second');
		return folder;
	}

	test('what was deleted is found in loose objects, with its path and line', async () => {
		const folder = repository();
		const report = await searched(folder, [secret]);
		expect(placesOf(folder, report)).toEqual(['.git a/.env:2']);
	});

	test('what was deleted is found in packs', async () => {
		const folder = repository();
		git(folder, 'gc', '--aggressive', '--prune=now');
		expect(placesOf(folder, await searched(folder, [secret]))).toEqual(['.git a/.env:2']);
	});

	test('what no branch has any more is found', async () => {
		const folder = repository();
		git(folder, 'update-ref', '-d', 'HEAD');
		fs.rmSync(path.join(folder, '.git/logs'), {recursive: true});
		expect(placesOf(folder, await searched(folder, [secret]))).toEqual(['.git undefined:2']);
	});

	test('the repository that a worktree or submodule belongs to is searched, and only once', async () => {
		const folder = repository();
		const others = folderWith({});
		git(folder, 'worktree', 'add', path.join(others, 'worktree'));
		git(others, 'init', 'whole');
		git(path.join(others, 'whole'), '-c', 'protocol.file.allow=always', 'submodule', 'add', folder, 'part');
		const found = async (name: string) => placesOf(others, await searched(path.join(others, name), [secret]));
		const own = path.relative(others, path.join(folder, '.git'));
		expect(await found('worktree')).toEqual([`${own} a/.env:2`]);
		expect(await found('whole/part')).toEqual(['whole/.git/modules/part a/.env:2']);
		const {tally: alone} = await searched(folder, [secret]);
		git(folder, 'worktree', 'add', path.join(folder, 'inside'));
		const {tally: together} = await searched(folder, [secret]);
		expect(together.objects).toBe(alone.objects);
	});

	test('a worktree whose repository is gone is told', async () => {
		const folder = folderWith({'.git': 'gitdir: /nonexistent/.git/worktrees/x\n'});
		const {unread} = await searched(folder, [secret]);
		expect(unread.map(({reason}) => reason())).toEqual(['the repository that it names is not there']);
	});

	test('messages of commits are searched', async () => {
		const folder = folderWith({a: ''});
		git(folder, 'init');
		git(folder, 'commit', '--allow-empty', '-m', `the secret is ${secret}`);
		const {finds} = await searched(folder, [secret]);
		expect(finds.map(({object}) => object?.path)).toContain(undefined);
	});

	test('nothing that a repository configures is run', async () => {
		const folder = repository();
		const trap = path.join(folder, 'trap');
		fs.writeFileSync(trap, `#!/bin/sh\ntouch ${trap}.sprung\ncat\n`, {mode: 0o755});
		for (const [name, value] of [
			['core.fsmonitor', trap],
			['core.sshCommand', trap],
			['core.pager', trap],
			['core.hooksPath', folder],
			['filter.x.smudge', trap],
			['diff.x.textconv', trap],
			['extensions.partialClone', 'origin'],
			['remote.origin.url', 'ssh://example.invalid/x'],
			['remote.origin.promisor', 'true'],
		] as const)
			git(folder, 'config', name, value);
		fs.writeFileSync(path.join(folder, '.git/info/attributes'), '* filter=x diff=x');
		// A missing tree, which git would fetch to find the paths of what was found.
		const tree = execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD^:a'], {encoding: 'utf8'}).trim();
		fs.rmSync(path.join(folder, '.git/objects', tree.slice(0, 2), tree.slice(2)), {force: true});
		expect((await searched(folder, [secret])).finds).toHaveLength(1);
		expect(fs.existsSync(`${trap}.sprung`)).toBe(false);
	});

	test('a damaged one is told, and does not count as searched', async () => {
		const folder = repository();
		const objects = path.join(folder, '.git/objects');
		for (const {name, parentPath} of fs.readdirSync(objects, {recursive: true, withFileTypes: true})) {
			if (!/^[\da-f]{38}$/.test(name)) continue;
			fs.chmodSync(path.join(parentPath, name), 0o600);
			fs.writeFileSync(path.join(parentPath, name), 'damaged');
		}

		const report = await searched(folder, [secret]);
		expect(report.unread.map(({reason}) => reason())).toEqual(['git cannot read it whole']);
		expect(report.isSearched(path.join(folder, '.git'))).toBe(false);
		expect(report.isSearched(path.join(folder, 'a/.env'))).toBe(true);
	});

	test('without git, they are told not to be searched', async () => {
		const folder = repository();
		const {searchPlaces} = await import('../../source/scan/search.ts');
		const {unread} = await searchPlaces({
			secrets: [[{text: secret, encoding: 'plain'}]],
			places: [{path: folder}],
			exclude: [],
			environment: {PATH: folder},
		});
		expect(unread.map(({reason}) => reason())).toEqual(['git is not installed here']);
	});
});
