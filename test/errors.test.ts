import {expect, test} from 'vitest';
import {AppError, isAppError} from '../source/core/errors.ts';
import {exitOfStatus, exits} from '../source/core/exit-status.ts';

test('no two exit statuses share a number', () => {
	const numbers = Object.values(exits).map(({status}) => status);
	expect(new Set(numbers).size).toBe(numbers.length);
});

test('an exit status is found by its number, and an unknown number is unexpected', () => {
	expect(exitOfStatus(22)).toBe('ipNotAllowed');
	expect(exitOfStatus(99)).toBe('unexpected');
});

test('status-with-two-meanings: 11 and 12 say nothing but that a vault is locked or damaged', () => {
	const [path, problem, fix] = ['/v', 'is wrong', 'Mend it.'];
	expect(new AppError('vault-unsafe', {path, problem, fix}).exit).toBe('unexpected');
	expect(new AppError('vault-older', {path, rev: 1, seen: 2}).exit).toBe('unexpected');
	expect(new AppError('vault-damaged', {path, what: 'x'}).exit).toBe('damaged');
	expect([0, 3].map(kept => new AppError('no-usable-backup', {path, kept}).exit)).toEqual(['usage', 'damaged']);
	expect([false, true].map(isCopy => new AppError('not-a-vault', {path, what: 'x', isCopy}).exit)).toEqual([
		'damaged',
		'usage',
	]);
	expect(new AppError('agent', {problem, fix}).exit).toBe('unexpected');
	expect(new AppError('agent', {problem, fix, exit: 'usage'}).exit).toBe('usage');
	expect([false, true].map(isVaultOpen => new AppError('ssh-agent', {problem, fix, isVaultOpen}).exit)).toEqual([
		'locked',
		'unexpected',
	]);
});

test.each([
	new AppError('name-taken', {name: 'bot1'}),
	new AppError('key-already-stored', {name: 'bot1'}),
	new AppError('name-taken-on-exchange', {name: 'bot1'}),
	new AppError('vault-exists', {path: '/v'}),
	new AppError('file-exists', {path: '/v'}),
	new AppError('not-a-report', {path: '/v'}),
	new AppError('port-in-use', {port: 8080}),
])('a command that is in conflict with what is there ends with 2, as the table of exit statuses says: $code', error => {
	expect(error.exit).toBe('usage');
	expect(exits.usage.status).toBe(2);
	expect(exits.usage.covers()).toContain('in conflict with what is there');
});

test('an error carries its sentence, its hint and its exit status', () => {
	const error = new AppError('no-such-key', {name: 'bot1'});
	expect(error).toMatchObject({
		code: 'no-such-key',
		message: 'There is no key called bot1 in this vault.',
		exit: 'noSuchKey',
	});
	expect(error.hint).toContain('okx-keys list');
	expect(isAppError(error, 'no-such-key') && !isAppError(error, 'locked') && !isAppError(new Error('x'))).toBe(true);
});
