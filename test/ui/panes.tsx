import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {world} from '../helpers/world.ts';

export const wide = {columns: 120, rows: 36};

/** The title of the pane that has the keyboard, as the rule above it says. */
export function focusedPane({lines}: TestTerminal): string | undefined {
	return /[━=][›>] (\d .+?) [━=]/.exec(lines[1]!)?.[1];
}

/** What stands in the pane of this number, row by row. */
export function paneText(terminal: TestTerminal, number: number): string {
	const starts = [0, ...Array.from(terminal.lines[1]!.matchAll(/┬/g), ({index}) => index + 1)];
	const end = starts[number];
	return terminal.lines
		.slice(2, -2)
		.map(line => line.slice(starts[number - 1], end === undefined ? undefined : end - 1))
		.join('\n');
}

/** The program with the sandbox's key and another in a wide terminal. */
export async function openedWide(size = wide) {
	const other = storedKey({id: 'b2', name: 'other', environment: 'demo'});
	const {context} = await world({keys: [other]});
	const {terminal, app} = await openApp(context, size);
	await terminal.see('2 keys');
	return {context, terminal, app};
}
