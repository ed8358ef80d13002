import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux} from './program.ts';

describe.skipIf(!hasTmux)('a command that waits for longer than a second', {concurrent: true}, () => {
	test.for<readonly [words: string, said: RegExp]>([
		['test main', /Testing… \d s/],
		['create bot', /Waiting for the exchange… \d s/],
		['revoke main --yes', /Waiting for the exchange… \d s/],
	])('says so on the terminal, and clears it: %s', async ([words, said], {sandbox, openTerminal}) => {
		const terminal = openTerminal({columns: 100});
		terminal.start(words, '--fault slow', ...sandbox.opened, '; echo "ended $?"');
		await terminal.see(said);
		await terminal.see(/ended \d/);
		expect(terminal.history()).not.toMatch(said);
	});

	test('says nothing where standard error is no terminal', async ({sandbox}) => {
		const {status, err} = await sandbox.run('test', 'main', '--fault', 'slow');
		expect({status, err}).toEqual({status: 0, err: ''});
	});

	test('is ended by Ctrl+C, and says what was done', async ({sandbox, openTerminal}) => {
		const terminal = openTerminal({columns: 100});
		terminal.start('test main --fault timeout', ...sandbox.opened, '; echo "ended $?"');
		await terminal.see(/Testing… \d s/);
		terminal.press('C-c');
		await terminal.see('Stopped: 0 of 1 were tested.');
		await terminal.see('ended 3');
	});
});
