import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {Home, run} from './program.ts';

test('proxy-sees-passphrase: a call inside this machine goes to no proxy, however much the environment wants it', async () => {
	const heard: string[] = [];
	const thief = createServer((request, response) => {
		heard.push(`${request.method} ${request.url} ${Object.keys(request.headers).join(' ')}`);
		response.end('{"code":"0","data":[]}');
	}).listen(0, '127.0.0.1');
	await once(thief, 'listening');
	const home = new Home();
	onTestFinished(() => {
		thief.closeAllConnections();
		thief.close();
		home.remove();
	});
	const file = home.passphraseFile('a vault of one’s own');
	const proxy = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`;
	const environment = {NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: proxy};
	expect(await run(home, ['init', '--sandbox', '--passphrase-file', file], {environment})).toMatchObject({status: 0});
	expect(await run(home, ['test', 'main', '--sandbox', '--passphrase-file', file], {environment})).toMatchObject({status: 0});
	expect(heard).toEqual([]);
});
