import {expect, test} from 'vitest';
import {AppError, isAppError} from '../../source/core/errors.ts';

test('a failure takes its sentence, hint and exit status from the row of its code, and what it was told', () => {
	const cause = new Error('cause');
	const error: unknown = new AppError('no-such-slot', {id: 'a1'}, {cause});
	if (!isAppError(error, 'no-such-slot')) throw new Error('It is not the failure that was made.');
	expect(error).toMatchObject({
		message: 'This vault has no slot a1.',
		hint: 'okx-keys slots shows them all.',
		exit: 'usage',
		details: {id: 'a1'},
		cause,
	});
	expect(isAppError(error, 'locked')).toBe(false);
});

test('the compiler refuses a failure whose details are missing, wrong or too many', () => {
	const wrong = [
		// @ts-expect-error -- it has no id.
		() => new AppError('no-such-slot'),
		// @ts-expect-error -- the id is a text.
		() => new AppError('no-such-slot', {id: 1}),
		// @ts-expect-error -- its sentence is always the same.
		() => new AppError('locked', {id: 'a1'}),
		// @ts-expect-error -- there is no such code.
		() => new AppError('unknown-code'),
	];
	expect(wrong).toHaveLength(4);
});
