import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {hasAge} from './age-file.ts';
import {test} from './age.ts';
import {hasTmux} from './program.ts';

const agePassphrase = 'eight words are plenty for a file';

describe.skipIf(!hasAge || !hasTmux).concurrent('an age file at a terminal (needs tmux)', () => {
	test('a passphrase is typed twice here and once into age, and the other way round', async ({
		home,
		vault,
		age: {sandbox},
		openTerminal,
	}) => {
		const terminal = openTerminal({columns: 120});
		terminal.type('cd; clear');
		terminal.press('Enter');
		terminal.start('export', '--all', '--age-passphrase', '--output', 'typed.age', ...vault.opened);
		await terminal.see('New passphrase for the age file:');
		terminal.type(agePassphrase);
		terminal.press('Enter');
		await terminal.see('The same again:');
		terminal.type(agePassphrase);
		terminal.press('Enter');
		await terminal.see('keys were encrypted into typed.age');
		terminal.type('age -d -o typed.out typed.age && echo "opened $?"');
		terminal.press('Enter');
		await terminal.see('Enter passphrase:');
		terminal.type(agePassphrase);
		terminal.press('Enter');
		await terminal.see('opened 0');
		expect(JSON.parse(fs.readFileSync(home.file('typed.out'), 'utf8'))).toEqual(
			expect.arrayContaining([expect.objectContaining({name: 'main'})]),
		);

		terminal.clear();
		terminal.type('age -e -p -a -o by-age.age typed.out; rm typed.out; echo "sealed $?"');
		terminal.press('Enter');
		await terminal.see('Enter passphrase');
		terminal.type(agePassphrase);
		terminal.press('Enter');
		await terminal.see('Confirm passphrase:');
		terminal.type(agePassphrase);
		terminal.press('Enter');
		await terminal.see('sealed 0');
		terminal.start('import', 'by-age.age', '--no-test', ...vault.opened);
		await terminal.see('Passphrase of the age file:');
		terminal.type('not this one');
		terminal.press('Enter');
		await terminal.see('does not open with this passphrase');
		expect(terminal.history()).not.toContain(agePassphrase);

		expect(
			await sandbox([
				'import',
				home.file('by-age.age'),
				'--age-passphrase-file',
				home.passphraseFile(agePassphrase, 'age-passphrase'),
				'--no-test',
			]),
		).toMatchObject({
			status: 0,
			out: expect.stringContaining('1. main: skipped. This API key is already stored here as main.') as string,
		});
	}, 90_000);

	test('a terminal gets text, and two passphrases that differ make nothing', async ({
		home,
		vault,
		age: {recipient},
		openTerminal,
	}) => {
		const terminal = openTerminal({columns: 120, rows: 40});
		terminal.start('export', 'main', '--age-recipient', recipient, ...vault.opened);
		await terminal.see('-----END AGE ENCRYPTED FILE-----');
		terminal.type('cd; clear');
		terminal.press('Enter');
		terminal.start('export', 'main', '--age-passphrase', '--output', 'never.age', ...vault.opened);
		await terminal.see('New passphrase for the age file:');
		terminal.type('a long passphrase');
		terminal.press('Enter');
		await terminal.see('The same again:');
		terminal.type('a long passphraze');
		terminal.press('Enter');
		await terminal.see('The two passphrases differ; nothing was written.');
		expect(fs.existsSync(home.file('never.age'))).toBe(false);
	});
});
