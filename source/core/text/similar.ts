import {listed, t} from '../../language/translate.ts';

const mostNames = 3;

/**
 * Up to three candidates with the fewest typing mistakes, in their given order; also completes an unfinished word.
 * Ignores case.
 */
export function similar(word: string, candidates: readonly string[]): string[] {
	const wanted = word.toLowerCase();
	const measured = [...new Set(candidates)].map(candidate => ({
		candidate,
		mistakes: mistakesIn(wanted, candidate.toLowerCase()),
	}));
	const fewest = measured.reduce((least, {mistakes}) => Math.min(least, mistakes), Infinity);
	return measured
		.filter(({mistakes}) => mistakes === fewest && mistakes < Infinity)
		.map(({candidate}) => candidate)
		.slice(0, mostNames);
}

/** Such as `Did you mean list or slots?`; undefined without names. */
export function didYouMean(names: readonly string[]): string | undefined {
	if (names.length === 0) return undefined;
	return t`Did you mean ${listed(names, 'disjunction')}?`;
}

/**
 * Infinity above one mistake per three letters, or above two in all. An unfinished word counts as one mistake, or as
 * three if it is short.
 */
function mistakesIn(word: string, candidate: string): number {
	const length = Math.max(word.length, candidate.length);
	const mistakes = distance(word, candidate);
	const isTypo = mistakes <= Math.min(2, Math.max(1, Math.floor(length / 3))) && mistakes * 2 <= length;
	const isUnfinished = word.length > 1 && candidate.startsWith(word) && mistakes > 0;
	return Math.min(isTypo ? mistakes : Infinity, isUnfinished ? (word.length > 2 ? 1 : 3) : Infinity);
}

/**
 * Optimal string alignment distance: insertions, deletions, replacements and swaps. Infinity if it is certainly too
 * large.
 */
function distance(left: string, right: string): number {
	if (Math.abs(left.length - right.length) > 2 || left.length > 100) return Infinity;
	let twoBefore: number[] = [];
	let before = Array.from({length: right.length + 1}, (_, index) => index);
	for (let row = 1; row <= left.length; row++) {
		const current = [row];
		for (let column = 1; column <= right.length; column++) {
			const isSame = left[row - 1] === right[column - 1];
			const isSwap =
				row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
			current.push(
				Math.min(
					before[column]! + 1,
					current[column - 1]! + 1,
					before[column - 1]! + (isSame ? 0 : 1),
					...(isSwap ? [twoBefore[column - 2]! + 1] : []),
				),
			);
		}

		[twoBefore, before] = [before, current];
	}

	return before[right.length]!;
}
