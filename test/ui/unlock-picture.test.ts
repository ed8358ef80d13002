import {Console} from 'node:console';
import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import {runApp} from '../../source/ui/run.tsx';
import {freshScreen} from '../../source/ui/painting/differ.ts';
import {frameOf} from '../../source/ui/screens/unlock/early-frame.ts';
import {framePartsOf} from '../../source/ui/screens/unlock/frame-parts.ts';
import {unlockPicture} from '../../source/ui/screens/unlock/picture.ts';
import {TestTerminal} from '../helpers/terminal.tsx';
import {world} from '../helpers/world.ts';

// The test runner's console lacks what Ink needs to keep libraries from tearing the screen.
Object.assign(console, {Console});

const looks = {
	colours: {ascii: false, color: true},
	'no colour': {ascii: false, color: false},
	ASCII: {ascii: true, color: true},
	'ASCII, no colour': {ascii: true, color: false},
};

/** What was written beside modes of the terminal. */
const drawn = (written: string) => written.replaceAll(/\u001B\[\?[\d;]*[hlu]/g, '');

async function takenOver(columns: number, rows: number, look: {readonly ascii: boolean; readonly color: boolean}) {
	const {context} = await world({sandbox: false});
	context.vault.lock();
	const terminal = new TestTerminal(columns, rows);
	const screen = {takeOver: () => true, leave: vi.fn<() => void>()};
	const shown = {path: context.vault.path, columns, rows, look};
	const ended = runApp(context, {...look, early: {screen, shown}, ...terminal.streams});
	await vi.waitFor(() => {
		expect(terminal.written).toContain('\u001B[?2004h');
	});
	await terminal.settle();
	return {terminal, ended, screen};
}

test.for([
	{columns: 60, rows: 16, look: 'colours'},
	{columns: 79, rows: 24, look: 'ASCII'},
	{columns: 80, rows: 24, look: 'colours'},
	{columns: 80, rows: 24, look: 'no colour'},
	{columns: 80, rows: 24, look: 'ASCII, no colour'},
	{columns: 120, rows: 36, look: 'no colour'},
	{columns: 200, rows: 50, look: 'colours'},
] as const)('Ink has nothing to draw on the early unlock screen: %o', async ({columns, rows, look: name}) => {
	const look = looks[name];
	const {terminal, ended, screen} = await takenOver(columns, rows, look);
	expect(drawn(terminal.written)).toBe('');
	// It is entered already.
	expect(terminal.written).not.toContain('\u001B[?1049h');
	expect(screen.leave).not.toHaveBeenCalled();
	await terminal.press('x');
	expect(drawn(terminal.written)).toContain(look.ascii ? '*' : '•');
	expect(drawn(terminal.written)).not.toContain('Unlock');
	await terminal.press('Ctrl+C');
	expect(await ended).toBe(0);
	expect(terminal.written).toContain('\u001B[?1049l');
});

test('a window of another size than the early screen is drawn afresh', async () => {
	const {context} = await world({sandbox: false});
	context.vault.lock();
	const terminal = new TestTerminal(100, 30);
	const shown = {path: context.vault.path, columns: 80, rows: 24, look: looks.colours};
	const early = {screen: {takeOver: () => true, leave() {}}, shown};
	const ended = runApp(context, {...looks.colours, early, ...terminal.streams});
	await terminal.see('Unlock your vault', 'Enter unlock');
	expect(terminal.written).toContain('\u001B[2J');
	await terminal.press('Ctrl+C');
	expect(await ended).toBe(0);
});

test('an early screen that was left meanwhile is entered and drawn again', async () => {
	const {context} = await world({sandbox: false});
	context.vault.lock();
	const terminal = new TestTerminal(80, 24);
	const shown = {path: context.vault.path, columns: 80, rows: 24, look: looks.colours};
	const early = {screen: {takeOver: () => false, leave() {}}, shown};
	const ended = runApp(context, {...looks.colours, early, ...terminal.streams});
	await terminal.see('Unlock your vault', 'Enter unlock');
	expect(terminal.written).toContain('\u001B[?1049h');
	await terminal.press('Ctrl+C');
	expect(await ended).toBe(0);
});

test('the early screen is left where the vault has gone meanwhile', async () => {
	const {context} = await world({isOpen: false});
	const terminal = new TestTerminal(80, 24);
	const shown = {path: context.vault.path, columns: 80, rows: 24, look: looks.colours};
	let isLeft = false;
	const screen = {
		takeOver: () => !isLeft,
		leave() {
			isLeft = true;
		},
	};
	const ended = runApp(context, {...looks.colours, early: {screen, shown}, ...terminal.streams});
	await terminal.see('New vault');
	expect(isLeft).toBe(true);
	expect(terminal.written).toContain('\u001B[?1049h');
	await terminal.press('Ctrl+C');
	expect(await ended).toBe(0);
});

describe('a frame from the parts that the build makes', () => {
	const window = {columns: fc.integer({min: 60, max: 300}), rows: fc.integer({min: 16, max: 100})};

	test('is the one that Ink would draw, in any window', () => {
		fc.assert(
			fc.property(
				fc.record(window),
				fc.constantFrom(...Object.values(looks)),
				fc.array(fc.string({unit: fc.constantFrom('a', 'Z', '/', '.', '-', '~', '['), minLength: 1, maxLength: 20})),
				(window, look, words) => {
					const path = `/${words.join(' ')}`;
					const frame = frameOf(framePartsOf(look), path, window);
					expect(frame).toBe(
						path.length > window.columns ? undefined : freshScreen(unlockPicture({path, ...window, look})),
					);
				},
			),
			{numRuns: 60},
		);
	});

	test.each([
		['a small window', '/vault.json', {columns: 59, rows: 24}],
		['a low window', '/vault.json', {columns: 80, rows: 15}],
		['a path that is too long', `/${'a'.repeat(80)}`, {columns: 80, rows: 24}],
		['a path with letters of other widths', '/金庫.json', {columns: 80, rows: 24}],
		['a path with control characters', '/\u001B[2J', {columns: 80, rows: 24}],
	])('is left to Ink for %s', (_, path, window) => {
		expect(frameOf(framePartsOf(looks.colours), path, window)).toBeUndefined();
	});
});
