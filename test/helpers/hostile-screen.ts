import {expect} from 'vitest';
import {foreignBytes, wideRows} from './terminal-bytes.ts';
import type {TestTerminal} from './terminal.tsx';

type Size = readonly [columns: number, rows: number];

export const hostileSizes: readonly [Size, ...Size[]] = [
	[40, 12],
	[80, 24],
	[160, 45],
];

/** Fails for anything written so far that is not the program's own, and for rows that do not fit; then forgets it. */
export function expectOwnRows(terminal: TestTerminal, where: unknown): void {
	const {written, columns, screen, wrappedRows} = terminal;
	terminal.written = '';
	// Terminals differ in the width of pictures that are joined of several; this one adds them up.
	const wrapped = (written + screen).includes('\u200D') ? wideRows(written, columns) : wrappedRows;
	expect({where, columns, foreign: foreignBytes(written), wrapped}).toEqual({where, columns, foreign: [], wrapped: []});
}
