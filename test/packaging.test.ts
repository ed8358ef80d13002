import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';

type Metafile = {readonly outputs: Readonly<Record<string, {readonly inputs: Readonly<Record<string, unknown>>}>>};

type Bill = {
	readonly components: readonly {
		readonly 'bom-ref': string;
		readonly name: string;
		readonly version: string;
		readonly hashes: readonly {readonly content: string}[];
	}[];
	readonly dependencies: readonly {readonly dependsOn: readonly string[]}[];
};

/** The files of the tarball; dist/ is there since the suite begins with a build. */
function packed(): readonly string[] {
	const [{files}] = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	) as [{readonly files: readonly {readonly path: string}[]}];
	return files.map(file => file.path);
}

async function licencesOf(files: readonly string[]): Promise<string> {
	const {thirdPartyLicences} = (await import(pathToFileURL(path.resolve('scripts/licences.js')).href)) as {
		readonly thirdPartyLicences: (metafile: Metafile) => Promise<string>;
	};
	return thirdPartyLicences({outputs: {'dist/x.js': {inputs: Object.fromEntries(files.map(file => [file, {}]))}}});
}

/** A package in a folder of its own; the path of its one source file. */
function packageWith(license: string | undefined, files: Readonly<Record<string, string>>): string {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-package-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const own = path.join(folder, 'node_modules/@some/where');
	fs.mkdirSync(own, {recursive: true});
	for (const [name, text] of Object.entries({
		...files,
		'package.json': JSON.stringify({name: '@some/where', version: '1.2.3', license}),
	}))
		fs.writeFileSync(path.join(own, name), text);
	return path.join(own, 'index.js');
}

const wording = 'Permission is hereby granted. '.repeat(20);

test('the tarball has the licence of every bundled package, with its text, and a bill of exactly these', () => {
	// Bundled anew, so that the list is the bundler's and not the file's own.
	const script =
		'import {build} from "esbuild"; import {builds} from "./scripts/build.js"; const built = await Promise.all(' +
		'(await builds()).map(async how => build({...how, minify: false, write: false}))); ' +
		'for (const {metafile} of built) for (const file of Object.keys(metafile.inputs)) console.log(file);';
	const inputs = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
		encoding: 'utf8',
		maxBuffer: 1e8,
	}).split('\n');
	const folders = new Set(
		inputs
			.map(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0])
			.filter(folder => folder !== undefined),
	);
	const titles = [...folders].map(folder => {
		const {name, version} = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
			readonly name: string;
			readonly version: string;
		};
		return `${name} ${version}`;
	});
	expect(titles.length).toBeGreaterThan(50);
	const text = fs.readFileSync('dist/THIRD-PARTY-LICENSES.txt', 'utf8');
	expect(titles.filter(title => !text.split('\n').includes(title))).toEqual([]);
	expect(text).toContain('Copyright (c) Facebook, Inc. and its affiliates.');
	expect(text).toContain('Redistributions in binary form must reproduce');
	expect(packed()).toContain('dist/THIRD-PARTY-LICENSES.txt');

	const {components, dependencies} = JSON.parse(fs.readFileSync('dist/okx-keys.cdx.json', 'utf8')) as Bill;
	expect(components.map(({name, version}) => `${name} ${version}`).toSorted()).toEqual([...new Set(titles)].toSorted());
	const refs = components.map(component => component['bom-ref']);
	expect(components.filter(({hashes: [sum]}) => !/^[\da-f]{128}$/.test(sum!.content))).toEqual([]);
	expect([...new Set(dependencies.flatMap(({dependsOn}) => dependsOn))].toSorted()).toEqual(refs.toSorted());
	expect(packed()).toContain('dist/okx-keys.cdx.json');
});

test('each wording stands there once, below all packages that have it', async () => {
	const [one, other] = [
		packageWith('MIT', {LICENSE: wording}),
		packageWith('MIT', {'license.md': wording.replaceAll('. ', '.\r\n')}),
	];
	const text = await licencesOf(['source/main.ts', 'widths:x', one, one, other]);
	expect(text.match(/@some\/where 1\.2\.3/g)).toHaveLength(2);
	expect(text).toContain(wording.trim());
});

test('a notice belongs to the licence', async () => {
	expect(await licencesOf([packageWith('MIT', {LICENSE: wording, NOTICE: 'Parts are by others.'})])).toContain(
		'Parts are by others.',
	);
});

test.each<readonly [string, string | undefined, Readonly<Record<string, string>>, RegExp]>([
	['without a licence text', 'MIT', {}, /@some\/where 1\.2\.3 ships no licence text/],
	['with a notice alone', 'MIT', {NOTICE: wording}, /ships no licence text/],
	['with an empty text', 'MIT', {LICENSE: '\n'}, /is no licence text/],
	['of a licence that was not read', 'GPL-3.0', {LICENSE: wording}, /is licensed as GPL-3\.0: read it/],
	['of no licence', undefined, {LICENSE: wording}, /is licensed as nothing/],
])('licence-missing: a package %s fails the build', async (_, license, files, problem) => {
	await expect(licencesOf([packageWith(license, files)])).rejects.toThrow(problem);
});

test('a build that fails so ends with an error', () => {
	const script =
		'import {thirdPartyLicences} from "./scripts/licences.js"; await thirdPartyLicences({outputs: {x: ' +
		'{inputs: {[process.argv[1]]: {}}}}});';
	expect(
		spawnSync(process.execPath, ['--input-type=module', '-e', script, packageWith('MIT', {})], {encoding: 'utf8'}),
	).toMatchObject({status: 1, stderr: expect.stringContaining('ships no licence text') as string});
});
