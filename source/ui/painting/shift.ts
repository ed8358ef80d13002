import {type Grid} from './grid.ts';

/** Rows that moved up by `by` between two grids, down where it is negative. */
export type Shift = {
	readonly top: number;
	/** The first row below. */
	readonly bottom: number;
	readonly by: number;
	/** What has a terminal move them, in plain style. */
	readonly sequence: string;
};

/** In how many parts a row is compared, because panes side by side move by themselves. */
const parts = 4;

/** The rows that most likely have moved, if any. */
export function shiftBetween(shown: Grid, next: Grid): Shift | undefined {
	const {rows} = next;
	/** For each distance, the rows of `next` of which a part stood so far below. */
	const votes = new Map<number, {count: number; top: number; bottom: number}>();
	for (let part = 0; part < parts; part++) {
		const before = partsOf(shown, part);
		const now = partsOf(next, part);
		const rowsOf = new Map<string, number[]>();
		for (const [row, text] of before.entries()) {
			const same = rowsOf.get(text);
			if (same) same.push(row);
			else rowsOf.set(text, [row]);
		}

		for (let row = 0; row < rows; row++) {
			if (now[row] === before[row] || now[row]!.trim() === '') continue;
			for (const from of rowsOf.get(now[row]!) ?? []) {
				const vote = votes.get(from - row);
				if (vote) {
					vote.count++;
					vote.top = Math.min(vote.top, row);
					vote.bottom = Math.max(vote.bottom, row + 1);
				} else votes.set(from - row, {count: 1, top: row, bottom: row + 1});
			}
		}
	}

	const best = Array.from(votes).toSorted(([, one], [, other]) => other.count - one.count)[0];
	if (!best || best[1].count < 2) return undefined;
	const [by, {top, bottom}] = best;
	return shiftOf(by > 0 ? top : top + by, by > 0 ? bottom + by : bottom, by);
}

function partsOf({columns, rows, texts}: Grid, part: number): string[] {
	const from = Math.floor((columns * part) / parts);
	const to = Math.floor((columns * (part + 1)) / parts);
	return Array.from({length: rows}, (_, row) => texts.slice(row * columns + from, row * columns + to).join(''));
}

function shiftOf(top: number, bottom: number, by: number): Shift {
	const count = Math.abs(by);
	const lines = count === 1 ? '' : String(count);
	const [removed, inserted] = by > 0 ? [top, bottom - count] : [bottom - count, top];
	return {
		top,
		bottom,
		by,
		// Lines are deleted and inserted, because every terminal of the last forty years can do that.
		sequence: `\u001B[${removed + 1};1H\u001B[${lines}M\u001B[${inserted + 1};1H\u001B[${lines}L`,
	};
}

/** What a terminal shows after a shift. */
export function shifted(grid: Grid, {top, bottom, by}: Shift): Grid {
	const {columns, rows} = grid;
	const texts = grid.texts.slice();
	const styles = grid.styles.slice();
	for (let row = top; row < bottom; row++) {
		const from = row + by;
		for (let column = 0; column < columns; column++) {
			const isInside = from >= top && from < bottom;
			texts[row * columns + column] = isInside ? grid.texts[from * columns + column]! : ' ';
			styles[row * columns + column] = isInside ? grid.styles[from * columns + column]! : 0;
		}
	}

	return {columns, rows, texts, styles};
}
