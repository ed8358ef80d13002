import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, test} from 'vitest';

type Samples = {
	readonly what: string;
	readonly against: string;
	readonly ours: readonly number[];
	readonly reference: readonly number[];
	readonly limit: number;
	readonly share?: number;
};
type Row = Samples & {readonly part: string; readonly ratio: number; readonly holds: boolean};
type Baseline = Readonly<Record<string, number>>;

const fromBench = async (file: string): Promise<unknown> => import(pathToFileURL(path.resolve('bench', file)).href);
const {rowOf, becameWorse, baselineWith} = (await fromBench('rows.js')) as {
	readonly rowOf: (samples: Samples) => Omit<Row, 'part'>;
	readonly becameWorse: (
		rows: readonly Partial<Row>[],
		baseline: Baseline,
	) => readonly {readonly row: Row; readonly before: number}[];
	readonly baselineWith: (baseline: Baseline, rows: readonly Partial<Row>[]) => Baseline;
};
const {tableOf} = (await fromBench('table.js')) as {readonly tableOf: (rows: readonly object[]) => readonly string[]};

const samples = {what: 'list', against: 'node -e 0', limit: 1.5};

test('a row is the middle of the ratios of each round, so that a machine that slows down counts on both sides', () => {
	const row = rowOf({...samples, ours: [10, 12, 1000], reference: [10, 10, 900]});
	expect(row).toMatchObject({ratio: expect.closeTo(1.11, 2) as number, holds: true});
});

test('a row above its limit does not hold', () => {
	expect(rowOf({...samples, ours: [16], reference: [10]})).toMatchObject({ratio: 1.6, holds: false});
});

test('a row of the slowest compares what 99 % of the samples stay below', () => {
	const ours = Array.from({length: 101}, (_, index) => index);
	const row = rowOf({...samples, ours, reference: ours.map(() => 33), share: 0.99});
	expect(row).toMatchObject({ratio: 3, holds: false});
});

test('samples that are not of the same rounds are refused', () => {
	expect(() => rowOf({...samples, ours: [1, 2], reference: [1]})).toThrow('2 samples cannot be paired with 1');
	expect(() => rowOf({...samples, ours: [], reference: []})).toThrow('cannot be paired');
});

const measured = (what: string, ratio: number) => ({part: 'start', what, against: 'node -e 0', ratio});

test('what became worse by more than a quarter is told, and what is new is not', () => {
	const baseline = {'start: list / node -e 0': 1.2, 'start: show / node -e 0': 1.2};
	const worse = becameWorse([measured('list', 1.51), measured('show', 1.49), measured('test', 9)], baseline);
	expect(worse.map(({row: {what}, before}) => [what, before])).toEqual([['list', 1.2]]);
});

test('the baseline keeps the ratios of rows that were not measured this time', () => {
	const kept = baselineWith({'start: show / node -e 0': 1.2, 'start: list / node -e 0': 2}, [
		measured('list', 1.23456),
	]);
	expect(Object.entries(kept)).toEqual([
		['start: list / node -e 0', 1.23],
		['start: show / node -e 0', 1.2],
	]);
});

test('the table shows both sides, the ratio, its limit and the verdict', () => {
	const row = {...rowOf({...samples, ours: [160], reference: [100]}), part: 'start'};
	expect(tableOf([row])).toEqual([
		'      against      ours  reference  ratio  limit',
		'list  node -e 0  160 ms     100 ms  1.60x   1.5x  MISSED',
	]);
});
