import {spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import {createServer} from 'node:http';
import {connect, type AddressInfo} from 'node:net';
import path from 'node:path';
import {createServer as createTlsServer} from 'node:tls';
import {expect, onTestFinished} from 'vitest';
import {startSandbox} from '../../source/sandbox/server.ts';
import {memoryStorage} from '../../source/sandbox/storage.ts';
import {seedSandbox} from '../../source/sandbox/seed.ts';
import {authority, hasOpenssl} from '../exchange/authority.ts';
import {proxy} from '../exchange/proxies.ts';
import {test} from './journey.ts';
import {program, run, type Home} from './program.ts';
import {passphrase} from './vaults.ts';

/** A proxy behind which openapi.okx.com is an embedded exchange, and what the program must trust for that. */
async function okxBehindProxy(home: Home) {
	const {state, main} = seedSandbox({clock: Date.now, random: randomBytes});
	const sandbox = await startSandbox({storage: memoryStorage(state), clock: Date.now, random: randomBytes});
	const own = authority('An Internet Of Our Own');
	const tls = createTlsServer(own.issue({name: 'openapi.okx.com'}), secured => {
		const onward = connect(Number(sandbox.baseUrl.port), '127.0.0.1');
		for (const socket of [secured, onward])
			socket.on('error', () => {
				secured.destroy();
				onward.destroy();
			});
		secured.pipe(onward).pipe(secured);
	}).listen(0, '127.0.0.1');
	await once(tls, 'listening');
	onTestFinished(async () => {
		tls.close();
		own.remove();
		await sandbox.close();
	});
	fs.writeFileSync(home.file('authority.pem'), own.cert);
	const {url, asked} = await proxy({to: new URL(`https://127.0.0.1:${(tls.address() as AddressInfo).port}`)});
	return {url, asked, main, trusting: {NODE_EXTRA_CA_CERTS: home.file('authority.pem')}};
}

test.skipIf(!hasOpenssl)(
	'HTTPS_PROXY alone is enough: a key is tested through it, the layers name it, and its password is nowhere',
	async ({home, live}) => {
		const {url, asked, main, trusting} = await okxBehindProxy(home);
		const input = JSON.stringify({
			apiKey: main.apiKey,
			secretKey: main.secretKey.reveal(),
			passphrase: main.passphrase.reveal(),
		});
		expect(
			await live.runWith({input}, 'add', 'main', '--no-test', '--perm', 'read,trade', '--ip', '127.0.0.1,::1'),
		).toMatchObject({status: 0});
		for (const form of [
			{HTTPS_PROXY: `http://bob:s3c#r%et@${url.host}`},
			{all_proxy: `bob:s3c#r%et@${url.host}`},
			{
				https_proxy: `http://bob:s3c%23r%25et@${url.host}/`,
				NODE_USE_ENV_PROXY: '1',
				ALL_PROXY: 'socks5h://127.0.0.1:1',
			},
		]) {
			const before = asked.length;
			const {out, err, status} = await live.runWith({environment: {...trusting, ...form}}, 'test', 'main', '--json');
			expect({status, err}).toEqual({status: 0, err: ''});
			expect(JSON.parse(out)).toMatchObject([
				{
					ok: true,
					host: 'openapi.okx.com',
					layers: [
						{name: 'dns', detail: expect.stringContaining(`proxy ${url.host}: `) as string},
						{name: 'tcp', detail: `through proxy ${url.host}`},
						{name: 'tls', ok: true},
						{name: 'time', ok: true},
						{name: 'auth', ok: true},
						{},
						{},
					],
				},
			]);
			expect(asked.slice(before).map(({path, headers}) => [path, headers['proxy-authorization']])).toContainEqual([
				'openapi.okx.com:443',
				`Basic ${btoa('bob:s3c#r%et')}`,
			]);
			expect(out).not.toMatch(/bob|s3c/);
		}
	},
);

test('an unusable proxy is one sentence that names the variable; commands without a network do not mind', async ({
	live,
}) => {
	const input = JSON.stringify({
		apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
		secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
		passphrase: 'Correct-Horse9!',
	});
	expect(
		await live.runWith({input, environment: {HTTPS_PROXY: 'socks5h://127.0.0.1:7891'}}, 'add', 'one', '--no-test'),
	).toMatchObject({status: 0});
	for (const value of [
		'socks5h://bob:s3cret@127.0.0.1:7891',
		'http://bob:s3cret@:7891:x',
		'"http://bob:s3cret@127.0.0.1:7891"',
		'ftp://bob:s3cret@127.0.0.1',
	]) {
		const environment = {HTTPS_PROXY: value};
		expect(await live.runWith({environment}, 'list')).toMatchObject({status: 0, err: ''});
		const {status, out, err} = await live.runWith({environment}, 'test', 'one');
		expect(status).toBe(30);
		expect(out).toMatch(/HTTPS_PROXY names a (?:SOCKS )?proxy/);
		expect(out + err).not.toMatch(/bob|s3cret|7891/);
	}
});

test.for<readonly [string, NodeJS.ProcessEnv]>([
	['127.0.0.1:7890', {NODE_USE_ENV_PROXY: '1'}],
	['http://bob:s3c#retpw@127.0.0.1:7890', {NODE_USE_ENV_PROXY: '1'}],
	['http://bob:s3cret%zz@127.0.0.1:7890', {NODE_USE_ENV_PROXY: '1'}],
	['socks5h://127.0.0.1:7891', {NODE_USE_ENV_PROXY: '1'}],
	['http://bob:s3c#retpw@127.0.0.1:7890', {NODE_OPTIONS: '--use-env-proxy'}],
	['http://bob:s3c#retpw@127.0.0.1:7890', {NODE_OPTIONS: '--no-warnings --use_env_proxy', NODE_USE_ENV_PROXY: '1'}],
])(
	'proxy-crash: HTTPS_PROXY=%s and %j neither end the program in Node nor show a password',
	([value, told], {home}) => {
		const environment = {
			...home.environment,
			PATH: `${path.dirname(process.execPath)}:${home.environment.PATH}`,
			HTTPS_PROXY: value,
			...told,
		};
		// As a shell starts it: by its first line.
		const {status, stdout, stderr} = spawnSync(program, ['--version'], {env: environment, encoding: 'utf8'});
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
	},
);

test('proxy-sees-passphrase: a call inside this machine goes to no proxy, whatever the environment says', async ({
	home,
}) => {
	const heard: string[] = [];
	const thief = createServer((request, response) => {
		heard.push(`${request.method} ${request.url} ${Object.keys(request.headers).join(' ')}`);
		response.end('{"code":"0","data":[]}');
	}).listen(0, '127.0.0.1');
	thief.on('connect', ({url}, socket) => {
		heard.push(`CONNECT ${url}`);
		socket.end();
	});
	await once(thief, 'listening');
	onTestFinished(() => {
		thief.closeAllConnections();
		thief.close();
	});
	const place = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`;
	expect((await fetch(place)).status).toBe(200);
	expect(heard.splice(0)).toHaveLength(1);
	const environment = {
		NODE_USE_ENV_PROXY: '1',
		HTTP_PROXY: place,
		HTTPS_PROXY: place,
		http_proxy: place,
		ALL_PROXY: place,
	};
	const opened = ['--sandbox', '--passphrase-file', home.passphraseFile(passphrase)];
	expect(await run(home, ['init', ...opened], {environment})).toMatchObject({status: 0});
	expect(await run(home, ['test', 'main', ...opened], {environment})).toMatchObject({status: 0});
	expect(heard).toEqual([]);
});
