import {once} from 'node:events';
import {createServer} from 'node:https';
import {createServer as createTcpServer, type AddressInfo} from 'node:net';
import {afterAll, expect, onTestFinished, test} from 'vitest';
import type {TlsFailure} from '../../source/core/failures/wire-failure.ts';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import {authority, hasOpenssl, trust, type Certified} from './authority.ts';
import {clientOf, failing, probe} from './helpers.ts';

const withCertificates = test.skipIf(!hasOpenssl);
const trusted = hasOpenssl ? authority('Trusted Here') : undefined!;
const stranger = hasOpenssl ? authority('Stranger \u{202E}Inc') : undefined!;
afterAll(() => {
	trusted?.remove();
	stranger?.remove();
});

/** An exchange over TLS that notes which credentials it sees. */
async function shows(certified: Certified): Promise<{readonly url: URL; readonly heard: string[]}> {
	const heard: string[] = [];
	const https = createServer(certified, (request, response) => {
		heard.push(`${request.url} ${request.headers['ok-access-key'] === undefined ? 'unsigned' : 'signed'}`);
		response.end(
			JSON.stringify({
				code: '0',
				data: [
					request.url!.includes('time')
						? {ts: String(Date.now())}
						: {uid: '1', mainUid: '1', label: 'main', perm: 'read_only', ip: '', kycLv: '2'},
				],
			}),
		);
	}).listen(0, 'localhost');
	await once(https, 'listening');
	onTestFinished(() => {
		https.closeAllConnections();
		https.close();
	});
	return {url: new URL(`https://localhost:${(https.address() as AddressInfo).port}`), heard};
}

withCertificates('own CA: what it signed is trusted, and the key is tested over TLS on loopback', async () => {
	trust(trusted);
	const {url, heard} = await shows(trusted.issue({}));
	const {exchange, target} = clientOf(url);
	const {layers, failure} = await probe(exchange, target, {clock: Date.now});
	expect(failure).toBeNull();
	expect(layers[2]).toMatchObject({
		name: 'tls',
		ok: true,
		detail: expect.stringMatching(/^TLSv1\.3, issued by Trusted Here, \d{4} days left$/),
	});
	expect(heard).toEqual(['/api/v5/public/time unsigned', '/api/v5/account/config signed']);
});

withCertificates.each<readonly [TlsFailure, () => Certified, RegExp]>([
	[
		'expired',
		() => trusted.issue({until: '20210203000000Z'}),
		/^its certificate has expired \(on 2021-02-03\); it names “Trusted Here” as its issuer$/,
	],
	[
		'not-yet',
		() => trusted.issue({from: '20480506000000Z'}),
		/^its certificate is not valid yet \(from 2048-05-06 on\); it names “Trusted Here”/,
	],
	['self-signed', () => trusted.issue({isOwn: true}), /^its certificate is signed only by itself; it names “Shown”/],
	[
		'authority',
		() => stranger.issue({}),
		/^its certificate comes from an authority that this machine does not trust; it names “Stranger \\u\{202e\}Inc”/,
	],
	[
		'name',
		() => trusted.issue({name: 'other.example'}),
		/^its certificate is for another name; it names “Trusted Here”/,
	],
])(
	'man-in-the-middle: a refused certificate (%s) ends the live test at TLS, before a call sends anything',
	async (tls, make, words) => {
		trust(trusted);
		const {url, heard} = await shows(make());
		const {exchange, target} = clientOf(url);
		const {layers, failure} = await probe(exchange, target, {clock: Date.now});
		expect(failure).toMatchObject({kind: 'tls', tls, message: expect.stringMatching(words)});
		expect(layers.map(({ok}) => ok)).toEqual([true, true, false, null, null, null, null]);
		expect(layers[2]!.detail).toMatch(/^not safe: its certificate /);
		const {exit, cause} = diagnose(failure!);
		expect([exit, cause]).toEqual([
			'network',
			`The connection to ${url.host} is not safe: ${failure!.message}. Nothing was sent.`,
		]);

		expect((await failing(exchange.call('config', {}, target))).details.failure).toMatchObject({kind: 'tls', tls});
		expect(heard).toEqual([]);
	},
);

withCertificates(
	'man-in-the-middle: the live test checks certificates even where the environment says not to',
	async () => {
		const {url, heard} = await shows(stranger.issue({}));
		process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
		onTestFinished(() => {
			delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
		});
		const {exchange, target} = clientOf(url);
		const {layers, failure} = await probe(exchange, target, {clock: Date.now});
		expect(failure).toMatchObject({kind: 'tls', tls: 'authority'});
		expect(layers.map(({ok}) => ok)).toEqual([true, true, false, null, null, null, null]);
		expect(heard).toEqual([]);
	},
);

test('plain HTTP where TLS was expected', async () => {
	const plain = createTcpServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, 'localhost');
	await once(plain, 'listening');
	onTestFinished(() => void plain.close());
	const {exchange, target} = clientOf(new URL(`https://localhost:${(plain.address() as AddressInfo).port}`));
	const {failure} = await probe(exchange, target, {clock: Date.now});
	expect(failure).toMatchObject({kind: 'tls', tls: 'protocol', message: 'it does not speak TLS as it should'});
});
