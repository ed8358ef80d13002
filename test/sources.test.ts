import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';

/** Lists whose entries are equals: a room inside them would only hide one. */
const lists = new Set([
	'source/actions',
	'source/commands',
	'source/formats',
	'source/formats/bots',
	'source/ui/screens',
]);
/** Files that are one table of data. */
const tables = new Set(['source/core/health/finding-kinds.ts', 'source/ui/keyboard/keymap.ts']);

const most = {columns: 120, lines: 300, bytes: 10 * 1024, files: 14};

const isCode = (file: string) => /\.(?:tsx?|m?js)$/.test(file);

function filesIn(folder: string): readonly string[] {
	return fs
		.readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(({parentPath, name}) => path.posix.join(parentPath, name));
}

const textOf = (file: string) => fs.readFileSync(file, 'utf8');
const source = filesIn('source').filter(isCode);
const beside = ['scripts', 'bench'].flatMap(filesIn).filter(isCode);
const all = [...source, ...beside, ...filesIn('test').filter(isCode)];

test('no file has more than 300 lines or 10 kB, but tables of data', () => {
	const large = all.filter(file => {
		const text = textOf(file);
		return Buffer.byteLength(text) > most.bytes || text.split('\n').length - 1 > most.lines;
	});
	expect(large.filter(file => !tables.has(file))).toEqual([]);
});

test('no line is wider than 120 columns, but a regular expression', () => {
	const wide = all.flatMap(file =>
		textOf(file)
			.replaceAll('\t', '  ')
			.split('\n')
			.flatMap((line, index) =>
				line.length > most.columns && !/^ *\/[^*/].*\/\w*[;,]$/.test(line) ? [`${file}:${index + 1}`] : [],
			),
	);
	expect(wide).toEqual([]);
});

test('no folder of the sources has more than 14 files side by side, but lists of equals', () => {
	const folders = Map.groupBy(source, file => path.posix.dirname(file));
	const flat = [...folders].filter(([, files]) => files.length > most.files).map(([folder]) => folder);
	expect(flat.filter(folder => !lists.has(folder))).toEqual([]);
});

const rooms = fs.readdirSync('source', {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? entry.name : []));
const folders = ['source', 'scripts', 'bench', 'docs', 'test', ...rooms].join('|');
const named = new RegExp(`(?<![\\w./-])(?:${folders})(?:/[\\w-]+)*/[\\w.-]+\\.(?:[jt]sx?|md)\\b`, 'g');

test('every file that a page, a comment or a setting names is there', () => {
	const naming = [
		...fs.readdirSync('.').filter(file => /\.(?:md|ts)$/.test(file) && file !== 'CHANGELOG.md'),
		...filesIn('docs').filter(file => file.endsWith('.md')),
		'source/vault/FORMAT.md',
		...source,
		...beside,
	];
	const gone = naming.flatMap(file =>
		Array.from(textOf(file).matchAll(named), ([name]) => name)
			.filter(name => !fs.existsSync(name) && !fs.existsSync(path.join('source', name)))
			.map(name => `${file}: ${name}`),
	);
	expect(gone).toEqual([]);
});
