import {readdirSync, readFileSync, renameSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {backupsOf} from '../../source/vault/store/backups.ts';
import {temporaryFolder} from './world.ts';

const minute = 60;
const day = 24 * 60 * minute;
/** Seconds since 1970: a Monday at noon, so that the hours around it are of the same day. */
const noon = 1_767_614_400;

/**
 * A file that has been saved at these times, each save pruning as the program does: the times of the saves that are
 * kept before the present one.
 */
function keptAfter(times: readonly number[]): number[] {
	const folder = temporaryFolder();
	const path = join(folder, 'vault.json');
	const backups = backupsOf(path, process.geteuid!());
	for (const [index, time] of times.entries()) {
		if (index > 0) backups.keep();
		writeFileSync(`${path}.new`, String(time), {mode: 0o600});
		utimesSync(`${path}.new`, time, time);
		renameSync(`${path}.new`, path);
		if (index > 0) backups.prune();
	}

	return readdirSync(join(folder, 'backups'))
		.toSorted()
		.map(name => Number(readFileSync(join(folder, 'backups', name), 'utf8')));
}

describe('the earlier saves that are kept', () => {
	it('are the last ten, and the last of each of the 14 days before them', () => {
		const times = Array.from({length: 20 * 24}, (_, index) => noon + index * 60 * minute);
		const kept = keptAfter(times);
		expect(kept.slice(-10)).toEqual(times.slice(-11, -1));
		const lastOfDay = times.filter(time => time % day === 23 * 60 * minute);
		// The last ten begin at one o’clock in the morning, so that all of the day before is among the earlier days.
		expect(kept.slice(0, -10)).toEqual(lastOfDay.slice(-14));
	});

	it('cron-pushes-out-good-save: a test every five minutes leaves the saves of the days before', () => {
		const good = [noon - 3 * day, noon - 2 * day, noon - day];
		const cron = Array.from({length: 200}, (_, index) => noon + index * 5 * minute);
		// 200 tests end on the next day, so this one has become an earlier day too.
		const midnight = cron.findLast(time => time < noon + day / 2)!;
		expect(keptAfter([...good, ...cron])).toEqual([...good, midnight, ...cron.slice(-11, -1)]);
	});

	it('clock-jump-deletes-backups: are the last ten whatever the clock said, and no day counts twice', () => {
		const before = [noon - 2 * day, noon - day];
		const future = Array.from({length: 12}, (_, index) => noon + 100 * 365 * day + index * minute);
		const past = Array.from({length: 12}, (_, index) => index * minute);
		const back = Array.from({length: 12}, (_, index) => noon + index * minute);
		expect(keptAfter([...before, ...future, ...past, ...back])).toEqual([
			...before,
			future.at(-1),
			past.at(-1),
			...back.slice(-11, -1),
		]);
	});

	it('are the last ten and at most 14 more, in the order of the saves, for any clock', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({min: 0, max: 40}), {minLength: 2, maxLength: 60}), steps => {
				const times = steps.map((step, index) => noon + step * day + index);
				const kept = keptAfter(times);
				expect(kept.slice(-10)).toEqual(times.slice(0, -1).slice(-10));
				expect(kept.length).toBeLessThanOrEqual(24);
				expect(kept.map(time => times.indexOf(time))).toEqual(
					kept.map(time => times.indexOf(time)).toSorted((left, right) => left - right),
				);
			}),
			{numRuns: 30},
		);
	});
});
