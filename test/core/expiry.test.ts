import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {findings} from '../../source/core/health/findings.ts';
import {expiryText, expiryWords, readExpiry} from '../../source/core/key/expiry.ts';
import {storedKey} from '../helpers/keys.ts';

const day = 86_400_000;
const now = Date.UTC(2027, 0, 15, 12);

describe('an expiry date', () => {
	test.each([
		['30d', now + 30 * day],
		['12h', now + day / 2],
		[' 2027-01-31 ', Date.UTC(2027, 1, 1) - 1],
		['2027-01-15', Date.UTC(2027, 0, 16) - 1],
		['never', null],
		['NEVER', null],
	])('is read from %s', (text, expiresAt) => {
		expect(readExpiry(text, now)).toEqual({expiresAt});
	});

	test.each([
		['2027-02-30', 'not a date'],
		['2027-13-01', 'not a date'],
		['2027-1-5', 'not a date'],
		['soon', 'not a date'],
		['', '“” is not a date'],
		['30', 'not a date'],
		['-1d', 'not a date'],
		['2027-01-14', 'in the past'],
		['0d', 'in the past'],
		['4000d', 'more than 3650 days'],
		['9999-12-31', 'more than 3650 days'],
		['\u001B[31m', 'not a date'],
	])('is not read from %j', (text, problem) => {
		expect(readExpiry(text, now).problem?.problem).toContain(problem);
		expect(readExpiry(text, now).problem?.problem).not.toContain('\u001B');
	});

	test('of a day is read again from what is shown of it', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 3000}), days => {
				const text = expiryText(now + days * day);
				expect(expiryText(readExpiry(text, now).expiresAt)).toBe(text);
			}),
		);
		expect(expiryText(null)).toBe('');
	});

	test('is told with the time that is left, or that has passed', () => {
		expect(expiryWords(now + 12 * day, now)).toBe('2027-01-27, in 12d');
		expect(expiryWords(now - 2 * day, now)).toBe('2027-01-13, 2d ago');
		expect(expiryWords(undefined, now)).toBe('never');
	});
});

describe('a key with an expiry date', () => {
	const found = (expiresAt: number | null, expiryWarningDays?: number) =>
		findings(storedKey({expiresAt, createdAt: now}), now, undefined, {
			...(expiryWarningDays !== undefined && {expiryWarningDays}),
		})
			.filter(({id}) => id.startsWith('expire'))
			.map(({id, severity, text}) => `${severity} ${id}: ${text}`);

	test('is a finding from a week before, or from when it is wanted', () => {
		expect(found(now + 8 * day)).toEqual([]);
		expect(found(now + 6 * day)).toEqual(['warn expires-soon: reaches its expiry date here, 2027-01-21, in 6d']);
		expect(found(now + 6 * day, 3)).toEqual([]);
		expect(found(now + 20 * day, 30)).toHaveLength(1);
		expect(found(null)).toEqual([]);
	});

	test('is a bad finding once it has passed', () => {
		expect(found(now - 1)).toEqual([
			'bad expired: is past its expiry date here, 2027-01-15, and goes on working until it is revoked',
		]);
	});
});
