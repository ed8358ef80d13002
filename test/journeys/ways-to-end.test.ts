import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {leewayMs, promisedMs, timeToEnd, watched} from './ending.ts';
import {program, type Home} from './program.ts';
import {hasPty, takeLetters, test, type RawTerminal} from './raw-terminal.ts';

/** A terminal on which nothing of the full screen is left. */
const restored = {
	screen: 'normal',
	isCursorShown: true,
	bracketedPasteMode: false,
	mouseTrackingMode: 'none',
	sendFocusMode: false,
	applicationCursorKeysMode: false,
};

/** The program as it ships, with a signal for each way to fail that no call of the program has. */
function failing(home: Home): string {
	const copy = home.file('copy');
	fs.cpSync(path.dirname(program), path.join(copy, 'bin'), {recursive: true});
	fs.symlinkSync(path.resolve('dist'), path.join(copy, 'dist'));
	fs.writeFileSync(path.join(copy, 'package.json'), '{"type": "module"}');
	const bin = path.join(copy, 'bin/okx-keys.js');
	fs.writeFileSync(
		bin,
		fs
			.readFileSync(program, 'utf8')
			.replace(
				'// No new syntax',
				'process.on("SIGUSR2", () => { throw new Error("injected-canary"); });\n' +
					'process.on("SIGPIPE", () => { Promise.reject(new Error("injected-canary")); });\n' +
					'// No new syntax',
			),
	);
	return bin;
}

const signal = (name: NodeJS.Signals) => async (terminal: RawTerminal) => {
	process.kill(await terminal.id(), name);
};
const keys = (text: string) => async (terminal: RawTerminal) => {
	await terminal.send(text);
};

type Way = readonly [name: string, status: number, end: (terminal: RawTerminal) => Promise<void>];

const ways: readonly Way[] = [
	['q', 0, keys('q')],
	['Ctrl+C', 0, keys('\u0003')],
	['L and then q', 0, keys('L\u0003')],
	['q in a form, and y to its question', 0, keys('nabc\u0003y')],
	['q in the same chunk as a paste', 0, keys('\u001B[200~pasted\u001B[201~q')],
	['SIGTERM', 143, signal('SIGTERM')],
	['SIGINT', 130, signal('SIGINT')],
	['SIGQUIT', 131, signal('SIGQUIT')],
	['SIGHUP', 129, signal('SIGHUP')],
	['an exception that nothing catches', 1, signal('SIGUSR2')],
	['a promise whose failure nothing catches', 1, signal('SIGPIPE')],
];

describe.skipIf(!hasPty).concurrent('the terminal (needs python3 and /proc)', () => {
	test.for(ways)('is as it was before, after %s (status %d)', async ([, status, end], {home, sandbox, openRaw}) => {
		const terminal = openRaw(sandbox.opened, {command: [process.execPath, failing(home)]});
		const before = await terminal.modesBefore();
		await takeLetters(terminal);
		await watched(await terminal.id());
		expect(terminal.state).toMatchObject({screen: 'alternate', isCursorShown: false, bracketedPasteMode: true});
		expect(await terminal.modes()).not.toBe(before);

		await end(terminal);
		expect(await terminal.ended()).toBe(status);
		expect(await terminal.modes()).toBe(before);
		expect(terminal.state).toEqual(restored);
		// Nothing is printed in a colour that would go on, and no error says more than its kind.
		const after = terminal.written.slice(terminal.written.lastIndexOf('\u001B[?1049l'));
		expect(after).not.toContain('\u001B[3');
		expect(terminal.written).not.toContain('injected-canary');
	});
	test('that is lost ends the program with the status of SIGHUP', async ({sandbox, openRaw}) => {
		const terminal = openRaw(sandbox.opened);
		await takeLetters(terminal);
		const id = await terminal.id();
		terminal.drop();
		expect(await timeToEnd(id)).toBeLessThan(promisedMs + leewayMs);
		expect(await terminal.ended()).toBe(129);
	});
});
