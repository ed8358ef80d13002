import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {findings} from '../../source/core/health/findings.ts';
import {ageWords, idleWords, lifetimeOf} from '../../source/core/health/lifetime.ts';
import {formatDay, formatMinute, formatTime, isPlausibleDate} from '../../source/core/text/time.ts';
import {keyFacts, summaryRows} from '../../source/ui/key-view/key-rows.ts';
import {storedKey} from '../helpers/keys.ts';

describe('a time', () => {
	test('is written in UTC, whole, to the minute or its day', () => {
		const at = Date.UTC(2026, 0, 31, 12, 34, 56, 789);
		expect([formatTime(at), formatMinute(at), formatDay(at)]).toEqual([
			'2026-01-31T12:34:56.789Z',
			'2026-01-31 12:34',
			'2026-01-31',
		]);
	});

	test.each([8.64e15, 8.64e15 + 1, 1e300, Number.POSITIVE_INFINITY, Number.NaN, -8.64e15, 253_402_300_800_000])(
		'far-date: %d is unknown, and never an error',
		at => {
			expect([formatTime(at), formatMinute(at), formatDay(at)]).toEqual(['unknown', 'unknown', 'unknown']);
		},
	);

	test('far-date: no key that a vault may hold stops the program, whatever its dates are', () => {
		const times = fc.oneof(fc.double(), fc.constantFrom(8.64e15, -1, 1e300, Number.NaN));
		fc.assert(
			fc.property(times, times, fc.option(times), times, (createdAt, updatedAt, lastUsedAt, now) => {
				const key = storedKey({
					createdAt,
					updatedAt,
					lastUsedAt,
					permissions: ['read', 'trade'],
					lastTest: {
						at: createdAt,
						ok: false,
						code: 20,
						cause: '',
						latencyMs: null,
						live: null,
						since: updatedAt,
						goodAt: lastUsedAt,
					},
					history: [[createdAt, 0, null]],
				});
				const life = lifetimeOf(key, now);
				expect(
					[...findings(key, now).map(({text}) => text), ageWords(life, now), idleWords(life, now)].every(
						text => text.length > 0,
					),
				).toBe(true);
				expect([...summaryRows(key, now, 40), ...keyFacts(key, now, 80)].length).toBeGreaterThan(10);
			}),
		);
	});

	test('far-date: is written in one place, so that no other can throw', () => {
		const files = fs
			.readdirSync('source', {recursive: true, encoding: 'utf8'})
			.filter(
				name =>
					/\.tsx?$/.test(name) &&
					/toISOString|toLocale(Date|Time)/.test(fs.readFileSync(path.join('source', name), 'utf8')),
			);
		// The others write the clock of this machine, or a time that was parsed before.
		expect(files.toSorted()).toEqual([
			'core/text/time.ts',
			'exchange/http/connect.ts',
			'exchange/sign.ts',
			'sandbox/tls/certificate.ts',
		]);
	});

	test('of a key is plausible from 2017 until tomorrow', () => {
		const now = Date.UTC(2026, 10, 25);
		for (const at of [Date.UTC(2017, 0), now, now + 86_400_000]) expect(isPlausibleDate(at, now)).toBe(true);
		for (const at of [Date.UTC(2017, 0) - 1, 0, now + 86_400_001, 8.64e15, Number.NaN])
			expect(isPlausibleDate(at, now)).toBe(false);
	});
});
