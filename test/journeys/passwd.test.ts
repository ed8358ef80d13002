import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux, run} from './program.ts';
import {passphrase} from './vaults.ts';

const second = 'another passphrase altogether';

describe.concurrent('passwd', () => {
	test('sets a new passphrase; the old one opens nothing but earlier saves any more', async ({home, grid}) => {
		const fresh = home.passphraseFile(second, 'second');
		expect(await grid.byPassphrase('passwd', '--new-passphrase-file', fresh)).toMatchObject({
			status: 0,
			err: expect.stringContaining('still open with the old one') as string,
		});
		expect(await grid.byPassphrase('list')).toMatchObject({status: 11});
		expect(await grid.names(fresh)).toEqual(['grid']);
	});

	test('writes nothing when the passphrase is wrong, the new one too short, or under --readonly', async ({
		home,
		grid,
	}) => {
		const before = grid.bytes();
		const fresh = home.passphraseFile(second, 'second');
		const short = home.passphraseFile('short', 'short');
		const wrong = home.passphraseFile('not the passphrase', 'wrong');
		expect(await grid.plain('passwd', '--passphrase-file', wrong, '--new-passphrase-file', fresh)).toMatchObject({
			status: 11,
		});
		expect(await grid.byPassphrase('passwd', '--new-passphrase-file', short)).toMatchObject({
			status: 2,
			err: expect.stringContaining('too few') as string,
		});
		expect(await grid.byPassphrase('passwd', '--readonly', '--new-passphrase-file', fresh)).toMatchObject({status: 2});
		expect(await grid.byPassphrase('passwd')).toMatchObject({
			status: 4,
			err: expect.stringContaining('no terminal') as string,
		});
		expect(grid.bytes()).toEqual(before);
	});

	test.skipIf(!hasTmux)(
		'asks for the present one and twice for the new one on the terminal, and shows none of them',
		async ({home, grid, openTerminal}) => {
			const terminal = openTerminal();
			terminal.start('passwd');
			for (const [question, answer] of [
				['Passphrase or recovery key:', passphrase],
				['New passphrase:', second],
				['The same again:', second],
			] as const) {
				await terminal.see(question);
				terminal.type(answer);
				terminal.press('Enter');
			}

			await terminal.see('opens with the new passphrase');
			expect(terminal.history()).not.toMatch(new RegExp(`${passphrase}|${second}`));
			expect(await grid.names(home.passphraseFile(second, 'second'))).toEqual(['grid']);
		},
	);

	test('a passphrase that a machine made opens its vault, even where it looks like a recovery key', async ({home}) => {
		const hex = home.passphraseFile('0123456789abcdef'.repeat(4), 'hex');
		const words = ['--vault', home.file('machine/vault.json'), '--passphrase-file'];
		expect(await run(home, ['init', ...words, hex])).toMatchObject({status: 0});
		expect(await run(home, ['list', ...words, hex])).toMatchObject({status: 0});
		expect(
			await run(home, ['list', ...words, home.passphraseFile('fedcba9876543210'.repeat(4), 'other')]),
		).toMatchObject({status: 11});
	});
});
