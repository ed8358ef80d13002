import {expect, test} from 'vitest';
import {usersOf, wordsOfUser} from '../../source/core/key/users.ts';
import type {KeyUse} from '../../source/core/key/key.ts';

const hour = 3_600_000;
const use = (program: string, hours: number, by: KeyUse['by'] = 'exec'): KeyUse => ({at: hours * hour, by, program});

test('each user of the old key is told once, those without the new one first, the latest first', () => {
	const old = [use('a.py', 1), use('b.py', 2), use('a.py', 3), use('env k.env', 4, 'export'), use('a.py', 5, 'copy')];
	const fresh = [use('env k.env', 6, 'export'), use('b.py', 7), use('b.py', 8), use('other', 9)];
	expect(
		usersOf(old, fresh).map(({by, program, oldAt, newAt}) => [by, program, oldAt / hour, newAt && newAt / hour]),
	).toEqual([
		['copy', 'a.py', 5, null],
		['exec', 'a.py', 3, null],
		['export', 'env k.env', 4, 6],
		['exec', 'b.py', 2, 8],
	]);
	expect(usersOf(undefined, fresh)).toEqual([]);
});

test('a user is told in words, as text', () => {
	const [user] = usersOf([use('bot\u001B[31m', 0)], []);
	expect(wordsOfUser(user!)).toMatch(/^bot.*, 1970-01-01 00:00; not the new key yet$/);
	expect(wordsOfUser(user!)).not.toContain('\u001B');
	expect(wordsOfUser(usersOf([use('bot', 0)], [use('bot', 2)])[0]!)).toBe(
		'bot, 1970-01-01 00:00; the new key 1970-01-01 02:00',
	);
});
