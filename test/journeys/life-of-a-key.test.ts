import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {runShell} from './program.ts';

describe.concurrent('the life of a key', () => {
	test('a new sandbox vault holds the seeded main key, and it works', async ({sandbox}) => {
		expect(await sandbox.json('list')).toMatchObject([
			{
				name: 'main',
				permissions: ['read', 'trade'],
				ip: ['127.0.0.1', '::1'],
				account: {kind: 'main'},
				site: 'sandbox',
			},
		]);
		expect(await sandbox.json('test', 'main')).toMatchObject([
			{name: 'main', ok: true, code: 0, live: {label: 'main', kycLv: '2'}, drift: []},
		]);
	});

	test('a key is made, tested, edited, tested again and revoked, each in a process of its own', async ({sandbox}) => {
		expect(
			await sandbox.run('create', 'bot1', '--perm', 'trade', '--ip', '127.0.0.1', '--description', 'grid bot'),
		).toMatchObject({status: 0});
		expect(await sandbox.json('test', 'bot1')).toMatchObject([{ok: true, live: {permissions: ['read', 'trade']}}]);
		expect(await sandbox.run('edit', 'bot1', '--perm', 'read', '--yes')).toMatchObject({
			status: 0,
			err: expect.stringMatching(/permissions: read, trade → read \(to be changed on the exchange\)/) as string,
		});
		expect(await sandbox.json('test', 'bot1')).toMatchObject([{ok: true, live: {permissions: ['read']}}]);
		expect(await sandbox.run('edit', 'bot1', '--name', 'grid', '--tag', 'night,eu')).toMatchObject({status: 0});
		expect(await sandbox.json('show', 'grid')).toMatchObject({
			name: 'grid',
			description: 'grid bot',
			tags: ['night', 'eu'],
			permissions: ['read'],
		});
		expect(await sandbox.run('revoke', 'grid', '--yes')).toMatchObject({status: 0});
		expect(await sandbox.json('test', 'grid')).toMatchObject([{ok: false, code: 21, exchangeCode: '50119'}]);
	});

	test('advice-to-restore-leads-nowhere: a removed key is listed in the trash, and restored as suggested', async ({
		home,
		sandbox,
	}) => {
		await sandbox.done('create', 'grid');
		await sandbox.done('revoke', 'grid', '--yes');
		expect(await sandbox.run('remove', 'grid', '--yes')).toMatchObject({status: 0});
		const again = `okx-keys --sandbox --key-file ${sandbox.keyFile} restore-key grid`;
		expect(await sandbox.run('show', 'grid')).toMatchObject({
			status: 10,
			err: `okx-keys: There is no key called grid in this vault.\nIt is in the trash; ${again} brings it back.\n`,
		});
		expect(await sandbox.json('list', '--trash')).toMatchObject([
			{name: 'grid', status: 'revoked', removedAt: expect.any(Number) as number},
		]);
		expect(await runShell(home, again)).toMatchObject({status: 0});
		expect(await sandbox.run('restore-key', 'grid')).toMatchObject({
			status: 10,
			err: expect.stringContaining('It is in use: ') as string,
		});
		expect(await sandbox.run('list', '--trash')).toMatchObject({status: 0, out: '', err: 'The trash is empty.\n'});
		expect(await sandbox.json('show', 'grid')).toMatchObject({status: 'revoked'});
	});

	test('a key for a sub-account is made by the main key, and changed live by it', async ({sandbox}) => {
		const accounts = await sandbox.json<{readonly account: {readonly subAccount: string | null}}[]>('list');
		expect(accounts.every(({account}) => account.subAccount === null)).toBe(true);
		expect(await sandbox.run('create', 'sub1', '--sub-account', 'nosuchsub01')).toMatchObject({
			status: 21,
			err: expect.stringContaining('59510') as string,
		});
		expect(await sandbox.json('list')).not.toContainEqual(expect.objectContaining({name: 'sub1'}));
	});

	test('two programs that change the vault at once lose nothing', async ({sandbox}) => {
		const names = Array.from({length: 6}, (_, index) => `both${index}`);
		const runs = await Promise.all(names.map(async name => sandbox.run('create', name)));
		expect(runs.map(({status, err}) => ({status, err: status === 0 ? '' : err}))).toEqual(
			names.map(() => ({status: 0, err: ''})),
		);
		const listed = new Set((await sandbox.json<{readonly name: string}[]>('list')).map(({name}) => name));
		expect(names.filter(name => !listed.has(name))).toEqual([]);
		// Each of them must also be known to the exchange, whose state lies in the same file.
		for (const name of names.slice(0, 2)) expect(await sandbox.json('test', name)).toMatchObject([{ok: true}]);
	});

	test('under --readonly nothing is changed, here or on the exchange, and a test still answers', async ({sandbox}) => {
		const before = sandbox.bytes();
		expect(await sandbox.run('create', 'ro', '--readonly')).toMatchObject({
			status: 2,
			err: expect.stringMatching(/--readonly/) as string,
		});
		expect(await sandbox.run('revoke', 'main', '--yes', '--readonly')).toMatchObject({status: 2});
		expect(await sandbox.run('test', 'main', '--readonly')).toMatchObject({status: 0});
		expect(sandbox.bytes()).toEqual(before);
	});

	test('JSON is ASCII whatever a description holds, and a table shows nothing that steers a terminal', async ({
		sandbox,
	}) => {
		expect(await sandbox.run('edit', 'main', '--description', '机器人 ünïcode')).toMatchObject({status: 0});
		const {out} = await sandbox.run('list', '--json');
		// oxlint-disable-next-line no-control-regex
		expect(out).toMatch(/^[\u0020-\u007E\n]*$/);
		expect(await sandbox.json('show', 'main')).toMatchObject({description: '机器人 ünïcode'});
	});
});
