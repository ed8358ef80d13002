import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const page = fs.readFileSync(path.join(root, 'docs/security.md'), 'utf8');

/** What the page calls upon: `folder/name`: “a test”, “another”. */
const evidence = Array.from(page.matchAll(/`([a-z]+\/[a-z-]+)`: ((?:“[^”]+”(?:, )?)+)/g), ([, file, tests]) => ({
	file: file!,
	tests: Array.from(tests!.matchAll(/“([^”]+)”/g), ([, name]) => name!),
}));

test.each(evidence)('docs/security.md calls only upon tests that there are: $file', ({file, tests}) => {
	const found = ['ts', 'tsx']
		.map(extension => path.join(root, 'test', `${file}.test.${extension}`))
		.find(name => fs.existsSync(name));
	expect(found, file).toBeDefined();
	const text = fs.readFileSync(found!, 'utf8');
	expect(tests.filter(name => !text.includes(name))).toEqual([]);
});

test('every quotation of several words in docs/security.md is the name of a test', () => {
	expect(evidence.flatMap(({tests}) => tests)).toEqual(page.match(/(?<=“)[^”]+ [^”]+(?=”)/g));
});

test('docs/security.md calls upon tests for every row of what is protected', () => {
	const [, table = ''] = page.split('## What is protected\n');
	const rows = table
		.split('\n## ')[0]!
		.split('\n')
		.filter(line => line.startsWith('| '))
		.slice(1);
	expect(rows.length).toBeGreaterThan(9);
	expect(rows.filter(row => !/`[a-z]+\/[a-z-]+`: “/.test(row))).toEqual([]);
});
