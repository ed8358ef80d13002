import {once} from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type {AddressInfo} from 'node:net';
import {describe, expect} from 'vitest';
import {credentialOf, test, type Seed} from './exchange.ts';
import {run} from './program.ts';

describe.concurrent('okx-keys sandbox, and --sandbox', () => {
	test('the exchange alone prints one line of JSON, answers, and ends with SIGTERM', async ({home, startExchange}) => {
		const {child, seed, lines} = await startExchange();
		expect(Object.keys(seed)).toEqual(['baseUrl', 'apiKey', 'secretKey', 'passphrase', 'pageToken']);
		expect(await (await fetch(`${seed.baseUrl}/api/v5/public/time`)).json()).toMatchObject({code: '0'});
		child.kill('SIGTERM');
		expect(await once(child, 'exit')).toEqual([0, null]);
		expect(lines).toHaveLength(1);
		expect(home.files()).toEqual([]);
	});

	test('the exchange alone rehearses a failure, with --sandbox and without it, and says which', async ({
		startExchange,
	}) => {
		for (const words of [
			['--fault', '503'],
			['--sandbox', '--fault', '503'],
		]) {
			const {seed} = await startExchange(...words);
			expect(Object.keys(seed)).toEqual(['baseUrl', 'fault', 'apiKey', 'secretKey', 'passphrase', 'pageToken']);
			expect(seed).toMatchObject({fault: '503'});
			expect(await (await fetch(`${seed.baseUrl}/api/v5/public/time`)).json()).toMatchObject({code: '50001'});
		}
	});

	test('the exchange alone behind TLS says which authority to trust, and where it lies then', async ({
		startExchange,
	}) => {
		const {seed} = await startExchange('--fault', 'tls');
		const {baseUrl, authority} = seed as Seed & {readonly authority: string};
		expect(baseUrl).toMatch(/^https:/);
		const status = await new Promise<number | undefined>((resolve, reject) => {
			https
				.get(`${baseUrl}/api/v5/public/time`, {ca: authority}, response => {
					resolve(response.resume().statusCode);
				})
				.on('error', reject);
		});
		expect(status).toBe(200);
		await expect(fetch(`${baseUrl}/api/v5/public/time`)).rejects.toThrow();
	});

	test('suggested-command-for-another-vault: without a sandbox vault, init of the sandbox is suggested', async ({
		home,
	}) => {
		const other = home.file('my vault.json');
		expect(await run(home, ['--sandbox', 'list'])).toMatchObject({
			status: 15,
			err: expect.stringContaining('Make one with okx-keys --sandbox init, ') as string,
		});
		expect(await run(home, ['list', '--vault', other])).toMatchObject({
			status: 15,
			err: expect.stringContaining(`Make one with okx-keys --vault '${other}' init, `) as string,
		});
		// What the environment says is inherited by the next command too.
		expect(await run(home, ['list'], {environment: {OKX_KEYS_VAULT: other}})).toMatchObject({
			status: 15,
			err: expect.stringContaining('Make one with okx-keys init, ') as string,
		});
	});

	test('only the sandbox fails on demand, and only in ways that it knows', async ({home}) => {
		expect(await run(home, ['list', '--fault', '503'])).toEqual({
			status: 2,
			out: '',
			err: 'okx-keys: Only the sandbox can rehearse a failure.\nGive --sandbox with --fault.\n',
		});
		for (const words of [['sandbox'], ['list', '--sandbox']]) {
			expect(await run(home, [...words, '--fault', 'nope'])).toMatchObject({
				status: 2,
				out: '',
				err: expect.stringMatching(
					/^okx-keys: The sandbox cannot rehearse nope\.\nokx-keys (--sandbox )?--fault list shows all faults\.\n$/,
				) as string,
			});
		}

		expect(await run(home, ['--fault', 'list'])).toMatchObject({
			status: 0,
			out: expect.stringMatching(
				/^FAULT +REHEARSES\n[^]*^tls-expired +its certificate has expired$[^]*^50119 /m,
			) as string,
			err: '',
		});
		expect(JSON.parse((await run(home, ['list', '--fault', 'list', '--json'])).out)).toContainEqual({
			name: 'tls-expired',
			about: 'its certificate has expired',
		});

		expect(home.files()).toEqual([]);
	});

	test('a port that is taken is told in one sentence', async ({home}) => {
		const taken = http.createServer().listen(0, '127.0.0.1');
		await once(taken, 'listening');
		const {port} = taken.address() as AddressInfo;
		expect(await run(home, ['sandbox', '--port', String(port)])).toMatchObject({
			status: 2,
			out: '',
			err: `okx-keys: Port ${port} is taken by another program.\nChoose another with --port, or 0 for any free one.\n`,
		});
		taken.close();
	});

	test('a key of another exchange on loopback is added, and a permission changed on its page is drift', async ({
		live,
		startExchange,
	}) => {
		const {seed} = await startExchange();
		const added = await live.runWith({input: credentialOf(seed)}, 'add', 'desk', '--site', seed.baseUrl);
		expect(added).toMatchObject({status: 0, err: ''});
		expect(added.out).toContain('The key works: read, trade.');

		const page = await fetch(`${seed.baseUrl}/sandbox/page/keys/edit`, {
			method: 'POST',
			headers: {'content-type': 'application/json', 'x-okx-keys-page': seed.pageToken},
			body: JSON.stringify({apiKey: seed.apiKey, perm: 'read_only,trade,withdraw'}),
		});
		expect(page.status).toBe(200);
		const tested = await live.run('test', 'desk', '--json');
		expect(tested.status).toBe(40);
		expect(JSON.parse(tested.out)).toMatchObject([
			{name: 'desk', code: 40, drift: [{field: 'permissions', declared: 'read, trade', live: 'read, trade, withdraw'}]},
		]);
		expect(await live.run('edit', 'desk', '--perm', 'read,trade,withdraw')).toMatchObject({
			status: 0,
			err: expect.stringContaining('declared only') as string,
		});
		expect(await live.run('test', 'desk')).toMatchObject({status: 0});
	});

	test('an exchange that is gone is told as refused', async ({live, startExchange}) => {
		const {seed, child} = await startExchange();
		await live.runWith({input: credentialOf(seed)}, 'add', 'desk', '--site', seed.baseUrl, '--no-test');
		child.kill('SIGKILL');
		await once(child, 'exit');
		expect(await live.run('test', 'desk')).toMatchObject({
			status: 30,
			out: expect.stringMatching(/refused the connection/) as string,
		});
	});
});
