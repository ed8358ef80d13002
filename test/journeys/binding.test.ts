import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {Home, program, runShell, type Run} from './program.ts';
import {vaultIn, type TestVault} from './vaults.ts';

type Seed = {
	readonly baseUrl: string;
	readonly apiKey: string;
	readonly secretKey: string;
	readonly passphrase: string;
};
type Listed = {
	readonly name: string;
	readonly ip: readonly string[];
	readonly binding: string;
	readonly findings: readonly {readonly id: string}[];
};

let home: Home;
let sandboxVault: TestVault;
let liveVault: TestVault;
const children: ChildProcess[] = [];

beforeEach(async () => {
	home = new Home();
	[sandboxVault, liveVault] = [await vaultIn(home, 'sandbox'), await vaultIn(home, 'live')];
});
afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	home.remove();
});

async function sandbox(...words: readonly string[]): Promise<Run> {
	return sandboxVault.run(...words);
}

async function live(words: readonly string[], input = ''): Promise<Run> {
	return liveVault.runWith({input}, ...words);
}

/** An exchange that is not the vault's own, with the key it comes with. */
async function exchange(fault: string): Promise<Seed> {
	const child = spawn(process.execPath, [program, 'sandbox', '--fault', fault], {
		env: home.environment,
		stdio: ['ignore', 'pipe', 'inherit'] as const,
	});
	children.push(child);
	const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
	return JSON.parse(line) as Seed;
}

test('offer-shuts-out-live-address: the command that is offered after a refused address only adds it', async () => {
	expect(await sandbox('create', 'bot1', '--perm', 'trade', '--ip', '203.0.113.9,198.51.100.1')).toMatchObject({
		status: 0,
	});
	const {out, status} = await sandbox('test', 'bot1');
	expect(status).toBe(22);
	const offered = out.split('\n').find(line => line.includes('edit bot1'))!;
	expect(offered).toContain('--add-ip 127.0.0.1');
	expect(await runShell(home, `${offered} ${sandboxVault.opened.join(' ')} --yes`)).toMatchObject({status: 0});
	const [result] = JSON.parse((await sandbox('test', 'bot1', '--json')).out) as [
		{readonly code: number; readonly live: {readonly ip: readonly string[]}},
	];
	expect(result).toMatchObject({code: 0, live: {ip: ['203.0.113.9', '198.51.100.1', '127.0.0.1']}});

	for (const words of [
		['--add-ip', '192.0.2.1', '--ip', '192.0.2.2'],
		['--remove-ip', '192.0.2.1'],
		['--add-ip', 'nonsense'],
		['--add-ip', ''],
	])
		expect((await sandbox('edit', 'bot1', '--yes', ...words)).status).toBe(2);
	expect(await sandbox('edit', 'bot1', '--remove-ip', '198.51.100.1', '--yes')).toMatchObject({
		status: 0,
		err: expect.stringContaining('→ 127.0.0.1, 203.0.113.9 (live on the exchange)') as string,
	});
});

describe('a key of an exchange beyond the sandbox', () => {
	async function added(fault: string, ...words: readonly string[]): Promise<Run> {
		const {baseUrl, apiKey, secretKey, passphrase} = await exchange(fault);
		return live(
			['add', 'okx-grid-bot-btc-usdt-swap-1', '--site', baseUrl, ...words],
			JSON.stringify({apiKey, secretKey, passphrase}),
		);
	}
	const name = 'okx-grid-bot-btc-usdt-swap-1';
	const listed = async () => (JSON.parse((await live(['list', '--json'])).out) as [Listed])[0];

	test('app-key-accused: asks once what it is for where no IP list is told, and says nothing for certain before', async () => {
		const {status, out} = await added('ip-gone');
		expect(status).toBe(0);
		expect(out).toContain(`edit ${name} --type api`);
		expect(out).not.toContain('from any address');
		expect(await listed()).toMatchObject({
			binding: 'unknown',
			daysLeft: null,
			findings: [{id: 'ip-allowlist-unknown'}],
		});
		expect(await live(['check'])).toMatchObject({status: 0, out: ''});
		expect(await live(['edit', name, '--type', 'api'])).toMatchObject({
			status: 0,
			err: expect.stringContaining('type: never told → own trading') as string,
		});
		expect(await listed()).toMatchObject({binding: 'unbound', daysLeft: 14, findings: [{id: 'no-ip-allowlist'}]});
		expect(await live(['edit', name, '--type', 'app'])).toMatchObject({status: 0});
		expect(await listed()).toMatchObject({binding: 'unknown', findings: []});
	});

	test('unknown-permission-dropped: is stored with an alarm that names a permission nobody knows', async () => {
		const {status, out} = await added('permission-unknown', '--type', 'api');
		expect(status).toBe(40);
		expect(out).toContain('permissions: declared read, trade, live read, trade, onchain');
		expect(await listed()).toMatchObject({
			permissions: ['read', 'trade'],
			findings: [{id: 'unknown-permission', severity: 'bad'}],
		});
		expect(await live(['check'])).toMatchObject({status: 40, out: expect.stringContaining('onchain') as string});
		expect(await live(['check', '--nagios'])).toMatchObject({
			status: 2,
			out: expect.stringContaining('permission onchain') as string,
		});
		expect(await live(['edit', name, '--accept-live'])).toMatchObject({
			status: 0,
			err: expect.stringContaining('→ read, trade, onchain') as string,
		});
		expect(await live(['check'])).toMatchObject({status: 0, out: ''});
	});

	test('sub-account-unnoticed: says that it is of a sub-account, where none was named', async () => {
		const {status, err} = await added('sub-account', '--type', 'api');
		expect(status).toBe(0);
		expect(err).toMatch(/It is of a sub-account, uid \d+ of \d+, and not of the main account/);
		expect((await live(['show', name])).out).toMatch(/Account +sub-account, uid \d+ of \d+/);
	});
});
