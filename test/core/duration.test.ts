import {expect, test} from 'vitest';
import {parseDuration, formatDuration} from '../../source/core/text/duration.ts';

test.each([
	['90s', 90_000],
	['15m', 900_000],
	['8h', 28_800_000],
	['2d', 172_800_000],
	['0s', 0],
])('%s is a span of time', (text, ms) => {
	expect(parseDuration(text)).toBe(ms);
});

test.each(['', '15', 'm', '15 m', '1.5h', '-1s', '1h30m', '15M', '1234567s', '1e3s', '１5m'])('“%s” is none', text => {
	expect(parseDuration(text)).toBeUndefined();
});

test.each([
	[0, '0s'],
	[-5, '0s'],
	[1, '1s'],
	[899_999.5, '15m'],
	[3_599_001, '1h'],
	[5_400_000, '1h 30m'],
	[90_061_000, '1d 1h'],
	[86_400_000 + 60_000, '1d'],
	[61_000, '1m 1s'],
])('%d ms read as %s', (ms, text) => {
	expect(formatDuration(ms)).toBe(text);
});
