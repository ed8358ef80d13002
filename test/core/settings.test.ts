import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {settingNames, settingOf} from '../../source/core/settings/table.ts';
import {durationText, parseDuration} from '../../source/core/text/duration.ts';

describe.each(settingNames)('the setting %s', name => {
	const {kind, usual, title, about} = settingOf(name);

	test('has a title, a sentence, and a default that it accepts', () => {
		expect(title()).toMatch(/^[A-Z]/);
		expect(about()).toMatch(/^[a-z].*[^.]$/);
		expect(kind.parse(kind.format(usual))).toEqual(usual);
		expect(kind.fromJson(kind.toJson(usual))).toEqual(usual);
	});

	test('reads back every value that it accepts, typed or from a file', () => {
		const typed = fc.oneof(
			fc.string(),
			fc.constantFrom(...(kind.choices ?? ['0', '50', '100', '1s', '30s', '10m', '24h', '1d'])),
			fc.tuple(fc.nat(), fc.constantFrom('', 's', 'm', 'h', 'd')).map(([amount, unit]) => `${amount}${unit}`),
		);
		fc.assert(
			fc.property(typed, text => {
				const value = kind.parse(text);
				if (value === undefined) return;
				expect(kind.parse(kind.format(value))).toEqual(value);
				expect(kind.fromJson(JSON.parse(JSON.stringify(kind.toJson(value))))).toEqual(value);
			}),
		);
	});

	test('takes nothing of another kind from a file', () => {
		for (const json of [null, true, {}, [[]], -1, 0.5, 1e99, '', ' ', 'yes', '-5m', '5 m', '1e3s', '0', '99999999d'])
			expect(kind.fromJson(json), JSON.stringify(json)).toBeUndefined();
	});
});

test.each<readonly [string, string, boolean]>([
	['lock-time', '30s', true],
	['lock-time', '29s', false],
	['lock-time', '24h', true],
	['lock-time', '2d', false],
	['clipboard-time', '1s', true],
	['clipboard-time', '0s', false],
	['clipboard-time', '601s', false],
	['healthy-score', '100', true],
	['healthy-score', '101', false],
	['allowed-hosts', 'okx.example.com, gw.example.org', true],
	['site', 'eea', true],
	['site', 'eu', false],
	['allowed-hosts', 'none', true],
	['allowed-hosts', '', false],
	['allowed-hosts', 'https://okx.example.com', false],
	['allowed-hosts', 'okx.example.com:8443', false],
	['allowed-hosts', '203.0.113.7', false],
	['allowed-hosts', 'localhost', false],
	['allowed-hosts', '-x.example.com', false],
	['language', 'en', true],
	['language', 'xx', false],
	['colors', 'never', true],
	['ascii', 'always', true],
	['ascii', 'Always', false],
])('%s %s is allowed: %s', (name, text, isAllowed) => {
	expect(settingOf(name as 'ascii').kind.parse(text) !== undefined).toBe(isAllowed);
});

test('a time is written in one unit, and read back', () => {
	expect([600_000, 90_000, 3_600_000, 86_400_000].map(ms => durationText(ms))).toEqual(['10m', '90s', '1h', '1d']);
	fc.assert(
		fc.property(fc.integer({min: 1, max: 999_999}), seconds => {
			expect(parseDuration(durationText(seconds * 1000))).toBe(seconds * 1000);
		}),
	);
});
