import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {canIsolate, commandLinesOf, cronLinesOf, runLines, type Expected, type PageLine} from './pages.ts';
import {Home, type Run} from './program.ts';
import {vaultIn} from './vaults.ts';
import {expectedOf, notRun} from './pages-expected.ts';

/** In the order in which their lines are run: the first one starts the exchange for all. */
const pages = Object.keys(expectedOf);
const linesOf = (page: string): ReadonlyArray<readonly [line: string, command: string]> => [
	...commandLinesOf(page).map(line => [line, line] as const),
	...(page === 'docs/monitoring.md' ? cronLinesOf(page) : []),
];

const seen = new Set(Object.keys(notRun));
const lines: ReadonlyArray<PageLine & {readonly page: string}> = pages.flatMap(page =>
	linesOf(page).flatMap(([line, command]) => {
		if (seen.has(line)) return [];
		seen.add(line);
		return [{page, line, command, expected: (expectedOf[page] as Record<string, Expected>)[line] ?? {}}];
	}),
);

describe.skipIf(!canIsolate)('what the pages show', () => {
	const home = new Home();
	let runs: readonly Run[];

	beforeAll(async () => {
		await vaultIn(home, 'live');
		await vaultIn(home, 'sandbox');
		runs = runLines(home, lines);
	}, 120_000);
	afterAll(() => {
		home.remove();
	});

	test.each(lines.map(({page, line, expected}, index) => ({page, line, expected, index})))(
		'$page: $line',
		({line, expected: {status = 0, says = /(?:)/}, index}) => {
			const {status: ended, out, err} = runs[index]!;
			expect({line, status: ended, out, err}).toMatchObject({status});
			expect(out + err).toMatch(says);
		},
	);
});

test('no row is about a line that is in no page', () => {
	const shown = (page: string) => linesOf(page).map(([line]) => line);
	for (const page of pages) expect(shown(page)).toEqual(expect.arrayContaining(Object.keys(expectedOf[page]!)));
	expect(pages.flatMap(shown)).toEqual(expect.arrayContaining(Object.keys(notRun)));
	expect(lines.length).toBeGreaterThan(60);
});
