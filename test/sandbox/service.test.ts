import {randomBytes} from 'node:crypto';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startSandbox} from '../../source/sandbox/server.ts';
import {memoryStorage} from '../../source/sandbox/storage.ts';
import {seedSandbox} from '../../source/sandbox/seed.ts';
import {world} from '../exchange/helpers.ts';
import {knock} from './knock.ts';

describe('cancelling an order', () => {
	const path = '/api/v5/trade/cancel-order';
	const order = {instId: 'BTC-USDT', clOrdId: 'neverUsed1'};

	test('finds none, says so of the item, and leaves the exchange as it is', async () => {
		let writes = 0;
		const {baseUrl, main} = await world({
			storage(seeded) {
				const memory = memoryStorage(seeded);
				return {
					...memory,
					async update(change) {
						writes++;
						await memory.update(change);
					},
				};
			},
		});
		const {status, body} = await knock(baseUrl, {as: main, method: 'POST', path, body: JSON.stringify(order)});
		expect([status, body]).toEqual([
			200,
			{
				code: '1',
				msg: '',
				data: [
					{
						clOrdId: 'neverUsed1',
						ordId: '',
						sCode: '51400',
						sMsg: expect.any(String) as string,
						ts: expect.stringMatching(/^\d{13}$/) as string,
					},
				],
			},
		]);
		expect(writes).toBe(0);
	});

	test.each([
		['no instrument', {instId: ''}, '50014'],
		['what is no instrument', {instId: 'btc usdt'}, '51000'],
		['one word as the instrument', {instId: 'BTC'}, '51000'],
		['no order', {clOrdId: ''}, '50015'],
		['an id that is too long', {clOrdId: 'a'.repeat(33)}, '51000'],
		['an id that is more than letters and digits', {clOrdId: 'a-b'}, '51000'],
	])('with %s is refused', async (_, wrong, code) => {
		const {baseUrl, main} = await world();
		const {status, body} = await knock(baseUrl, {
			as: main,
			method: 'POST',
			path,
			body: JSON.stringify({...order, ...wrong}),
		});
		expect([status, body['code']]).toEqual([400, code]);
	});

	test('takes an id of the exchange as well', async () => {
		const {baseUrl, main} = await world();
		const {body} = await knock(baseUrl, {
			as: main,
			method: 'POST',
			path,
			body: JSON.stringify({instId: 'BTC-USDT-SWAP', ordId: '590908157585625111'}),
		});
		expect(body).toMatchObject({code: '1', data: [{ordId: '590908157585625111', sCode: '51400'}]});
	});

	test('needs Trade', async () => {
		const {baseUrl, plant} = await world();
		const {body} = await knock(baseUrl, {as: await plant({}), method: 'POST', path, body: JSON.stringify(order)});
		expect(body['code']).toBe('50120');
	});
});

describe('announcements', () => {
	const path = '/api/v5/system/status';
	/** Each in a sandbox of its own, for one may ask once in five seconds. */
	async function announced(fault: string | undefined, query = '') {
		const {state} = seedSandbox({clock: Date.now, random: randomBytes});
		const sandbox = await startSandbox({storage: memoryStorage(state), clock: Date.now, random: randomBytes, fault});
		onTestFinished(async () => sandbox.close());
		const {body} = await knock(sandbox.baseUrl, {path: `${path}${query}`});
		return {code: body['code'], data: body['data'] as readonly Readonly<Record<string, string>>[]};
	}

	test('there are none while all is well', async () => {
		expect(await announced(undefined)).toEqual({code: '0', data: []});
	});

	test('of a maintenance that is under way, in every field that the exchange documents', async () => {
		const {
			code,
			data: [only],
		} = await announced('maintenance');
		expect(code).toBe('0');
		expect(Object.keys(only!).toSorted()).toEqual(
			'begin end env href maintType preOpenBegin scheDesc serviceType state system title'.split(' '),
		);
		expect(only).toMatchObject({state: 'ongoing', env: '1'});
		expect(Number(only!['begin'])).toBeLessThan(Date.now());
		expect(Number(only!['end'])).toBeGreaterThan(Date.now());
	});

	test('are told by their state where one is asked for', async () => {
		expect((await announced('maintenance', '?state=ongoing')).data).toHaveLength(1);
		expect((await announced('maintenance', '?state=scheduled')).data).toEqual([]);
		expect((await announced('maintenance', '?state=never')).code).toBe('51000');
	});
});

test(
	'a thousand connections at once are all answered, and the refusals counted by their code',
	{timeout: 30_000},
	async () => {
		const {baseUrl, refusals} = await world();
		expect(refusals()).toEqual(new Map());
		const answers = await Promise.all(
			Array.from({length: 1000}, async () => knock(baseUrl, {path: '/api/v5/public/time'})),
		);
		const refused = answers.filter(({status, body}) => status === 429 && body['code'] === '50011').length;
		expect(answers.filter(({status}) => status === 200).length + refused).toBe(1000);
		expect(refused).toBeGreaterThan(0);
		expect(refusals()).toEqual(new Map([['50011', refused]]));
	},
);
