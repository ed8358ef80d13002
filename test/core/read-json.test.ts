import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {workOf} from '../helpers/time.ts';
import {readJson} from '../../source/core/text/reading/read-json.ts';

describe('JSON from outside', () => {
	test('is read as JSON.parse reads it, comments allowed or not', () => {
		fc.assert(
			fc.property(fc.json({maxDepth: 5}), fc.boolean(), (text, allowComments) => {
				expect(readJson(text, {allowComments})).toEqual({value: JSON.parse(text)});
			}),
		);
	});

	test.each([
		['', 'is empty'],
		[' \r\n', 'is empty'],
		['{"a": 1,\n "canary": "x', 'is not JSON: see line 2, column 14'],
		['{"a": 1', 'is not JSON: see line 1, column 8'],
		['canary position 1 (line 7 column 7', 'is not JSON'],
		['[1, // x\n 2]', 'is not JSON'],
	])('that is wrong is told by its place, and never quoted: %j', (text, problem) => {
		const read = readJson(text);
		expect(read.problem).toMatch(new RegExp(`^${problem}`));
		expect(read.problem).not.toContain('canary');
	});

	test.each(['[', '{"a":', '"\\"[['.repeat(2) + '['])(
		'of nothing but brackets is refused before the parser meets it: %j',
		async opening => {
			const text = `[${opening.repeat(1024 * 1024)}`;
			const work = await workOf(() => {
				expect(readJson(text).problem).toBeDefined();
				expect(readJson(text, {allowComments: true}).problem).toBeDefined();
			});
			expect(work).toBeLessThan(5000);
		},
	);

	test.each(['{"a": 1, "a": 2}', '[{"b": {"a": "x", "\\u0061": "y"}}]', '{"__proto__": 1, "__proto__": 2}'])(
		'shred-loses-first-key: with a member twice in one object is refused: %s',
		text => {
			expect(readJson(text).problem).toBe('is JSON that has a member twice in one object');
			expect(readJson(`// of a bot\n${text}`, {allowComments: true}).problem).toContain('a member twice');
		},
	);

	test('may have the same member in several objects, and colons in texts', () => {
		const text = '{"a": {"a": "b: c"}, "b": [{"a": "\\": "}, {"a": ":::"}], "__proto__": {"a": 1}}';
		expect(readJson(text).problem).toBeUndefined();
		fc.assert(
			fc.property(fc.json(), json => {
				expect(readJson(json).problem).toBeUndefined();
			}),
		);
	});

	test('nests as deep as 64 levels, and brackets in a string are none', () => {
		expect(readJson('['.repeat(64) + ']'.repeat(64)).problem).toBeUndefined();
		expect(readJson('['.repeat(65) + ']'.repeat(65)).problem).toBe('is JSON that nests deeper than 64 levels');
		expect(readJson(`["${'['.repeat(100)}\\"${'{'.repeat(100)}"]`)).toEqual({
			value: [`${'['.repeat(100)}"${'{'.repeat(100)}`],
		});
	});
});

describe('JSON with comments', () => {
	test.each([
		['[ // x\n 1, ]', [1]],
		['{"a": "//no, ]", /* c, " */ "b": [1, /* , */ ], // ,\r\n}', {a: '//no, ]', b: [1]}],
		['{"url": "https://example.org/*", // "\n"b": 1,}', {url: 'https://example.org/*', b: 1}],
	])('is taken where it is allowed: %j', (text, value) => {
		expect(readJson(text, {allowComments: true})).toEqual({value});
		expect(readJson(text).problem).toMatch(/^is not JSON/);
	});

	test.each(['[1,,]', '/* no end [1]', '[1] // x\n 2'])('is no licence for anything else: %j', text => {
		expect(readJson(text, {allowComments: true}).problem).toBeDefined();
	});

	test('hides no depth behind a quote in a comment', () => {
		expect(readJson(`// "\n${'['.repeat(70)}`, {allowComments: true}).problem).toBe(
			'is JSON that nests deeper than 64 levels',
		);
	});
});
