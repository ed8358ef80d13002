import fs from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {blocksOf, type Block} from './page.ts';
import {canIsolate, isRunAsLines, linesOf, runLines, type Expected, type PageLine, type ShownLine} from './pages.ts';
import {Home, type Run} from './program.ts';
import {vaultIn} from './vaults.ts';
import {expectedOf, notRun} from './pages-expected.ts';

/** In the order in which their lines are run: the first one starts the exchange for all. */
const pages = Object.keys(expectedOf);
const all = ['README.md', ...fs.readdirSync('docs').map(page => path.join('docs', page))];

/** Blocks that a test of their own runs. */
const apart: Readonly<Record<string, (block: Block) => boolean>> = {
	/** In agents-page.test.ts. */
	'docs/agents.md': () => true,
	/** In unattended-page.test.ts, on a machine with systemd. */
	'docs/bots.md': ({chapter}) => chapter === 'Unattended',
	/** In monitoring-page.test.ts. */
	'docs/monitoring.md': ({language}) => ['ini', 'yaml', 'cfg', 'sudoers'].includes(language),
	/** A drawing. */
	'docs/security.md': ({language}) => language === 'text',
};
/** What a line above it is run with. */
const given: Readonly<Record<string, readonly string[]>> = {
	'docs/sandbox.md': ['json'],
	'docs/bots.md': ['js'],
	'docs/monitoring.md': ['json'],
	'docs/settings.md': ['json'],
};

const blocksHere = (page: string) => blocksOf(page).filter(block => !(apart[page]?.(block) ?? false));
const shownIn = (page: string): readonly ShownLine[] => blocksHere(page).filter(isRunAsLines).flatMap(linesOf);

const seen = new Set(Object.keys(notRun));
const lines: ReadonlyArray<PageLine & {readonly page: string}> = pages.flatMap(page =>
	shownIn(page).flatMap(shown => {
		if (seen.has(shown.line)) return [];
		seen.add(shown.line);
		return [{...shown, page, expected: (expectedOf[page] as Record<string, Expected>)[shown.line] ?? {}}];
	}),
);

/** Without what differs from machine to machine, and without the options of a rehearsal. */
function alike(printed: string): string {
	return printed
		.replaceAll('\r', '')
		.replaceAll(/ --sandbox| --fault \S+/g, '')
		.replaceAll(/\d+(?:\.\d+){3}/g, 'ADDRESS')
		.replaceAll(/port \d+/g, 'port PORT')
		.replaceAll(/ +\d+ ms/g, ' TIME')
		.replaceAll(/issued by .*, \d+ days left/g, 'issued by AUTHORITY, DAYS left');
}

describe.skipIf(!canIsolate)('what the pages show', () => {
	const home = new Home();
	let runs: readonly Run[];

	beforeAll(async () => {
		await vaultIn(home, 'live');
		await vaultIn(home, 'sandbox');
		runs = runLines(home, lines);
	}, 260_000);
	afterAll(() => {
		home.remove();
	});

	test.each(lines.map((shown, index) => ({...shown, index})))(
		'$page: $line',
		({line, shows = '', expected: {status = 0, says = /(?:)/}, index}) => {
			const {status: ended, out, err} = runs[index]!;
			expect(ended, `${line}\n${out}${err}`).toBe(status);
			expect(out + err).toMatch(says);
			expect(alike(out + err)).toContain(alike(shows));
		},
	);
});

test('no row is about a line that is in no page', () => {
	const shown = (page: string) => shownIn(page).map(({line}) => line);
	for (const page of pages) expect(shown(page)).toEqual(expect.arrayContaining(Object.keys(expectedOf[page]!)));
	expect(pages.flatMap(shown)).toEqual(expect.arrayContaining(Object.keys(notRun)));
	expect(lines.length).toBeGreaterThan(60);
});

test.each(all)('no block of %s is run by no test', page => {
	const idle = blocksHere(page).filter(
		block => !(given[page] ?? []).includes(block.language) && !(isRunAsLines(block) && pages.includes(page)),
	);
	expect(idle).toEqual([]);
	// What is no block of code would be overlooked: one that is indented, or in a list.
	const text = fs.readFileSync(page, 'utf8').replaceAll(/^```[^]*?^```$/gm, '');
	expect(text).not.toMatch(/```|~~~|^(?: {4}|\t)/m);
});
