import {spawnSync} from 'node:child_process';

/**
 * The value below which that share of some numbers lies, such as 0.99.
 *
 * @param {readonly number[]} numbers
 * @param {number} share
 */
export function quantile(numbers, share) {
	const sorted = numbers.toSorted((left, right) => left - right);
	const at = (sorted.length - 1) * share;
	const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
	return low + (high - low) * (at - Math.floor(at));
}

/** The middle of some numbers. */
export function median(numbers) {
	return quantile(numbers, 0.5);
}

/**
 * Does several things in turn, A B C A B C, so that a machine that slows down slows all of them; gives what each
 * returned in each round. The first round warms up and does not count.
 *
 * @template Value
 * @param {number} rounds
 * @param {readonly (() => Value | Promise<Value>)[]} works
 * @returns {Promise<Value[][]>} one list for each of `works`
 */
export async function inTurn(rounds, works) {
	const results = works.map(() => []);
	for (let round = 0; round <= rounds; round++) {
		for (const [index, work] of works.entries()) {
			const result = await work();
			if (round > 0) results[index].push(result);
		}
	}

	return results;
}

/** The ms that a promise takes. */
export async function timed(work) {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** Without `NODE_OPTIONS` and the like, which slow Node down, and without the home of whoever measures. */
function environmentOf(extra) {
	return {PATH: process.env.PATH, LANG: 'C.UTF-8', ...extra};
}

/** Throws when the program ended with a status that is none of `statuses`. */
function run(program, words, {environment, statuses = [0], input}) {
	const start = performance.now();
	const {status, signal, error, stderr} = spawnSync(program, words, {
		env: environmentOf(environment),
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
		timeout: 120_000,
		input,
	});
	const ms = performance.now() - start;
	if (error) throw error;
	if (!statuses.includes(status))
		throw new Error(`${program} ${words.join(' ')} ended with ${signal ?? status}: ${stderr}`);
	return {ms, stderr};
}

/**
 * The ms that a program takes from its start to its end.
 *
 * @param {string} program its path, or a word that is looked for in PATH
 * @param {readonly string[]} words
 * @param {{environment?: Record<string, string>, statuses?: readonly number[], input?: string}} [options]
 */
export function programMs(program, words, options = {}) {
	return run(program, words, options).ms;
}

/** As `programMs`, for a program of Node. */
export function nodeMs(words, options) {
	return programMs(process.execPath, words, options);
}

/**
 * What a program costs from its start to its end; all but `ms` is told by GNU time.
 *
 * @param {string | undefined} time GNU time, as `bench.peer('time')` gives it
 * @returns {{ms: number, cpuMs?: number, peakMiB?: number}}
 */
export function costsOf(time, program, words, options = {}) {
	if (time === undefined) return {ms: programMs(program, words, options)};
	const {ms, stderr} = run(time, ['--quiet', '-f', '%U %S %M', program, ...words], options);
	const [user, system, peakKiB] = stderr.trimEnd().split('\n').at(-1).split(' ').map(Number);
	return {ms, cpuMs: (user + system) * 1000, peakMiB: peakKiB / 1024};
}
