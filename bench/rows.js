import {median, quantile} from './measure.js';

/** A run tells the rows that became worse by more than this. */
const tolerated = 1.25;

/**
 * @typedef {object} Samples
 * @property {string} what what was measured, such as `list of 10 keys`
 * @property {string} against what it is compared with, such as `node -e 0`
 * @property {readonly number[]} ours
 * @property {readonly number[]} reference the same measured in the same run, round by round in turn with `ours`
 * @property {number} limit `ours` may be so many times `reference`
 * @property {string} [unit] of the samples; ms if not given
 * @property {number} [share] compares not medians but, with 0.99, the value that 99 % of the samples stay below
 */

/**
 * Compares samples. For the median, each is divided by that of its own round first, so that a machine that slows down
 * in the midst of a run changes nothing.
 *
 * @param {Samples} samples
 */
export function rowOf({what, against, ours, reference, limit, unit = 'ms', share = 0.5}) {
	if (ours.length === 0 || ours.length !== reference.length)
		throw new Error(`${what}: ${ours.length} samples cannot be paired with ${reference.length}.`);
	const [own, other] = [quantile(ours, share), quantile(reference, share)];
	const ratio = share === 0.5 ? median(ours.map((value, round) => value / reference[round])) : own / other;
	return {what, against, ours: own, reference: other, unit, ratio, limit, holds: ratio <= limit};
}

/** The name of a row in the baseline. */
export const nameOf = ({part, what, against}) => `${part}: ${what} / ${against}`;

/**
 * The rows whose ratio became worse by more than a quarter.
 *
 * @param {Readonly<Record<string, number>>} baseline the last ratios, by the names of their rows
 */
export function becameWorse(rows, baseline) {
	return rows.flatMap(row => {
		const before = baseline[nameOf(row)];
		return before !== undefined && row.ratio > before * tolerated ? [{row, before}] : [];
	});
}

/** The baseline with the ratios of `rows` in place of the earlier ones, in the order of their names. */
export function baselineWith(baseline, rows) {
	const ratios = Object.fromEntries(rows.map(row => [nameOf(row), Number(row.ratio.toPrecision(3))]));
	return Object.fromEntries(
		Object.entries({...baseline, ...ratios}).toSorted(([left], [right]) => (left < right ? -1 : 1)),
	);
}
