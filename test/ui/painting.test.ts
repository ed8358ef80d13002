import fc from 'fast-check';
import xterm from '@xterm/headless';
import {expect, test} from 'vitest';
import {truncate} from '../../source/core/text/width.ts';
import {changesBetween, freshScreen} from '../../source/ui/painting/differ.ts';
import {blank, createGrid, overlap, wholeOf, write, type Grid} from '../../source/ui/painting/grid.ts';
import {bold, colored, dim, inverse, plain, styleChange} from '../../source/ui/painting/style.ts';

/** What a terminal shows, cell by cell: the text, and its style unless it is a space. */
class Emulator {
	readonly #xterm: InstanceType<typeof xterm.Terminal>;

	constructor({columns, rows}: Grid, before = 'left behind by another program\r\nand more\u001B[?25h') {
		this.#xterm = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
		this.#xterm.write(before);
	}

	async take(bytes: string): Promise<void> {
		await new Promise<void>(resolve => {
			this.#xterm.write(bytes, resolve);
		});
	}

	get cells(): string[] {
		const {cols, rows, buffer} = this.#xterm;
		return Array.from({length: cols * rows}, (_, at) => {
			const cell = buffer.active.getLine(Math.floor(at / cols))!.getCell(at % cols)!;
			const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
			const isInverse = cell.isInverse() !== 0;
			return text === ' '
				? cellOf(text, isInverse ? inverse : plain)
				: cellOf(
						text,
						(cell.isBold() ? bold : 0) |
							(cell.isDim() ? dim : 0) |
							(isInverse ? inverse : 0) |
							(cell.isFgPalette() ? (cell.getFgColor() + 1) << 3 : 0),
					);
		});
	}
}

const cellOf = (text: string, style: number) => `${text}/${text === '' ? 0 : style}`;

const style = fc
	.tuple(
		fc.constantFrom(plain, bold, dim),
		fc.constantFrom(plain, inverse),
		fc.constantFrom(plain, colored('red'), colored('cyan')),
	)
	.map(([weight, inverted, color]) => weight | inverted | color);
/** Texts on whose width all terminals agree. */
const sure = fc.oneof(
	{weight: 4, arbitrary: fc.string({unit: fc.constantFrom('a', 'b', ' ', '-', '›', '✓', '·', 'é'), maxLength: 12})},
	fc.constantFrom('漢字', '한국어', '日本 trade', '', '        '),
);
const disputed = fc.constantFrom('👨‍👩‍👧', '👍🏽ok', 'e\u0301x', '🇯🇵', '⌚', '\u0301', '❤️!', 'a\tb', '\u009B2J');
const any = fc.oneof(sure, disputed);
const place = fc.record({
	left: fc.integer({min: -3, max: 22}),
	top: fc.integer({min: -1, max: 8}),
	width: fc.integer({min: 0, max: 20}),
});

/** A frame of some rows of text over each other; parts of a list are the same in most of them. */
const frameOf = (text: fc.Arbitrary<string>) =>
	fc
		.tuple(
			fc.integer({min: 0, max: 12}),
			fc.array(fc.tuple(fc.array(fc.record({text, style}), {maxLength: 4}), place), {maxLength: 10}),
			fc.record({
				left: fc.integer({min: 0, max: 5}),
				top: fc.constant(0),
				right: fc.integer({min: 9, max: 20}),
				bottom: fc.integer({min: 3, max: 8}),
			}),
		)
		.map(([start, texts, area]) => {
			const grid = createGrid(20, 8);
			for (let row = 1; row < 7; row++)
				write(grid, [{text: row === 4 ? 'a漢字取引' : `bot${start + row} RT ok`, style: row === 3 ? bold : plain}], {
					left: 0,
					top: row,
					width: 14,
					cut: '…',
					area: wholeOf(grid),
				});
			for (const [index, [runs, at]] of texts.entries()) {
				// A question stands over what is below it.
				if (index === 5) blank(grid, area);
				write(grid, runs, {...at, cut: '…', area: overlap(wholeOf(grid), area)});
			}

			return grid;
		});

const expected = ({texts, styles}: Grid) => texts.map((text, cell) => cellOf(text, styles[cell]!));

test.each([true, false])(
	'a terminal always shows the frame that was drawn last (lines can be moved: %s)',
	async canMoveLines => {
		await fc.assert(
			fc.asyncProperty(fc.array(frameOf(sure), {minLength: 2, maxLength: 6}), async frames => {
				const terminal = new Emulator(frames[0]!);
				await terminal.take(freshScreen(frames[0]!));
				expect(terminal.cells).toEqual(expected(frames[0]!));
				for (const [index, frame] of frames.slice(1).entries()) {
					await terminal.take(changesBetween(frames[index]!, frame, {canMoveLines}));
					expect(terminal.cells).toEqual(expected(frame));
				}
			}),
			{numRuns: 100},
		);
	},
);

/** A text of long lines that has scrolled to one of them, between two rows that stay, with something over it. */
const scrolledFrame = fc
	.tuple(fc.integer({min: 0, max: 9}), fc.integer({min: 0, max: 6}), fc.array(fc.tuple(sure, place), {maxLength: 2}))
	.map(([start, picked, texts]) => {
		const grid = createGrid(60, 14);
		const area = wholeOf(grid);
		for (let row = 0; row < 14; row++) {
			const line = start + row;
			const text = row === 0 || row === 13 ? `stays ${row}` : `${line * 7919} 漢字 ${`${line * 104_729} `.repeat(5)}`;
			write(grid, [{text, style: row === picked ? inverse : plain}], {left: 0, top: row, width: 60, cut: '…', area});
		}

		for (const [text, at] of texts) write(grid, [{text, style: plain}], {...at, cut: '…', area});
		return grid;
	});

test('a terminal that moves its lines shows the frame that was drawn last', async () => {
	let moved = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(scrolledFrame, {minLength: 2, maxLength: 5}), async frames => {
			const terminal = new Emulator(frames[0]!);
			await terminal.take(freshScreen(frames[0]!));
			for (const [index, frame] of frames.slice(1).entries()) {
				const bytes = changesBetween(frames[index]!, frame);
				if (/\u001B\[\d*L/.test(bytes)) moved++;
				await terminal.take(bytes);
				expect(terminal.cells).toEqual(expected(frame));
			}
		}),
		{numRuns: 60},
	);
	expect(moved).toBeGreaterThan(10);
});

test('characters whose width a terminal sees otherwise leave nothing of an earlier frame', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(frameOf(any), {minLength: 2, maxLength: 5}), async frames => {
			const terminal = new Emulator(frames[0]!);
			await terminal.take(freshScreen(frames[0]!));
			for (const [index, frame] of frames.slice(1).entries())
				await terminal.take(changesBetween(frames[index]!, frame));
			const fresh = new Emulator(frames[0]!);
			await fresh.take(freshScreen(frames.at(-1)!));
			expect(terminal.cells).toEqual(fresh.cells);
		}),
		{numRuns: 100},
	);
});

test.each([
	['a style', '\u001B[1;7;31m'],
	['letters as lines', '\u001B(0'],
	['other letters', '\u001B)0\u000E'],
	['insertion', '\u001B[4h'],
	['a region that scrolls', '\u001B[3;5r'],
	['places that count from a region', '\u001B[3;5r\u001B[?6h'],
])('a fresh screen is whole where another program has left %s', async (_, left) => {
	const frame = createGrid(20, 8);
	for (let row = 0; row < 8; row++)
		write(frame, [{text: `row ${row} qqq`, style: row === 2 ? inverse : plain}], {
			left: row,
			top: row,
			width: 12,
			cut: '…',
			area: wholeOf(frame),
		});
	const terminal = new Emulator(frame, left);
	await terminal.take(freshScreen(frame));
	expect(terminal.cells).toEqual(expected(frame));
});

test('nothing in a text steers the terminal', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 20}), text => {
			const grid = createGrid(20, 2);
			write(grid, [{text, style: plain}], {left: 0, top: 0, width: 20, cut: '…', area: wholeOf(grid)});
			expect(grid.texts.join('')).not.toMatch(/\p{Control}/u);
		}),
		{numRuns: 30},
	);
});

test('the same frame again costs nothing', () => {
	fc.assert(
		fc.property(frameOf(any), frame => {
			expect(changesBetween(frame, frame)).toBe('');
		}),
	);
});

test('a row that scrolls costs one row, however many there are', () => {
	const frame = (first: number) => {
		const grid = createGrid(200, 60);
		for (let row = 0; row < 60; row++) {
			const text =
				row < 2 || row > 57 ? `fixed ${row}` : `${(first + row) * 7919} a line of a long text ${first + row}`;
			write(grid, [{text, style: plain}], {left: 0, top: row, width: 200, cut: '…', area: wholeOf(grid)});
		}

		return grid;
	};
	for (const by of [1, -1]) expect(changesBetween(frame(100), frame(100 + by)).length).toBeLessThan(80);
	expect(changesBetween(frame(100), frame(101), {canMoveLines: false}).length).toBeGreaterThan(500);
});

test.each([
	[plain, bold, '\u001B[1m'],
	[bold, plain, '\u001B[m'],
	[bold, dim, '\u001B[0;2m'],
	[bold | colored('red'), colored('red'), '\u001B[22m'],
	[colored('red'), colored('cyan'), '\u001B[36m'],
	[inverse | colored('red'), colored('red'), '\u001B[27m'],
])('from style %i to %i', (from, to, bytes) => {
	expect(styleChange(from, to)).toBe(bytes);
});

test.each([
	['bot1', 4, 'bot1'],
	['bot12', 4, 'bot…'],
	['漢字', 4, '漢字'],
	['漢字x', 4, '漢…'],
	['a漢字', 4, 'a漢…'],
	['ab', 1, '…'],
	['a', 0, ''],
])('“%s” in %i columns is “%s”', (text, width, wanted) => {
	const grid = createGrid(10, 1);
	const half = Math.ceil(text.length / 2);
	const runs = [text.slice(0, half), text.slice(half)].map(part => ({text: part, style: plain}));
	write(grid, runs, {left: 0, top: 0, width, cut: '…', area: wholeOf(grid)});
	expect(grid.texts.join('').trimEnd()).toBe(wanted);
});

test('a row is cut where a text of all its pieces would be', () => {
	const pieces = fc.array(fc.string({unit: fc.constantFrom('a', 'b', ' ', '械', 'é'), maxLength: 6}), {maxLength: 6});
	fc.assert(
		fc.property(pieces, fc.integer({min: 1, max: 30}), (texts, width) => {
			const grid = createGrid(40, 1);
			const runs = texts.map(text => ({text, style: plain}));
			write(grid, runs, {left: 0, top: 0, width, cut: '…', area: wholeOf(grid)});
			expect(grid.texts.join('').trimEnd()).toBe(truncate(texts.join(''), width).trimEnd());
		}),
	);
});
