import {expect, test} from 'vitest';
import {pop, push, replace, top, type Stack} from '../../source/ui/shell/stack.ts';

const stack: Stack<string> = ['keys', 'key', 'confirm'];

test('a pushed screen is on top and the others stay', () => {
	expect(push(stack, 'help')).toEqual(['keys', 'key', 'confirm', 'help']);
	expect(top(push(stack, 'help'))).toBe('help');
});

test.each([
	[1, ['keys', 'key']],
	[2, ['keys']],
	[99, ['keys']],
	[Infinity, ['keys']],
	[0, ['keys', 'key', 'confirm']],
])('leaving %s screens never leaves the first', (count, rest) => {
	expect(pop(stack, count)).toEqual(rest);
	expect(pop(['keys'], count)).toEqual(['keys']);
});

test('a replaced screen takes the place of the top', () => {
	expect(replace(stack, 'created')).toEqual(['keys', 'key', 'created']);
	expect(replace(['keys'], 'unlock')).toEqual(['unlock']);
});
