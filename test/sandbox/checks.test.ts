import {expect, test} from 'vitest';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import type {Credential} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {exits} from '../../source/core/exit-status.ts';
import {readEnvelope} from '../../source/exchange/http/envelope.ts';
import {world, type World} from '../exchange/helpers.ts';
import {knock, type Answer, type Knock} from './knock.ts';
import {config, create, making, day} from './calls.ts';

/** The exit status that our own client would end with. */
function exitOf({status, body}: Answer): number {
	const {failure} = readEnvelope(JSON.stringify(body), {host: 'sandbox', httpStatus: status, hide: text => text});
	return exits[failure ? diagnose(failure).exit : 'ok'].status;
}

type Wrong = (world: World) => Promise<Knock> | Knock;

const asMain =
	(knock: Knock): Wrong =>
	({main}) => ({as: main, ...knock});

const asPlanted =
	(key: Parameters<World['plant']>[0], knock: Knock): Wrong =>
	async ({plant}) => ({as: await plant(key), ...knock});

const asChanged =
	(change: Partial<Credential>): Wrong =>
	({main}) => ({...config, as: {...main, ...change}});

const many = Array.from({length: 21}, (_, index) => `203.0.113.${index}`).join(',');

// What is wrong → code, HTTP status, exit status of our client (docs/okx-api.md §6, product.md).
test.each([
	['nothing', asMain(config), '0', 200, 0],
	['the key is missing', asMain({...config, headers: {'OK-ACCESS-KEY': undefined}}), '50103', 401, 20],
	['the passphrase is missing', asMain({...config, headers: {'OK-ACCESS-PASSPHRASE': undefined}}), '50104', 401, 20],
	['the signature is missing', asMain({...config, headers: {'OK-ACCESS-SIGN': undefined}}), '50106', 401, 20],
	['the time is missing', asMain({...config, headers: {'OK-ACCESS-TIMESTAMP': undefined}}), '50107', 401, 20],
	['every header is missing', () => config, '50103', 401, 20],
	['the time is in seconds', asMain({...config, headers: {'OK-ACCESS-TIMESTAMP': '1767322800'}}), '50112', 401, 23],
	[
		'the time is not in UTC',
		asMain({...config, headers: {'OK-ACCESS-TIMESTAMP': '2026-01-02T03:04:05.678+01:00'}}),
		'50112',
		401,
		23,
	],
	[
		'the time names no day',
		asMain({...config, headers: {'OK-ACCESS-TIMESTAMP': '2026-13-42T03:04:05.678Z'}}),
		'50112',
		401,
		23,
	],
	['the time is 31 s behind', asMain({...config, now: Date.now() - 31_000}), '50102', 401, 23],
	['the time is 60 s ahead', asMain({...config, now: Date.now() + 60_000}), '50102', 401, 23],
	['the key has not the form of one', asChanged({apiKey: 'my-key'}), '50111', 401, 20],
	[
		'the key is in upper case',
		({main}) => ({...config, as: {...main, apiKey: main.apiKey.toUpperCase()}}),
		'50111',
		401,
		20,
	],
	['the key is unknown', asChanged({apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6'}), '50119', 401, 21],
	['the key is frozen', asPlanted({frozen: true}, config), '50100', 400, 26],
	['a live key calls demo trading', asMain({...config, environment: 'demo'}), '50101', 401, 24],
	['a demo key calls live trading', asPlanted({environment: 'demo'}, config), '50101', 401, 24],
	[
		'the key is unknown, and secret and passphrase are wrong too',
		({main}) => ({
			...config,
			as: {
				apiKey: main.apiKey.replace(/^./, c => (c === '0' ? '1' : '0')),
				secretKey: new Secret('0'),
				passphrase: new Secret('no'),
			},
		}),
		'50119',
		401,
		21,
	],
	['the secret is wrong', asChanged({secretKey: new Secret('0'.repeat(32))}), '50113', 401, 20],
	['the signature is no Base64', asMain({...config, headers: {'OK-ACCESS-SIGN': '%%%'}}), '50113', 401, 20],
	['another path was signed', asMain({...config, signed: {path: '/api/v5/account/balance'}}), '50113', 401, 20],
	[
		'the query was not signed',
		asMain({path: '/api/v5/account/balance?ccy=BTC', signed: {path: '/api/v5/account/balance'}}),
		'50113',
		401,
		20,
	],
	[
		'the query was signed in another encoding',
		asMain({path: '/api/v5/account/balance?ccy=BTC%2CETH', signed: {path: '/api/v5/account/balance?ccy=BTC,ETH'}}),
		'50113',
		401,
		20,
	],
	['another method was signed', asMain({...config, signed: {method: 'POST'}}), '50113', 401, 20],
	['another body was signed', asMain({...making({}), signed: {body: '{}'}}), '50113', 401, 20],
	['the passphrase is wrong', asChanged({passphrase: new Secret('Wrong-Horse9!')}), '50105', 401, 20],
	['the address is not on the list', asPlanted({ip: ['203.0.113.7']}, config), '50110', 401, 22],
	[
		'the address is outside the network',
		asPlanted({ip: ['127.0.0.0/30']}, {...config, from: '127.0.0.4'}),
		'50110',
		401,
		22,
	],
	['trade is missing', asPlanted({ip: ['127.0.0.1']}, making({})), '50120', 401, 25],
	[
		'trade is missing and the body is wrong too',
		asPlanted({ip: ['127.0.0.1']}, {...create, body: '['}),
		'50120',
		401,
		25,
	],
	[
		'the managing key is bound to no address',
		asPlanted({permissions: ['read', 'trade']}, making({})),
		'50035',
		403,
		25,
	],
	[
		'the managing key is of a sub-account',
		async ({plant, state}) => ({
			...making({}),
			as: await plant({uid: state().accounts[1]!.uid, permissions: ['read', 'trade'], ip: ['127.0.0.1']}),
		}),
		'59500',
		200,
		25,
	],
	['the body is not JSON', asMain({...create, body: '{"subAcct":'}), '50002', 400, 1],
	['the body is no object', asMain({...create, body: '[]'}), '50002', 400, 1],
	['the body is empty', asMain(create), '50000', 400, 1],
	[
		'the body is a form',
		asMain({...create, body: 'subAcct=x', headers: {'content-type': 'application/x-www-form-urlencoded'}}),
		'50006',
		400,
		1,
	],
	['the sub-account is left out', asMain(making({subAcct: undefined})), '50014', 400, 1],
	['the label is empty', asMain(making({label: ''})), '50014', 400, 1],
	['the label is a number', asMain(making({label: 7})), '51000', 400, 1],
	['the label has 51 characters', asMain(making({label: 'x'.repeat(51)})), '51000', 400, 1],
	['an address is none', asMain(making({ip: '300.1.1.1'})), '51000', 400, 1],
	['a permission is none', asMain(making({perm: 'read_only,fly'})), '51000', 400, 1],
	['there are 21 addresses', asMain(making({ip: many})), '59503', 200, 2],
	['a sub-account is to withdraw', asMain(making({perm: 'read_only,withdraw'})), '59504', 200, 2],
	['the passphrase has not the form', asMain(making({passphrase: 'short'})), '59505', 200, 2],
	['the sub-account is unknown', asMain(making({subAcct: 'nobody01'})), '59510', 200, 21],
	['the sub-account is in another case', asMain(making({subAcct: 'QuantDesk01'})), '59510', 200, 21],
	[
		'the key to delete is gone',
		asMain({
			method: 'POST',
			path: '/api/v5/users/subaccount/delete-apikey',
			body: '{"subAcct":"quantdesk01","apiKey":"x"}',
		}),
		'59506',
		200,
		21,
	],
	[
		'the key to change belongs to another sub-account',
		async ({plant, state, main}) => {
			const {apiKey} = await plant({uid: state().accounts[1]!.uid});
			return {
				as: main,
				method: 'POST',
				path: '/api/v5/users/subaccount/modify-apikey',
				body: JSON.stringify({subAcct: state().accounts[2]!.name, apiKey, ip: ''}),
			};
		},
		'59506',
		200,
		21,
	],
	['the method is wrong', asMain({...config, method: 'DELETE'}), '50115', 405, 1],
	['the path is unknown', asMain({path: '/api/v5/account/nothing'}), '404', 404, 31],
] satisfies [string, Wrong, string, number, number][])('when %s', async (_, wrong, code, status, exit) => {
	const {baseUrl, ...rest} = await world();
	const answer = await knock(baseUrl, await wrong({baseUrl, ...rest}));
	expect([String(answer.body['code']), answer.status, exitOf(answer)]).toEqual([code, status, exit]);
});

test('a refusal at the gate has no data; any other has', async () => {
	const {baseUrl, main, plant} = await world();
	expect((await knock(baseUrl, config)).body).toEqual({code: '50103', msg: expect.any(String)});
	expect(
		(await knock(baseUrl, {as: await plant({}), method: 'POST', path: '/api/v5/trade/cancel-order', body: '{}'})).body,
	).toEqual({code: '50120', msg: expect.any(String)});
	expect((await knock(baseUrl, {as: main, ...making({label: ''})})).body).toEqual({
		code: '50014',
		msg: 'parameter label is missing',
		data: [],
	});
	expect((await knock(baseUrl, {path: '/'})).body).toEqual({
		code: 404,
		data: {},
		detailMsg: '',
		error_code: '404',
		error_message: 'Not Found',
		msg: 'Not Found',
	});
});

test('the raw comma and the encoded one are both fine when they are signed as sent', async () => {
	const {baseUrl, main} = await world();
	for (const ccy of ['BTC,USDT', 'BTC%2CUSDT']) {
		const {body} = await knock(baseUrl, {as: main, path: `/api/v5/account/balance?ccy=${ccy}`});
		expect(body).toMatchObject({code: '0', data: [{details: [{ccy: 'USDT'}, {ccy: 'BTC'}]}]});
	}
});

test.each([
	['bound', {permissions: ['read', 'trade'], ip: ['127.0.0.1']}],
	['read-only', {}],
	['demo', {permissions: ['read', 'trade', 'withdraw'], environment: 'demo'}],
] as const)('a %s key outlives any pause', async (_, key) => {
	const {exchange, plant, advance, mainTarget} = await world();
	const credential = await plant(key);
	advance(400 * day);
	const environment = 'environment' in key ? key.environment : 'live';
	expect(await exchange.call('config', {}, {...mainTarget, environment, credential})).toMatchObject({label: 'planted'});
});
