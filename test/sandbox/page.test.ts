import {expect, test} from 'vitest';
import {goodPassphrase, world, type World} from '../exchange/helpers.ts';
import {pageHeader} from '../../source/exchange/sign.ts';
import {knock as knockAnyhow, type Answer, type Knock} from './knock.ts';

const path = '/sandbox/page/keys';
const wanted = {
	label: 'mine',
	passphrase: goodPassphrase,
	perm: 'read_only,trade,withdraw',
	ip: '203.0.113.0/24',
	type: 'api',
	env: 'live',
};
const creating = (change: Record<string, unknown> = {}) => ({
	method: 'POST',
	path,
	body: JSON.stringify({...wanted, ...change}),
});

/** Knocks as the program does that started the exchange. */
async function knock({baseUrl, page}: Pick<World, 'baseUrl' | 'page'>, request: Knock): Promise<Answer> {
	return knockAnyhow(baseUrl, {...request, headers: {...page, ...request.headers}});
}

test('a person on the page makes a key that may withdraw', async () => {
	const {baseUrl, page} = await world();
	const {status, body} = await knock({baseUrl, page}, creating());
	expect(status).toBe(200);
	expect(body).toMatchObject({
		code: '0',
		data: [{label: 'mine', perm: 'read_only,trade,withdraw', ip: '203.0.113.0/24'}],
	});
});

test.each([
	['nothing', {}],
	['an empty token', {[pageHeader]: ''}],
	['another token', {[pageHeader]: 'A'.repeat(43)}],
	['a part of the token', (token: string) => ({[pageHeader]: token.slice(0, -1)})],
] satisfies [string, Readonly<Record<string, string>> | ((token: string) => Readonly<Record<string, string>>)][])(
	'page-of-another-user: who knows %s neither sees nor changes a key',
	async (_, given) => {
		const {baseUrl, page, state, main} = await world();
		const before = state();
		const headers = typeof given === 'function' ? given(page[pageHeader]!) : given;
		expect((await knock({baseUrl, page}, {path})).body).toMatchObject({code: '0', data: [{apiKey: main.apiKey}]});
		for (const request of [
			{path},
			creating(),
			{method: 'POST', path: `${path}/edit`, body: JSON.stringify({apiKey: main.apiKey, ip: ''})},
			{method: 'POST', path: `${path}/delete`, body: JSON.stringify({apiKey: main.apiKey})},
		]) {
			const {status, body} = await knockAnyhow(baseUrl, {...request, headers});
			expect([status, body['data']]).toEqual([403, []]);
		}

		expect(state()).toBe(before);
	},
);

test('every start has a token of its own', async () => {
	const [one, other] = [await world(), await world()];
	expect(one.page[pageHeader]).toMatch(/^[\w-]{43}$/);
	expect(other.page[pageHeader]).not.toBe(one.page[pageHeader]);
});

test.each([
	['a form of another site', {headers: {'content-type': 'text/plain', origin: 'http://evil.example'}}],
	['a form without an origin', {headers: {'content-type': 'text/plain'}}],
	['an encoded form', {headers: {'content-type': 'application/x-www-form-urlencoded'}}],
	['no content type', {headers: {'content-type': undefined}}],
	['a script of another site', {headers: {origin: 'http://evil.example'}}],
	['a script of this very address', {headers: {origin: 'http://127.0.0.1'}}],
	['a page opened from a file', {headers: {origin: 'null'}}],
	['dns rebinding', {headers: {host: 'evil.example'}}],
	['dns rebinding with a lookalike', {headers: {host: '127.0.0.1.evil.example'}}],
	['dns rebinding with a port', {headers: {host: 'evil.example:80'}}],
])('drive-by-page-creates-key: %s is refused', async (_, {headers}) => {
	const {baseUrl, page, state} = await world();
	const before = state();
	const {status, headers: answered} = await knock({baseUrl, page}, {...creating(), headers});
	expect(status).toBe(403);
	expect(state()).toBe(before);
	expect(Object.keys(answered).filter(name => name.startsWith('access-control'))).toEqual([]);
});

test('drive-by-page-creates-key: a browser that asks whether it may is told no', async () => {
	const {baseUrl, page} = await world();
	const {status, headers} = await knock(
		{baseUrl, page},
		{method: 'OPTIONS', path, headers: {origin: 'http://evil.example', 'access-control-request-method': 'POST'}},
	);
	expect(status).toBe(405);
	expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test.each(['localhost', '127.0.0.1:80', '[::1]:8080'])('a person may call it %s', async host => {
	const {baseUrl, page} = await world();
	expect((await knock({baseUrl, page}, {path, headers: {host}})).status).toBe(200);
});

test.each([
	['a label that is taken', {label: 'main'}, '59502'],
	['a label of 51 characters', {label: 'x'.repeat(51)}, '51000'],
	['a label of spaces', {label: '  '}, '51000'],
	['21 addresses', {ip: Array.from({length: 21}, (_, index) => `203.0.113.${index}`).join(' ')}, '59503'],
	['every address', {ip: '0.0.0.0/0'}, '51000'],
	['a weak passphrase', {passphrase: 'password'}, '59505'],
	['an unknown type', {type: 'robot'}, '51000'],
	['no environment', {env: undefined}, '50014'],
])('refuses %s', async (_, change, code) => {
	const {baseUrl, page} = await world();
	expect((await knock({baseUrl, page}, creating(change))).body['code']).toBe(code);
});

test('names of up to 50 characters, with hyphens, are made on the page as on that of the exchange', async () => {
	const {baseUrl, page} = await world();
	const label = 'market-making-frankfurt-01'.padEnd(50, 'x');
	expect((await knock({baseUrl, page}, creating({label}))).body).toMatchObject({code: '0', data: [{label}]});
});

test('the 51st key is refused, but demo trading counts by itself', async () => {
	const {baseUrl, page, plant} = await world();
	for (let index = 1; index < 50; index++) await plant({label: `key${index}`});
	expect((await knock({baseUrl, page}, creating())).body['code']).toBe('59501');
	expect((await knock({baseUrl, page}, creating({env: 'demo', label: 'main'}))).body['code']).toBe('0');
});

test('keys of sub-accounts are not on the page', async () => {
	const {baseUrl, page, plant, state} = await world();
	const {apiKey} = await plant({uid: state().accounts[1]!.uid});
	const {body} = await knock({baseUrl, page}, {path});
	expect(JSON.stringify(body)).not.toContain(apiKey);
	expect(
		(await knock({baseUrl, page}, {method: 'POST', path: `${path}/delete`, body: JSON.stringify({apiKey})})).body[
			'code'
		],
	).toBe('59506');
});

test('a key may keep its own label in an edit', async () => {
	const {baseUrl, page, main} = await world();
	const edit = (change: Record<string, string>) =>
		knock(
			{baseUrl, page},
			{method: 'POST', path: `${path}/edit`, body: JSON.stringify({apiKey: main.apiKey, ...change})},
		);
	expect((await edit({label: 'main', ip: ''})).body).toMatchObject({
		code: '0',
		data: [{label: 'main', ip: '', perm: 'read_only,trade'}],
	});
	expect((await edit({label: ''})).body['code']).toBe('50014');
});

test('neither list nor change ever shows a secret again', async () => {
	const {baseUrl, page, main} = await world();
	const answers = [
		await knock({baseUrl, page}, {path}),
		await knock({baseUrl, page}, {method: 'POST', path: `${path}/edit`, body: JSON.stringify({apiKey: main.apiKey})}),
	];
	expect(JSON.stringify(answers)).not.toContain(main.secretKey.reveal());
	expect(JSON.stringify(answers)).not.toContain(main.passphrase.reveal());
});
