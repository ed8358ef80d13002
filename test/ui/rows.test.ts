import fc from 'fast-check';
import {expect, test} from 'vitest';
import {truncate, width} from '../../source/core/text/width.ts';
import {fitRow, type Row} from '../../source/ui/drawing/rows.tsx';

const textOf = (row: Row) => row.map(piece => (typeof piece === 'string' ? piece : piece.text)).join('');

test.each([
	[['ab', {text: 'cd', tone: 'good'}], 4, 'abcd'],
	[['ab', {text: 'cd', tone: 'good'}], 3, 'ab…'],
	[['ab', 'cd', ''], 2, 'a…'],
	[['ab', '', 'c'], 2, 'a…'],
	[['機械'], 3, '機…'],
	[['a', '械'], 2, 'a…'],
] as const satisfies readonly (readonly [Row, number, string])[])('%j in %i columns is %s', (row, columns, wanted) => {
	expect(textOf(fitRow(row, columns))).toBe(wanted);
});

test('a row is cut where a text of all its pieces would be, and keeps the tone of each', () => {
	const pieces = fc.array(fc.string({unit: fc.constantFrom('a', 'b', ' ', '械', 'é'), maxLength: 6}), {maxLength: 6});
	fc.assert(
		fc.property(pieces, fc.integer({min: 1, max: 30}), (texts, columns) => {
			const row = texts.map((text, index) => (index % 2 === 0 ? text : {text, tone: 'good' as const}));
			const fitted = fitRow(row, columns);
			expect(textOf(fitted)).toBe(truncate(texts.join(''), columns));
			expect(width(textOf(fitted))).toBeLessThanOrEqual(columns);
			for (const [index, piece] of fitted.entries()) expect(typeof piece).toBe(typeof row[index]);
		}),
	);
});
