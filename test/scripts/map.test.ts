import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';

type Import = {readonly from: string; readonly to: string};

const {mapOf, readImports} = (await import(pathToFileURL(path.resolve('scripts/map.js')).href)) as {
	readonly mapOf: (
		imports: readonly Import[],
		tolerated: ReadonlySet<string>,
	) => {readonly picture: string; readonly problems: readonly string[]};
	readonly readImports: (source: string) => readonly Import[];
};

function sourceOf(files: Readonly<Record<string, string>>): string {
	const source = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-map-'));
	onTestFinished(() => {
		fs.rmSync(source, {recursive: true});
	});
	for (const [file, text] of Object.entries(files)) {
		fs.mkdirSync(path.join(source, path.dirname(file)), {recursive: true});
		fs.writeFileSync(path.join(source, file), text);
	}
	return source;
}

/** `'ui/a.ts core/b.ts'` is an import of the second file by the first. */
const map = (arrows: readonly string[], tolerated: readonly string[] = []) =>
	mapOf(
		arrows.map(arrow => {
			const [from, to] = arrow.split(' ') as [string, string];
			return {from, to};
		}),
		new Set(tolerated),
	);

test('an import of values, of types, for its effect, on demand or passed on is an import', () => {
	const source = sourceOf({
		'ui/app.tsx': [
			"import React from 'react';",
			"import {\n\ta,\n\tb,\n} from './values.ts';",
			"import type {C} from '../core/types.ts';",
			"import './effect.ts';",
			"export {d} from './passed-on.ts';",
			"const later = async () => import('./on-demand.ts');",
			"let e: import('../main.ts').E;",
		].join('\n'),
		'ui/values.ts': '',
		'ui/effect.ts': '',
		'ui/passed-on.ts': '',
		'ui/on-demand.ts': '',
		'core/types.ts': '',
		'main.ts': '',
	});
	expect(readImports(source)).toEqual(
		['ui/values.ts', 'core/types.ts', 'ui/effect.ts', 'ui/passed-on.ts', 'ui/on-demand.ts', 'main.ts'].map(to => ({
			from: 'ui/app.tsx',
			to,
		})),
	);
});

test('an import of a file that is not there is told by name', () => {
	const source = sourceOf({'ui/app.tsx': "import './gone.ts';"});
	expect(() => readImports(source)).toThrow('ui/app.tsx imports ui/gone.ts, which is no source');
});

test('each room is drawn above all that it imports', () => {
	const {picture, problems} = map([
		'core/a.ts core/b.ts',
		'vault/a.ts core/a.ts',
		'ui/a.tsx vault/a.ts',
		'ui/b.tsx core/a.ts',
		'main.ts ui/a.tsx',
	]);
	expect(problems).toEqual([]);
	expect(picture).toBe('main.ts → ui\n\nui      → vault core\n\nvault   → core\n\ncore');
});

test('the rooms within a room are drawn from top to bottom, without its files', () => {
	const {picture, problems} = map([
		'ui/app.tsx ui/screens/list.tsx',
		'ui/screens/list.tsx ui/drawing/rows.tsx',
		'ui/drawing/rows.tsx ui/a.ts',
		'ui/screens/list.tsx ui/marks/a.ts',
		'ui/a.ts ui/keyboard/b.ts',
	]);
	expect(problems).toEqual([]);
	expect(picture).toBe('ui\n  inside: screens > drawing > keyboard, marks');
});

test('rooms that import each other are told with the files that do it', () => {
	const {problems} = map(['vault/a.ts core/b.ts', 'vault/c.ts core/b.ts', 'core/d.ts vault/e.ts']);
	expect(problems).toEqual([
		'In source/ these import each other: core → vault → core. core/d.ts imports vault/e.ts; vault/a.ts ' +
			'imports core/b.ts (and 1 more).',
	]);
});

test('a circle over three rooms is told, also where it lies within a room', () => {
	const {problems} = map(['ui/a/1.ts ui/b/1.ts', 'ui/b/2.ts ui/c/1.ts', 'ui/c/2.ts ui/a/2.ts', 'ui/d.ts ui/a/1.ts']);
	expect(problems).toEqual([
		'In source/ui these import each other: a → b → c → a. ui/a/1.ts imports ui/b/1.ts; ui/b/2.ts imports ' +
			'ui/c/1.ts; ui/c/2.ts imports ui/a/2.ts.',
	]);
});

test('a circle is tolerated where the list says so, and the list may name no folder without one', () => {
	const arrows = ['ui/a/1.ts ui/b/1.ts', 'ui/b/2.ts ui/a/2.ts'];
	expect(map(arrows, ['ui']).problems).toEqual([]);
	expect(map(arrows, ['ui']).picture).toContain('inside, not yet in layers: a, b');
	expect(map([arrows[0]!], ['ui']).problems).toEqual([
		"No parts of source/ui import each other any more: take 'ui' off scripts/map.js.",
	]);
	expect(map(['core/a.ts core/b.ts'], ['gone']).problems).toEqual([
		"No parts of source/gone import each other any more: take 'gone' off scripts/map.js.",
	]);
});

test('no line of the map is longer than 100 columns', () => {
	const arrows = Array.from({length: 30}, (_, index) => `main.ts some-long-room-${index}/a.ts`);
	const lines = map(arrows).picture.split('\n');
	expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(100);
	expect(lines[1]).toMatch(/^ {9}/);
});

test('every path that CONTRIBUTING.md names exists', () => {
	const text = fs.readFileSync('CONTRIBUTING.md', 'utf8');
	const folders = [...fs.readdirSync('source'), 'source', 'test', 'scripts', 'docs', 'bench'].join('|');
	const named = new RegExp(String.raw`(?<![\w/.-])(?:${folders})/[\w./-]*\w`, 'g');
	const paths = [...text.matchAll(named)].map(([found]) => found);
	expect(paths).toEqual(expect.arrayContaining(['vault/store/store-at.ts', 'test/helpers/world.ts']));
	expect(paths.filter(found => !fs.existsSync(found) && !fs.existsSync(`source/${found}`))).toEqual([]);
});
