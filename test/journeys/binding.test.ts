import {describe, expect} from 'vitest';
import {credentialOf, test as journey} from './exchange.ts';
import {runShell, type Run} from './program.ts';
import type {TestVault} from './vaults.ts';

type Listed = {
	readonly name: string;
	readonly ip: readonly string[];
	readonly binding: string;
	readonly findings: readonly {readonly id: string}[];
};

const name = 'okx-grid-bot-btc-usdt-swap-1';

/** A test that adds the key of an exchange with a fault, which is not the vault's own. */
const test = journey.extend(
	'added',
	({live, startExchange}) =>
		async (fault: string, ...words: readonly string[]): Promise<Run> => {
			const {seed} = await startExchange('--fault', fault);
			return live.runWith({input: credentialOf(seed)}, 'add', name, '--site', seed.baseUrl, ...words);
		},
);

async function listed(vault: TestVault): Promise<Listed | undefined> {
	return (await vault.json<Listed[]>('list'))[0];
}

describe.concurrent('what a key is bound to', () => {
	test('offer-shuts-out-live-address: the command that is offered after a refused address only adds it', async ({
		home,
		sandbox,
	}) => {
		expect(await sandbox.run('create', 'bot1', '--perm', 'trade', '--ip', '203.0.113.9,198.51.100.1')).toMatchObject({
			status: 0,
		});
		const {out, status} = await sandbox.run('test', 'bot1');
		expect(status).toBe(22);
		const offered = out.split('\n').find(line => line.includes('edit bot1'))!;
		expect(offered).toContain('--add-ip 127.0.0.1');
		expect(await runShell(home, `${offered} ${sandbox.opened.join(' ')} --yes`)).toMatchObject({status: 0});
		const [result] = await sandbox.json<[{readonly code: number; readonly live: {readonly ip: readonly string[]}}]>(
			'test',
			'bot1',
		);
		expect(result).toMatchObject({code: 0, live: {ip: ['203.0.113.9', '198.51.100.1', '127.0.0.1']}});

		for (const words of [
			['--add-ip', '192.0.2.1', '--ip', '192.0.2.2'],
			['--remove-ip', '192.0.2.1'],
			['--add-ip', 'nonsense'],
			['--add-ip', ''],
		])
			expect((await sandbox.run('edit', 'bot1', '--yes', ...words)).status).toBe(2);
		expect(await sandbox.run('edit', 'bot1', '--remove-ip', '198.51.100.1', '--yes')).toMatchObject({
			status: 0,
			err: expect.stringContaining('→ 127.0.0.1, 203.0.113.9 (to be changed on the exchange)') as string,
		});
	});

	describe('a key of an exchange beyond the sandbox', () => {
		test('app-key-accused: asks once what it is for where no IP list is told, and is sure of nothing before', async ({
			live,
			added,
		}) => {
			const {status, out} = await added('ip-gone');
			expect(status).toBe(0);
			expect(out).toContain(`edit ${name} --type api`);
			expect(out).not.toContain('from any address');
			expect(await listed(live)).toMatchObject({
				binding: 'unknown',
				daysLeft: null,
				findings: [{id: 'ip-allowlist-unknown'}],
			});
			expect(await live.run('check')).toMatchObject({status: 0, out: ''});
			expect(await live.run('edit', name, '--type', 'api')).toMatchObject({
				status: 0,
				err: expect.stringContaining('type: never told → own trading') as string,
			});
			expect(await listed(live)).toMatchObject({binding: 'unbound', daysLeft: 14, findings: [{id: 'no-ip-allowlist'}]});
			expect(await live.run('edit', name, '--type', 'app')).toMatchObject({status: 0});
			expect(await listed(live)).toMatchObject({binding: 'unknown', findings: []});
		});

		test('unknown-permission-dropped: is stored with an alarm that names an unknown permission', async ({
			live,
			added,
		}) => {
			const {status, out} = await added('permission-unknown', '--type', 'api');
			expect(status).toBe(40);
			expect(out).toContain('permissions: declared read, trade, live read, trade, onchain');
			expect(await listed(live)).toMatchObject({
				permissions: ['read', 'trade'],
				findings: [{id: 'unknown-permission', severity: 'bad'}],
			});
			expect(await live.run('check')).toMatchObject({status: 40, out: expect.stringContaining('onchain') as string});
			expect(await live.run('check', '--nagios')).toMatchObject({
				status: 2,
				out: expect.stringContaining('permission onchain') as string,
			});
			expect(await live.run('edit', name, '--accept-live')).toMatchObject({
				status: 0,
				err: expect.stringContaining('→ read, trade, onchain') as string,
			});
			expect(await live.run('check')).toMatchObject({status: 0, out: ''});
		});

		test('sub-account-unnoticed: says that it is of a sub-account, where none was named', async ({live, added}) => {
			const {status, err} = await added('sub-account', '--type', 'api');
			expect(status).toBe(0);
			expect(err).toMatch(/It is of a sub-account, uid \d+ of \d+, and not of the main account/);
			expect((await live.run('show', name)).out).toMatch(/Account +sub-account, uid \d+ of \d+/);
		});
	});
});
