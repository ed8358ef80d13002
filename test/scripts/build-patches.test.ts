import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import type {BuildOptions, Plugin} from 'esbuild';
import {describe, expect, onTestFinished, test, vi} from 'vitest';

type Patch = {
	readonly name: string;
	readonly expects: Readonly<Record<string, readonly string[]>>;
	readonly replaces?: RegExp;
};

const load = async (file: string): Promise<unknown> => import(pathToFileURL(path.resolve(file)).href);
const {options, patches} = (await load('scripts/build.js')) as {
	readonly options: BuildOptions;
	readonly patches: readonly Patch[];
};
const {pluginOf} = (await load('scripts/build/patch.js')) as {readonly pluginOf: (patch: Patch) => Plugin};

const named = (name: string) => patches.find(patch => patch.name === name)!;
const inkForgets = named('ink-forgets');

function temporaryFolder(): string {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-patch-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	return folder;
}

function install(folder: string, file: string, text: string): string {
	const own = path.join(folder, 'node_modules', file);
	fs.mkdirSync(path.dirname(own), {recursive: true});
	fs.writeFileSync(own, text);
	return own;
}

/** What is not under test stays an import. */
const theRest: Plugin = {
	name: 'the-rest',
	setup(builder) {
		builder.onResolve({filter: /.*/}, ({kind, path: wanted}) =>
			kind === 'entry-point' || path.isAbsolute(wanted) ? undefined : {path: wanted, external: true},
		);
	},
};

/** Builds a program that imports `sources`, each under the path that its package has in node_modules. */
async function buildOf(patch: Patch, sources: Readonly<Record<string, string>>, main = '') {
	const folder = temporaryFolder();
	const imports = Object.entries(sources).map(
		([file, text]) => `import ${JSON.stringify(install(folder, file, text))};`,
	);
	const entry = path.join(folder, 'main.js');
	fs.writeFileSync(entry, `${imports.join('\n')}\n${main}`);
	return build({
		entryPoints: [entry],
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'node',
		logLevel: 'silent',
		plugins: [pluginOf(patch), theRest],
	});
}

/** The files that a patch expects, as they are installed. */
const installed = ({expects}: Patch) =>
	Object.fromEntries(
		Object.keys(expects).map(file => [file, fs.readFileSync(path.join('node_modules', file), 'utf8')]),
	);

const expectations = patches.flatMap(patch =>
	Object.entries(patch.expects).flatMap(([file, parts]) => parts.map(part => ({patch, name: patch.name, file, part}))),
);

test('every patch matches the packages that are installed, and the program is built with all of them', async () => {
	expect(patches.map(({name}) => name).toSorted()).toEqual(
		fs
			.readdirSync('scripts/build')
			.map(file => path.basename(file, '.js'))
			.filter(name => name !== 'patch')
			.toSorted(),
	);
	const {errors, warnings} = await build({...options, write: false, logLevel: 'silent'});
	expect({errors, warnings}).toEqual({errors: [], warnings: []});
});

test.each(expectations)('$name fails the build once $file has no $part', async ({patch, name, file, part}) => {
	const sources = installed(patch);
	const changed = {...sources, [file]: sources[file]!.replaceAll(part, ' ')};
	await expect(buildOf(patch, changed)).rejects.toThrow(
		`${file} no longer contains ${part}: read that package anew and correct scripts/build/${name}.js`,
	);
});

test.each(expectations)('$name fails the build once $file is not bundled', async ({patch, name, file}) => {
	const {[file]: _, ...others} = installed(patch);
	await expect(buildOf(patch, others)).rejects.toThrow(
		`${file} is not bundled: read that package anew and correct scripts/build/${name}.js`,
	);
});

test('a module is replaced for no file that its patch does not know', async () => {
	const sources = {...installed(inkForgets), 'ink/build/new-cache.js': "import QuickLRU from 'quick-lru';"};
	await expect(buildOf(inkForgets, sources)).rejects.toThrow('ink/build/new-cache.js imports quick-lru too');
});

describe('builtins-when-needed', () => {
	const patch = named('builtins-when-needed');

	test('fails the build where no module of Node is imported by its full name', async () => {
		await expect(buildOf(patch, {}, "import 'fs';")).rejects.toThrow('no module is imported as node:*');
	});

	test('fails the build for a module whose default export is called', async () => {
		await expect(buildOf(patch, {}, "import assert from 'node:assert/strict'; assert();")).rejects.toThrow(
			'node:assert/strict is a function: add it to alwaysLoaded',
		);
	});
});

test('widths-when-needed fails the build where two versions of string-width are installed', async () => {
	const folder = temporaryFolder();
	const text = fs.readFileSync('node_modules/string-width/index.js', 'utf8');
	for (const place of ['', 'ink/node_modules/']) {
		install(folder, `${place}string-width/package.json`, '{"type": "module", "exports": "./index.js"}');
		install(folder, `${place}string-width/index.js`, text);
	}
	install(folder, 'ink/index.js', "import width from 'string-width'; console.log(width);");
	const entry = path.join(folder, 'main.js');
	fs.writeFileSync(entry, "import 'ink'; import width from 'string-width'; console.log(width);");
	await expect(
		build({
			entryPoints: [entry],
			bundle: true,
			write: false,
			platform: 'node',
			logLevel: 'silent',
			plugins: [pluginOf(named('widths-when-needed'))],
			packages: 'bundle',
		}),
	).rejects.toThrow('brings a string-width of its own: install one version for all');
});

test('what Ink has wrapped is forgotten within a second of being wrapped', async () => {
	vi.useFakeTimers();
	onTestFinished(() => {
		vi.useRealTimers();
	});
	const outfile = path.join(temporaryFolder(), 'wrap-text.mjs');
	await build({
		entryPoints: ['node_modules/ink/build/wrap-text.js'],
		bundle: true,
		outfile,
		format: 'esm',
		platform: 'node',
		// Only the stand-in is wanted here: the other files of the patch are not part of this bundle.
		plugins: [pluginOf({...inkForgets, expects: {'ink/build/wrap-text.js': []}})],
	});
	const {default: wrapText, wrapTextCache} = (await load(outfile)) as {
		readonly default: (text: string, width: number, kind: string) => string;
		readonly wrapTextCache: ReadonlyMap<string, string>;
	};
	expect(wrapText('a secret of two lines', 10, 'wrap')).toContain('\n');
	expect([...wrapTextCache.values()].join('')).toContain('secret');
	vi.advanceTimersByTime(1000);
	expect(wrapTextCache.size).toBe(0);
	wrapText('another', 10, 'wrap');
	vi.advanceTimersByTime(1000);
	expect(wrapTextCache.size).toBe(0);
});

test('the packages of Ink make no segmenter before a text has more than ASCII', async () => {
	const outfile = path.join(temporaryFolder(), 'wrap-ansi.mjs');
	await build({
		entryPoints: ['node_modules/wrap-ansi/index.js'],
		bundle: true,
		outfile,
		format: 'esm',
		platform: 'node',
		plugins: ['segmenters-when-needed', 'widths-when-needed'].map(name => pluginOf({...named(name), expects: {}})),
	});
	const made = vi.spyOn(Intl, 'Segmenter');
	onTestFinished(() => {
		made.mockRestore();
	});
	const {default: wrap} = (await load(outfile)) as {readonly default: (text: string, width: number) => string};
	expect(wrap('two words', 4)).toBe('two\nwords');
	expect(made).not.toHaveBeenCalled();
	expect(wrap('キー 名前', 4)).toBe('キー\n名前');
	expect(made).toHaveBeenCalled();
});
