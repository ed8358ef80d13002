import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {program} from './program.ts';
import {hasPty, test, type RawTerminal} from './raw-terminal.ts';

const prompt = 'Unlock your vault';
/** What Ink asks of every terminal before its first frame. */
const inkBegins = '\u001B[?u';

/** The program as it ships, but for one of its files. */
function without(name: string, folder: string): string {
	fs.cpSync(path.resolve(path.dirname(program)), path.join(folder, 'bin'), {recursive: true});
	fs.cpSync(path.resolve('dist'), path.join(folder, 'dist'), {recursive: true});
	fs.rmSync(path.join(folder, 'dist', name));
	fs.writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}');
	return path.join(folder, 'bin/okx-keys.js');
}

async function expectGivenBack(terminal: RawTerminal): Promise<void> {
	expect(await terminal.modes()).toBe(await terminal.modesBefore());
	expect(terminal.state).toMatchObject({screen: 'normal', isCursorShown: true, bracketedPasteMode: false});
}

describe.skipIf(!hasPty)('the unlock screen is there before the program is loaded (needs python3)', () => {
	test('and takes what is typed at once, which nothing echoes', async ({grid, openRaw}) => {
		const terminal = openRaw([]);
		await terminal.writes(prompt);
		expect(await terminal.modes()).not.toBe(await terminal.modesBefore());
		await terminal.type(`${grid.recoveryKey}\r`);
		await terminal.see('1 key');
		expect(terminal.written.indexOf(prompt)).toBeLessThan(terminal.written.indexOf(inkBegins));
		expect(terminal.written.split(prompt)).toHaveLength(2);
		expect(terminal.written.split('\u001B[?1049h')).toHaveLength(2);
		for (const group of grid.recoveryKey.split(' ')) expect(terminal.written).not.toContain(group);
	});

	test('Ctrl+C at once leaves it, and gives the terminal back', async ({made, openRaw}) => {
		expect(made.path).toContain('vault.json');
		const terminal = openRaw([]);
		await terminal.writes(prompt);
		await terminal.type('\u0003');
		expect(await terminal.ended()).toBe(0);
		await expectGivenBack(terminal);
	});

	test.for([
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
		['SIGQUIT', 131],
	] as const)(
		'%s while the program is loaded ends it with %i and gives the terminal back',
		async ([signal, status], {made, openRaw}) => {
			expect(made.path).toContain('vault.json');
			const terminal = openRaw([]);
			await terminal.writes(prompt);
			process.kill(await terminal.id(), signal);
			expect(await terminal.ended()).toBe(status);
			await expectGivenBack(terminal);
		},
	);

	test('and its compiled code is kept for the next start', async ({made, home, openRaw}) => {
		expect(made.path).toContain('vault.json');
		const folder = home.file('compiled');
		const run = async () => {
			const terminal = openRaw([], {environment: {NODE_COMPILE_CACHE: folder}});
			await terminal.writes(inkBegins);
			await terminal.type('\u0003');
			expect(await terminal.ended()).toBe(0);
			const names = fs.readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => name.includes('.cjs-'));
			return names.toSorted().map(name => [name, fs.statSync(path.join(folder, name)).ino] as const);
		};
		const first = await run();
		expect(first).toHaveLength(2);
		// Code that could not be used would be made anew.
		expect(await run()).toEqual(first);
	});

	test('and loads no more than it shows', async ({made, home, openRaw}) => {
		expect(made.path).toContain('vault.json');
		const report = home.file('loaded.json');
		const command = [process.execPath, path.resolve('test/journeys/loaded-files.mjs'), program, report];
		const terminal = openRaw(['--readonly'], {command});
		await terminal.see(prompt);
		await terminal.type('\u0003');
		expect(await terminal.ended()).toBe(0);
		const {files} = JSON.parse(fs.readFileSync(report, 'utf8')) as {readonly files: readonly string[]};
		// The agent is asked for the key of the vault.
		expect(files.filter(name => name !== 'agent.js' && name !== 'core.js').toSorted()).toEqual([
			'core.cjs',
			'okx-keys.js',
			'ui.cjs',
		]);
	});

	test('a program that cannot be loaded gives the terminal back, and then says so', async ({made, home, openRaw}) => {
		expect(made.path).toContain('vault.json');
		const command = [process.execPath, without('ui.cjs', home.file('copy'))];
		const terminal = openRaw([], {command});
		await terminal.writes(prompt);
		expect(await terminal.ended()).toBe(1);
		await expectGivenBack(terminal);
		expect(terminal.history).toContain('something unexpected happened (Error ENOENT)');
	});
});
