import {expect, test} from 'vitest';
import {AppError, exitOfStatus, exits, isAppError} from '../source/errors.ts';

test('no two exit statuses share a number', () => {
	const numbers = Object.values(exits).map(({status}) => status);
	expect(new Set(numbers).size).toBe(numbers.length);
});

test('an exit status is found by its number, and an unknown number is unexpected', () => {
	expect(exitOfStatus(22)).toBe('ipNotAllowed');
	expect(exitOfStatus(99)).toBe('unexpected');
});

test('an error carries its sentence, its hint and its exit status', () => {
	const error = new AppError('no-such-key', {name: 'bot1'});
	expect(error).toMatchObject({code: 'no-such-key', message: 'There is no key called bot1 in this vault.', exit: 'noSuchKey'});
	expect(error.hint).toContain('okx-keys list');
	expect(isAppError(error, 'no-such-key') && !isAppError(error, 'locked') && !isAppError(new Error('x'))).toBe(true);
});
