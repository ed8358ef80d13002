import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {damage} from '../helpers/damage.ts';
import {test} from './journey.ts';
import {vaultIn} from './vaults.ts';

describe.concurrent('backup and verify', () => {
	test('a backup comes back, after its difference was shown; nothing happens without a yes', async ({home, grid}) => {
		const copy = home.file('copy.json');
		expect(await grid.own('backup', copy)).toMatchObject({status: 0});
		expect(await grid.own('backup', copy)).toMatchObject({status: 2});
		await grid.add('later');
		const before = grid.bytes();
		const dry = await grid.own('restore', copy, '--dry-run', '--json');
		expect(JSON.parse(dry.out)).toMatchObject({
			restored: false,
			isOtherVault: false,
			difference: {added: [], removed: ['later'], changed: []},
		});
		expect(await grid.own('restore', copy)).toMatchObject({status: 4});
		expect(grid.bytes()).toEqual(before);
		const {status, err} = await grid.own('restore', copy, '--yes');
		expect({status, err}).toMatchObject({status: 0, err: expect.stringMatching(/- later {2}goes/) as string});
		expect(await grid.names()).toEqual(['grid']);
		expect(`${dry.out}${err}`).not.toContain('CANARY');
	});

	test('a damaged earlier save is found by verify, with exit status 12', async ({grid}) => {
		const folder = path.join(path.dirname(grid.path), 'backups');
		damage(path.join(folder, fs.readdirSync(folder)[0]!));
		const {status, out} = await grid.own('verify', '--json');
		expect(status).toBe(12);
		expect((JSON.parse(out) as {ok: boolean}[]).map(({ok}) => ok)).toEqual([true, false]);
	});

	test('sandbox-mix-up: a real backup takes the place of no sandbox vault, nor the other way round', async ({
		home,
		grid,
	}) => {
		const {path: sandbox} = await vaultIn(home, 'madeSandbox');
		const copy = home.file('copy.json');
		await grid.own('backup', copy);
		const [real, rehearsed] = [grid.path, sandbox].map(file => fs.readFileSync(file));
		for (const words of [
			['restore', copy, '--vault', sandbox, '--yes'],
			['restore', copy, '--sandbox', '--yes'],
			['restore', sandbox, '--yes'],
		])
			expect(await grid.byPassphrase(...words), words.join(' ')).toMatchObject({status: 2});
		expect([grid.path, sandbox].map(file => fs.readFileSync(file))).toEqual([real, rehearsed]);
	});

	test('a copy of another vault is told, and the vault in place is put aside whole', async ({home, grid}) => {
		const elsewhere = home.file('elsewhere/vault.json');
		expect(await grid.byPassphrase('init', '--vault', elsewhere)).toMatchObject({status: 0});
		const here = grid.bytes();
		const {status, err} = await grid.byPassphrase('restore', elsewhere, '--yes');
		expect({status, err}).toMatchObject({status: 0, err: expect.stringContaining('ANOTHER VAULT') as string});
		expect(fs.readFileSync(`${grid.path}.set-aside-1`)).toEqual(here);
	});
});
