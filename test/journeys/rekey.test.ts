import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux, run} from './program.ts';
import {unlocking} from './vaults.ts';

describe.concurrent('rekey', () => {
	test('gives a new recovery key; the old one and a key file that was not named open nothing any more', async ({
		home,
		grid,
	}) => {
		const [lost, kept] = [home.file('lost.key'), home.file('kept.key')];
		await grid.own('add-slot', 'key-file', '--file', lost);
		const {out: old} = await grid.own('add-slot', 'recovery');
		const {status, out, err} = await grid.byPassphrase('rekey', '--yes');
		expect({status, err}).toMatchObject({status: 0, err: expect.stringContaining('These will go') as string});
		const fresh = home.passphraseFile(out.trim(), 'new');
		expect(await grid.names(fresh)).toEqual(['grid']);
		expect(await run(home, ['list', '--passphrase-file', home.passphraseFile(old.trim(), 'old')])).toMatchObject({
			status: 11,
		});
		expect(await grid.own('list')).toMatchObject({status: 11});
		expect(await run(home, ['list', '--key-file', lost])).toMatchObject({status: 11});
		expect(
			await run(home, ['add-slot', 'key-file', '--file', kept, '--label', 'cron', '--passphrase-file', fresh]),
		).toMatchObject({status: 0});
		expect(await grid.byPassphrase('rekey', '--yes', '--keep-key-file', kept)).toMatchObject({status: 0});
		expect(await run(home, ['list', '--key-file', kept])).toMatchObject({status: 0});
	});

	test('takes a new passphrase too, and changes nothing without an answer', async ({home, grid}) => {
		const before = grid.bytes();
		expect(await grid.byPassphrase('rekey')).toMatchObject({status: 4});
		expect(grid.bytes()).toEqual(before);
		const fresh = home.passphraseFile('another passphrase altogether', 'second');
		expect(await grid.byPassphrase('rekey', '--yes', '--new-passphrase-file', fresh)).toMatchObject({status: 0});
		expect(await grid.byPassphrase('list')).toMatchObject({status: 11});
		expect(await grid.names(fresh)).toEqual(['grid']);
	});

	test.skipIf(!hasTmux)(
		'on a terminal, rekey says what goes, seals nothing without a yes, and shows a recovery key that opens the vault',
		async ({home, made, dialogue}) => {
			const before = made.bytes();
			expect(await dialogue(['rekey'], [unlocking, ['[y/N]', '']])).toMatch(
				/These will go: the old recovery key[^]*ended 3/,
			);
			expect(made.bytes()).toEqual(before);
			const shown = await dialogue(['rekey', '|', 'tee', home.file('recovery')], [unlocking, ['[y/N]', 'y']]);
			expect(shown).toContain('Recovery key, shown only now');
			fs.chmodSync(home.file('recovery'), 0o600);
			expect(await made.names(home.file('recovery'))).toEqual([]);
		},
	);
});
