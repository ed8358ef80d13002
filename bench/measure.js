import {spawnSync} from 'node:child_process';

/** The middle of some numbers. */
export function median(numbers) {
	const sorted = numbers.toSorted((left, right) => left - right);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Does several things in turn, A B C A B C, so that a machine that slows down slows all of them; gives the ms of each
 * round for each. The first round warms up and does not count.
 */
export async function inTurn(rounds, works) {
	const times = works.map(() => []);
	for (let round = 0; round <= rounds; round++) {
		for (const [index, work] of works.entries()) {
			const ms = await work();
			if (round > 0) times[index].push(ms);
		}
	}

	return times;
}

/** The ms that a promise takes. */
export async function timed(work) {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/**
 * The ms that a program of Node takes from its start to its end. Throws when it ends with a status that is none of
 * `statuses`.
 */
export function started(words, {environment = {}, statuses = [0]} = {}) {
	const start = performance.now();
	const {status, stderr} = spawnSync(process.execPath, words, {
		env: {PATH: process.env.PATH, ...environment},
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	});
	const ms = performance.now() - start;
	if (!statuses.includes(status)) throw new Error(`${words.join(' ')}: ${stderr}`);
	return ms;
}
