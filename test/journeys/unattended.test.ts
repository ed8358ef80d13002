import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {run} from './program.ts';

describe.concurrent('who cannot be asked is told what to give', () => {
	test.for([
		[['passwd'], '--new-passphrase-file'],
		[['rekey', '--new-passphrase'], '--new-passphrase-file'],
		[['add-slot', 'passphrase'], '--new-passphrase-file'],
		[['export', 'grid', '--age-passphrase'], '--age-passphrase-file'],
		[['restore'], '--yes'],
	] as const)('%j: %s', async ([words, wanted], {grid}) => {
		// An earlier save, so that restore has something to bring back.
		await grid.add('later');
		expect(await grid.own(...words)).toMatchObject({
			status: 4,
			err: expect.stringContaining(`Give ${wanted}`) as string,
		});
	});

	test('a rekey that opens with the passphrase: --yes', async ({grid}) => {
		expect(await grid.byPassphrase('rekey')).toMatchObject({
			status: 4,
			err: expect.stringContaining('Give --yes') as string,
		});
	});

	test('where only a new passphrase is missing, or that of the age file', async ({home, grid}) => {
		expect(await grid.own('rekey', '--yes')).toMatchObject({
			status: 4,
			err: expect.stringContaining('Give --new-passphrase-file') as string,
		});
		const sealed = home.file('keys.age');
		expect(
			await grid.own('export', 'grid', '--age-passphrase-file', grid.passphraseFile, '--output', sealed),
		).toMatchObject({status: 0});
		expect(await grid.own('import', sealed)).toMatchObject({
			status: 4,
			err: expect.stringContaining('Give --age-passphrase-file or --identity') as string,
		});
	});

	test('an export to a place where nothing can be says so', async ({home, live}) => {
		await live.add('grid');
		for (const [output, reason] of [
			[home.file('x'.repeat(300)), 'its name is too long'],
			[path.join(live.passphraseFile, 'below a file'), 'a part of its path is not a folder'],
		] as const) {
			expect(
				await live.run(
					'export',
					'grid',
					'--age-recipient',
					'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
					'--output',
					output,
				),
			).toMatchObject({status: 1, err: expect.stringContaining(`could not be written (${reason})`) as string});
		}
	});
});

test('the JSON of the vault’s care has the names that docs/json.md gives it', async ({home, grid}) => {
	const page = fs.readFileSync('docs/json.md', 'utf8').split('\n');
	const by = (file: string) => ['--passphrase-file', file];
	const [, recovery] = await grid.json<{id: string}[]>('slots');
	const [copy, good] = [home.file('copy.json'), by(grid.passphraseFile)];
	const commands: readonly (readonly [string, readonly string[], (readonly string[])?])[] = [
		['init', ['--vault', home.file('other/vault.json')], good],
		['slots', []],
		['add-slot', ['recovery']],
		['add-slot', ['key-file', '--file', home.file('cron.key')]],
		['backup', [copy]],
		['restore', [copy, '--dry-run']],
		['restore', [copy, '--yes']],
		['verify', []],
		['export --output', [home.file('grid.age'), 'grid', '--age-passphrase-file', grid.passphraseFile]],
		['agent status', []],
		['agent lock', []],
		['passwd', ['--new-passphrase-file', grid.passphraseFile], good],
		['remove-slot', [recovery!.id, '--yes'], good],
		['rekey', ['--yes'], good],
	];
	for (const [command, more, opened = by(grid.recoveryFile)] of commands) {
		const answer = JSON.parse((await run(home, [...command.split(' '), ...more, '--json', ...opened])).out) as object;
		const names = Object.keys([answer].flat()[0]!);
		const row = page.find(line => line.split(' | ')[0]!.includes(`\`${command}\``) && line.includes('{"'));
		const [documented = ''] = /\{"[^}]*\}/.exec(row ?? '') ?? [];
		expect({command, names: names.filter(name => row?.includes(`"${name}"`))}).toEqual({command, names});
		expect({command, names: documented.match(/\w+/g)?.filter(name => names.includes(name))}).toEqual({
			command,
			names: documented.match(/\w+/g),
		});
	}
});
