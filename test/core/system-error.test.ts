import fs from 'node:fs';
import {expect, test} from 'vitest';
import {codeOf} from '../../source/core/system-error.ts';

test('gives the code of what the system has refused', () => {
	let refusal: unknown;
	try {
		fs.readFileSync('/there is no such file');
	} catch (error) {
		refusal = error;
	}

	expect(codeOf(refusal)).toBe('ENOENT');
});

test.each([
	[undefined],
	[null],
	['ENOENT'],
	[7],
	[{}],
	[new Error('ENOENT')],
	[{code: 5}],
	[Object.assign(new Error('x'), {code: undefined})],
])('gives a word, and never fails itself, for %o', thrown => {
	expect(codeOf(thrown)).toBe('unknown');
});
