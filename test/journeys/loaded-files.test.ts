import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {program, run, runAny, type Home} from './program.ts';

type Loaded = {readonly files: readonly string[]; readonly builtins: readonly string[]};

const dist = path.resolve(path.dirname(program), '../dist');

async function loadedBy(home: Home, ...words: readonly string[]): Promise<Loaded> {
	const report = home.file('loaded.json');
	const driver = path.resolve('test/journeys/loaded-files.mjs');
	expect(await runAny(home, process.execPath, [driver, program, report, ...words], {})).toMatchObject({status: 0});
	return JSON.parse(fs.readFileSync(report, 'utf8')) as Loaded;
}

const bytesOf = (files: readonly string[]) =>
	files.map(file => fs.statSync(path.join(dist, file)).size).reduce((sum, size) => sum + size, 0);

describe.concurrent('a start loads no more than it needs', () => {
	test.for([
		[['--version']],
		[['--help']],
		[['completion', 'bash']],
		[['completion', 'zsh']],
		[['completion', 'fish']],
	])('%j: one file', async ([words], {home}) => {
		const {files, builtins} = await loadedBy(home, ...words!);
		expect(files).toEqual(['okx-keys.js']);
		expect(bytesOf(files)).toBeLessThan(13_000);
		expect(builtins).not.toContain('net');
	});

	test.for([['list'], ['show', 'grid']])('%j: what reads a vault, and nothing of the screen', async (words, {grid}) => {
		const {files, builtins} = await loadedBy(grid.home, ...words, ...grid.opened);
		expect(files.toSorted()).toEqual(['core.cjs', 'okx-keys.js']);
		expect(bytesOf(files)).toBeLessThan(250_000);
		for (const name of ['http', 'https', 'tls', 'net', 'tty', 'zlib', 'dns', 'child_process'])
			expect(builtins).not.toContain(name);
	});
});

test('each file of the program can be the first that is loaded', async ({home}) => {
	const files = fs.readdirSync(dist).filter(name => name.endsWith('.js') && name !== 'okx-keys.js');
	expect(files.length).toBeGreaterThan(20);
	const urls = files.map(name => pathToFileURL(path.join(dist, name)).href);
	const script = `for (const url of ${JSON.stringify(urls)}) await import(url); console.log('all');`;
	expect(await runAny(home, process.execPath, ['--input-type=module', '-e', script], {})).toMatchObject({
		status: 0,
		out: 'all\n',
		err: '',
	});
});

describe.concurrent('an answer that the build has written is the one that the program gives', () => {
	const words = [['--help'], ['completion', 'bash'], ['completion', 'zsh'], ['completion', 'fish']];

	test.for(words.flatMap(words => ['C.UTF-8', 'C'].map(locale => [words, locale] as const)))(
		'%j in the locale %s',
		async ([words, LC_ALL], {home}) => {
			const environment = {LC_ALL};
			const written = await run(home, words, {environment});
			// Any option before the word has the whole program answer.
			expect(await run(home, ['--readonly', ...words], {environment})).toEqual(written);
			expect(written).toMatchObject({status: 0, err: ''});
		},
	);

	test('help is in ASCII where the settings say so', async ({home}) => {
		expect((await run(home, ['--help'])).out).toContain('’');
		expect(await run(home, ['settings', 'ascii', 'always'])).toMatchObject({status: 0});
		expect((await run(home, ['--help'])).out).not.toContain('’');
	});
});
