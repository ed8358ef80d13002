import {describe, expect, test} from 'vitest';
import {didYouMean, similar} from '../../source/core/text/similar.ts';

const commands = ['init', 'create', 'list', 'show', 'slots', 'test', 'restore', 'restore-key', 'revoke', 'verify'];

describe('a mistyped word', () => {
	test.each([
		['lst', ['list']],
		['lsit', ['list']],
		['LIST', ['list']],
		['shwo', ['show']],
		['restorekey', ['restore-key']],
		['verfy', ['verify']],
		['rest', ['test', 'restore', 'restore-key']],
		['resto', ['restore', 'restore-key']],
		['revok', ['revoke']],
		['cre', ['create']],
		['re', ['restore', 'restore-key', 'revoke']],
	])('%s is taken for %j', (word, expected) => {
		expect(similar(word, commands)).toEqual(expected);
	});

	test.each(['', 'x', 'status', 'config', 'whoami', 'doctor', 'exec', 'frobnicate', 'l'.repeat(100_000)])(
		'%.20s is near nothing',
		word => {
			expect(similar(word, commands)).toEqual([]);
		},
	);

	test('is told apart from a name of one letter', () => {
		expect(similar('b', ['a', 'B'])).toEqual(['B']);
		expect(similar('b', ['a'])).toEqual([]);
	});

	test('gives three names at most', () => {
		expect(similar('bot0', ['bot1', 'bot2', 'bot3', 'bot4'])).toEqual(['bot1', 'bot2', 'bot3']);
	});

	test('is asked back about in a sentence', () => {
		expect(didYouMean([])).toBeUndefined();
		expect(didYouMean(['list'])).toBe('Did you mean list?');
		expect(didYouMean(['a', 'b', 'c'])).toBe('Did you mean a, b or c?');
	});
});
