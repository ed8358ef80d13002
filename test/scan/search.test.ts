import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {folderWith, placesOf, searched, secret} from './helpers.ts';

const isRoot = process.getuid?.() === 0;

test('files of all names are searched, also those that git ignores', async () => {
	const folder = folderWith({
		'.env': `S=${secret}`,
		'.gitignore': '.env\n*.bak',
		'a/b/c/config.json.bak-2': `\n{"secret": "${secret}"}`,
		'a/notes~': secret,
		'a/.bot.py.swp': `b0VIM\0\0${secret}`,
		'a/clean': 'nothing',
	});
	const report = await searched(folder, [secret]);
	expect(placesOf(folder, report)).toEqual(['.env:1', 'a/.bot.py.swp:null', 'a/b/c/config.json.bak-2:2', 'a/notes~:1']);
	expect(report.finds[0]).toMatchObject({mode: 0o600});
	expect(report).toMatchObject({isWhole: true, foundMore: false, unread: [], tally: {files: 6}});
});

test('a secret in many lines of a file is one find, which tells how many', async () => {
	const folder = folderWith({log: `start\n${`${secret} ${secret}\n`.repeat(20_000)}`, other: secret});
	const {finds, foundMore} = await searched(folder, [secret]);
	expect(finds).toHaveLength(2);
	expect(finds).toEqual(
		expect.arrayContaining([
			expect.objectContaining({path: path.join(folder, 'log'), line: 2, lines: 20_000}),
			expect.objectContaining({path: path.join(folder, 'other'), line: 1, lines: 1}),
		]),
	);
	expect(foundMore).toBe(false);
});

test('a secret in the name of a file is found, and covered in all texts', async () => {
	const folder = folderWith({[`${secret}.json`]: ''});
	const report = await searched(folder, [secret]);
	expect(report.finds).toHaveLength(1);
	expect(report.covered(report.finds[0]!.path)).toBe(path.join(folder, '********.json'));
	report.wipe();
	expect(report.covered(secret)).toBe(secret);
});

describe('what is left out', () => {
	const files = {
		'node_modules/x/a': secret,
		'data/a.csv': secret,
		'data/keep.csv': secret,
		'.../a': secret,
		'sub/.okx-keys-ignore': '/a\n!/b.csv\n',
		'sub/a': secret,
		'sub/b.csv': secret,
		'sub/deep/a': secret,
	};

	test('are packages of others, and what a list in a folder names', async () => {
		const folder = folderWith(files);
		const report = await searched(folder, [secret]);
		expect(placesOf(folder, report)).toEqual([
			'.../a:1',
			'data/a.csv:1',
			'data/keep.csv:1',
			'sub/b.csv:1',
			'sub/deep/a:1',
		]);
		expect(report.tally.excluded).toBe(2);
	});

	test('follows the patterns that are given, as .gitignore has them', async () => {
		const folder = folderWith(files);
		const report = await searched(folder, [secret], {exclude: ['*.csv', '!data/keep.csv', '!node_modules/']});
		expect(placesOf(folder, report)).toEqual([
			'.../a:1',
			'data/keep.csv:1',
			'node_modules/x/a:1',
			'sub/b.csv:1',
			'sub/deep/a:1',
		]);
	});

	test('is named for a place below by the lists of the folders above', async () => {
		const folder = folderWith(files);
		fs.writeFileSync(path.join(folder, '.okx-keys-ignore'), 'sub/deep/\n');
		const below = async (name: string) =>
			placesOf(folder, await searched(path.join(folder, name), [secret], {base: folder}));
		expect(await below('sub')).toEqual(['sub/b.csv:1']);
		expect(await below('sub/deep')).toEqual([]);
		expect(placesOf(folder, await searched(path.join(folder, 'sub/deep'), [secret]))).toEqual(['sub/deep/a:1']);
	});

	test('does not count as searched', async () => {
		const folder = folderWith(files);
		const {isSearched} = await searched(folder, [secret]);
		const at = (name: string) => isSearched(path.join(folder, name));
		expect([at('data/a.csv'), at('gone'), at('sub/deep/a')]).toEqual([true, true, true]);
		expect([at('node_modules/x/a'), at('sub/a'), isSearched(path.dirname(folder))]).toEqual([false, false, false]);
	});

	test('is what lies deeper than asked', async () => {
		const folder = folderWith(files);
		const report = await searched(folder, [secret], {depth: 1});
		expect(placesOf(folder, report)).not.toContain('sub/deep/a:1');
		expect(report.isSearched(path.join(folder, 'sub/deep/a'))).toBe(false);
		expect(report.isSearched(path.join(folder, 'sub/b.csv'))).toBe(true);
	});
});

test('links are not followed, and pipes and sockets are not waited for', async () => {
	const outside = folderWith({a: secret});
	const folder = folderWith({plain: secret});
	fs.symlinkSync(path.join(outside, 'a'), path.join(folder, 'file'));
	fs.symlinkSync(outside, path.join(folder, 'folder'));
	fs.symlinkSync(folder, path.join(folder, 'circle'));
	execFileSync('mkfifo', [path.join(folder, 'pipe')]);
	const report = await searched(folder, [secret]);
	expect(placesOf(folder, report)).toEqual(['plain:1']);
	expect(report.tally.links).toBe(3);
	expect(placesOf(outside, await searched(path.join(folder, 'file'), [secret]))).toEqual(['a:1']);
});

test.skipIf(isRoot)('what cannot be read is told, and does not count as searched', async () => {
	const folder = folderWith({'a/b': secret, c: secret, d: secret});
	fs.chmodSync(path.join(folder, 'a'), 0);
	fs.chmodSync(path.join(folder, 'c'), 0);
	const report = await searched(folder, [secret]);
	fs.chmodSync(path.join(folder, 'a'), 0o700);
	expect(placesOf(folder, report)).toEqual(['d:1']);
	expect(report.unread.map(({path: file, reason}) => [path.relative(folder, file), reason()])).toEqual(
		expect.arrayContaining([
			['a', 'permission denied'],
			['c', 'permission denied'],
		]),
	);
	expect(report.isSearched(path.join(folder, 'a/b'))).toBe(false);
});

test('a search that is stopped gives what it has', async () => {
	const stop = new AbortController();
	const {searchPlaces} = await import('../../source/scan/search.ts');
	const folder = folderWith({a: secret, zeros: ''});
	fs.truncateSync(path.join(folder, 'zeros'), 2 ** 40);
	const report = await searchPlaces({
		secrets: [[{text: secret, encoding: 'plain'}]],
		places: ['a', 'zeros'].map(name => ({path: path.join(folder, name), isNamed: true})),
		exclude: [],
		environment: {},
		signal: stop.signal,
		onProgress(_, current) {
			if (current.endsWith('zeros')) stop.abort();
		},
	});
	expect(report).toMatchObject({isWhole: false, finds: [{line: 1}]});
	expect(report.isSearched(folder)).toBe(false);
});

test('a search that is stopped does not wait for git', async () => {
	const folder = folderWith({'repository/HEAD': '', 'repository/objects/a': '', 'repository/refs/a': ''});
	const started = path.join(folder, 'started');
	fs.writeFileSync(path.join(folder, 'git'), `#!/bin/sh\n: >'${started}'\nexec sleep 600\n`, {mode: 0o755});
	const stop = new AbortController();
	const watcher = fs.watch(folder, (_, name) => {
		if (name === 'started') stop.abort();
	});
	const {searchPlaces} = await import('../../source/scan/search.ts');
	const report = await searchPlaces({
		secrets: [[{text: secret, encoding: 'plain'}]],
		places: [{path: path.join(folder, 'repository')}],
		exclude: [],
		environment: {PATH: `${folder}:${process.env['PATH'] ?? ''}`},
		signal: stop.signal,
	});
	watcher.close();
	expect(report).toMatchObject({isWhole: false, unread: []});
});
