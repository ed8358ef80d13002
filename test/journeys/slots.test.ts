import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux, run} from './program.ts';
import {unlocking} from './vaults.ts';

const second = 'another passphrase altogether';

type Slot = {readonly id: string; readonly type: string; readonly label: string; readonly used: boolean};

describe.concurrent('the ways in', () => {
	test('a key file opens the vault for cron, until its slot is removed', async ({home, grid}) => {
		const file = home.file('cron.key');
		expect(await grid.own('add-slot', 'key-file', '--file', file, '--label', 'cron')).toMatchObject({status: 0});
		expect(fs.statSync(file).mode & 0o777).toBe(0o600);
		expect(await run(home, ['list', '--key-file', file])).toMatchObject({
			status: 0,
			out: expect.stringContaining('grid') as string,
		});
		expect(await run(home, ['list'], {environment: {OKX_KEYS_KEY_FILE: file}})).toMatchObject({status: 0});
		const slots = JSON.parse((await run(home, ['slots', '--json', '--key-file', file])).out) as Slot[];
		expect(slots.map(({type, label, used}) => [type, label, used])).toEqual([
			['passphrase', '', false],
			['recovery', '', false],
			['key-file', 'cron', true],
		]);
		expect(await grid.own('remove-slot', slots[2]!.id.slice(0, 6), '--yes')).toMatchObject({status: 0});
		expect(await run(home, ['list', '--key-file', file])).toMatchObject({status: 11});
	});

	test('the command that uses a new key file is given as a shell takes it', async ({home, grid}) => {
		const file = home.file('the cron key');
		expect(await grid.own('add-slot', 'key-file', '--file', file)).toMatchObject({
			status: 0,
			err: expect.stringContaining(`--key-file '${file}'.`) as string,
		});
	});

	test('a key file alone changes no ways in: the passphrase is asked for', async ({home, live}) => {
		const before = live.bytes();
		expect(await live.run('add-slot', 'recovery')).toMatchObject({status: 4});
		expect(await live.run('passwd', '--new-passphrase-file', home.passphraseFile(second, 'second'))).toMatchObject({
			status: 4,
		});
		expect(live.bytes()).toEqual(before);
	});

	test('neither a slot without its file nor a file without its slot is made', async ({home, grid}) => {
		const before = grid.bytes();
		expect(await grid.own('add-slot', 'key-file', '--file', home.file('no/folder'))).toMatchObject({status: 1});
		expect(await grid.own('add-slot', 'key-file', '--file', grid.passphraseFile)).toMatchObject({
			status: 2,
			err: expect.stringContaining('already something') as string,
		});
		expect(await grid.own('add-slot', 'key-file')).toMatchObject({status: 2});
		expect(await grid.own('add-slot', 'fingerprint')).toMatchObject({status: 2});
		expect(await grid.own('add-slot', 'ssh-agent')).toMatchObject({
			status: 1,
			err: expect.stringContaining('No ssh-agent') as string,
		});
		expect(await grid.own('remove-slot', 'nothing', '--yes')).toMatchObject({status: 2});
		expect(grid.bytes()).toEqual(before);
	});

	test('a second recovery key opens it, and the first can be removed; the last that a person can use stays', async ({
		home,
		grid,
	}) => {
		const {out} = await grid.byPassphrase('add-slot', 'recovery', '--label', 'safe');
		expect(await grid.names(home.passphraseFile(out.trim(), 'second'))).toEqual(['grid']);
		const owner = async (...words: readonly string[]) =>
			run(home, [...words, '--passphrase-file', grid.passphraseFile]);
		for (let left = 2; left > 0; left--) {
			const [, recovery] = JSON.parse((await owner('slots', '--json')).out) as Slot[];
			expect(await owner('remove-slot', recovery!.id, '--yes')).toMatchObject({status: 0});
		}

		const [last] = JSON.parse((await owner('slots', '--json')).out) as Slot[];
		expect(await owner('remove-slot', last!.id, '--yes')).toMatchObject({
			status: 2,
			err: expect.stringContaining('it stays') as string,
		});
	});

	test('a way in that is named on the command line silences the one in the environment', async ({home, live}) => {
		const environment = {OKX_KEYS_PASSPHRASE_FILE: home.file('not there')};
		expect(await run(home, ['list', '--key-file', live.keyFile], {environment})).toMatchObject({status: 0});
		expect(await run(home, ['list'], {environment})).toMatchObject({status: 2});
	});

	test.skipIf(!hasTmux)(
		'on a terminal, add-slot and remove-slot ask for the passphrase, and the latter for a yes',
		async ({home, made, dialogue}) => {
			expect(await dialogue(['add-slot', 'key-file', '--file', home.file('cron.key')], [unlocking])).toContain(
				'ended 0',
			);
			const {id} = (await made.json<Slot[]>('slots'))[2]!;
			expect(await dialogue(['remove-slot', id], [unlocking, ['[y/N]', 'n']])).toContain('ended 3');
			expect(await made.json('slots')).toHaveLength(3);
			expect(await dialogue(['remove-slot', id], [unlocking, ['[y/N]', 'y']])).toContain('ended 0');
			expect(await made.json('slots')).toHaveLength(2);
		},
	);
});
