import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {damage} from '../helpers/damage.ts';
import {test} from './journey.ts';
import {hasTmux} from './program.ts';
import {unlocking} from './vaults.ts';

describe.concurrent('restore', () => {
	test('a damaged vault is told, proved, and mended from the newest save that opens; the bad file is kept', async ({
		grid,
	}) => {
		await grid.add('later');
		damage(grid.path);
		const bad = grid.bytes();
		expect(await grid.own('list')).toMatchObject({
			status: 12,
			err: expect.stringMatching(/okx-keys --passphrase-file \S+ restore/) as string,
		});
		expect(await grid.own('restore', '--readonly')).toMatchObject({status: 2});
		const {status, out} = await grid.own('restore', '--yes', '--json');
		expect(status).toBe(0);
		const {keptAs} = JSON.parse(out) as {keptAs: string};
		expect(fs.readFileSync(keptAs)).toEqual(bad);
		expect(await grid.names()).toEqual(['grid']);
		expect(await grid.own('verify')).toMatchObject({status: 0});
	});

	test('a vault that has vanished comes back', async ({grid}) => {
		await grid.add('later');
		fs.rmSync(grid.path);
		expect(await grid.own('list')).toMatchObject({
			status: 15,
			err: expect.stringMatching(/okx-keys --passphrase-file \S+ restore/) as string,
		});
		expect(await grid.own('restore', '--yes')).toMatchObject({status: 0});
		expect(await grid.names()).toEqual(['grid']);
	});

	test('memory-wiped: a damaged memory of saves is told once', async ({home, grid}) => {
		const folder = home.file('.local/state/okx-keys/seen');
		for (const name of fs.readdirSync(folder)) fs.writeFileSync(path.join(folder, name), 'garbage');
		const {status, err} = await grid.run('list');
		expect([status, err]).toEqual([
			0,
			expect.stringMatching(
				/^! The record of the saves of this vault that this machine has seen was damaged.*\n$/,
			) as string,
		]);
		expect(await grid.run('list')).toMatchObject({status: 0, err: ''});
	});

	test('rollback: an older copy is refused, and opened for good only on purpose', async ({grid}) => {
		const old = grid.bytes();
		await grid.add('later');
		fs.writeFileSync(grid.path, old);
		for (const words of [['list'], ['verify'], ['edit', 'grid', '--tag', 'x', '--yes']])
			expect(await grid.own(...words)).toMatchObject({status: 1, err: expect.stringContaining('older copy') as string});
		expect(grid.bytes()).toEqual(old);
		expect(await grid.own('verify', '--accept-older')).toMatchObject({status: 0});
		expect(await grid.names()).toEqual(['grid']);
	});

	test('what would be refused in the end is told before the decision', async ({home, grid}) => {
		const copy = home.file('copy.json');
		await grid.own('backup', copy);
		fs.writeFileSync(grid.path, fs.readFileSync(grid.path, 'utf8').replace('"version": 1', '"version": 2'));
		for (const more of ['--dry-run', '--yes']) {
			const {status, err} = await grid.own('restore', copy, more);
			expect(status).toBe(14);
			expect(err).not.toContain('will be kept');
		}

		fs.rmSync(grid.path);
		expect(await grid.own('restore', copy, '--yes')).toMatchObject({status: 0});
		fs.chmodSync(grid.path, 0o644);
		expect(await grid.own('restore', copy, '--dry-run')).toMatchObject({
			status: 1,
			err: expect.stringContaining('chmod 600') as string,
		});
	});

	test('rollback: restore brings back the newest save that is kept, in the place of an older copy', async ({made}) => {
		await made.add('one');
		const old = made.bytes();
		await made.add('two');
		await made.add('three');
		fs.writeFileSync(made.path, old);
		expect(await made.run('list')).toMatchObject({
			status: 1,
			err: expect.stringMatching(/okx-keys --passphrase-file \S+ restore/) as string,
		});
		const difference = JSON.parse(await made.done('restore', '--yes', '--json')) as {
			readonly difference: unknown;
			readonly restored: boolean;
		};
		expect(difference).toMatchObject({restored: true, difference: {added: ['two'], removed: [], changed: []}});
		expect(await made.names()).toEqual(['one', 'two']);
	});

	test.skipIf(!hasTmux)(
		'another vault takes the place of this one only when the name of its file is typed',
		async ({home, made, dialogue}) => {
			expect(await made.byPassphrase('init', '--vault', home.file('elsewhere.json'))).toMatchObject({status: 0});
			await made.add('here');
			const before = made.bytes();
			expect(
				await dialogue(['restore', home.file('elsewhere.json')], [unlocking, ['Type the name of its file', 'y']]),
			).toMatch(/ANOTHER VAULT[^]*ended 3/);
			expect(made.bytes()).toEqual(before);
			expect(
				await dialogue(
					['restore', home.file('elsewhere.json')],
					[unlocking, ['Type the name of its file', 'elsewhere.json']],
				),
			).toContain('ended 0');
			expect(await made.names(made.passphraseFile)).toEqual([]);
		},
	);
});
