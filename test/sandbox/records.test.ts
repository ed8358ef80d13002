import {expect, test} from 'vitest';
import type {Credential, Environment} from '../../source/core/key/key.ts';
import type {EndpointName, EndpointParameters} from '../../source/exchange/endpoint.ts';
import {failing, world, type World} from '../exchange/helpers.ts';
import {day} from './calls.ts';
import {knock} from './knock.ts';

async function traded() {
	const made = await world();
	const [, spot, swap] = made.state().accounts;
	const reader = await made.plant({uid: spot!.uid});
	return {...made, reader, spot: spot!, swap: swap!};
}

const asking =
	({exchange}: World, credential: Credential, environment: Environment = 'live') =>
	async <Name extends EndpointName>(name: Name, parameters: EndpointParameters<Name>) =>
		exchange.call(name, parameters, {site: 'sandbox', environment, credential});

test('pages of orders follow each other without gap or repetition, newest first', async () => {
	const made = await traded();
	const ask = asking(made, made.reader);
	const begin = Date.now() - 80 * day;
	const ids: string[] = [];
	for (let after: string | undefined; ;) {
		const page = await ask('archivedOrders', {
			instrumentType: 'SPOT',
			begin,
			...(after !== undefined && {after}),
		});
		ids.push(...page.map(({id}) => id));
		if (page.length < 100) break;
		after = page.at(-1)!.id;
	}

	expect(ids.length).toBeGreaterThan(200);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toEqual(ids.toSorted((left, right) => Number(right) - Number(left)));
});

test('each endpoint looks back as far as that of OKX', async () => {
	const made = await traded();
	const ask = asking(made, made.reader);
	const begin = 0;
	const oldest = (records: readonly {readonly at: number}[]) => Math.min(...records.map(({at}) => at));
	const within = (days: number) => Date.now() - days * day;
	expect(oldest(await ask('recentOrders', {instrumentType: 'SPOT', begin}))).toBeGreaterThan(within(7));
	expect(oldest(await ask('recentFills', {begin}))).toBeGreaterThan(within(3));
	expect(oldest(await ask('fundingBills', {}))).toBeGreaterThan(within(31));
	expect(oldest(await ask('recentTransfers', {begin}))).toBeGreaterThan(within(7));
	expect(oldest(await ask('archivedTransfers', {begin}))).toBeLessThan(within(60));
});

test('every fill is one of an order of the same account, and only one order is open', async () => {
	const made = await traded();
	const ask = asking(made, made.reader);
	const fills = await ask('recentFills', {begin: 0});
	const orders = await ask('recentOrders', {instrumentType: 'SPOT', begin: 0});
	expect(fills.length).toBeGreaterThan(5);
	for (const fill of fills)
		expect(orders.find(({id}) => id === fill.order)).toMatchObject({state: 'filled', side: fill.side});
	expect(await ask('openOrders', {})).toMatchObject([{state: 'live', filled: '0'}]);
	const other = asking(made, await made.plant({uid: made.swap.uid}));
	expect(await other('recentOrders', {instrumentType: 'SPOT', begin: 0})).toEqual([]);
	expect((await other('recentFills', {begin: 0})).map(({instrument}) => instrument)).toContain('ETH-USDT-SWAP');
});

test('what leaves the main account for a sub-account comes in there', async () => {
	const made = await traded();
	const ask = asking(made, made.main);
	const sent = await ask('subTransfers', {subAccount: made.spot.name});
	const received = (await asking(made, made.reader)('fundingBills', {})).filter(({type}) => type === '23');
	expect(received.length).toBeGreaterThan(3);
	for (const {at} of received)
		expect(sent.find(one => one.at === at)).toMatchObject({direction: 'to-sub', amount: '250'});
	expect(await ask('withdrawals', {})).toEqual(
		expect.arrayContaining([expect.objectContaining({currency: 'USDT', amount: '250', chain: 'USDT-ERC20'})]),
	);
	expect((await ask('deposits', {})).length).toBeGreaterThan(3);
});

test('transfers of sub-accounts are for a key of the main account, of a sub-account that exists', async () => {
	const made = await traded();
	const code = async (name: string, as: Credential) =>
		(await failing(asking(made, as)('subTransfers', {subAccount: name}))).details.failure?.exchangeCode;
	expect(await code(made.spot.name, made.reader)).toBe('59500');
	expect(await code('nobody', made.main)).toBe('59510');
});

test('in demo trading nothing has happened, and funding is not offered', async () => {
	const made = await traded();
	const demo = asking(made, await made.plant({environment: 'demo'}), 'demo');
	expect(await demo('openOrders', {})).toEqual([]);
	expect((await failing(demo('withdrawals', {}))).details.failure?.exchangeCode).toBe('50038');
});

test.each([
	['/api/v5/trade/orders-history', '50014'],
	['/api/v5/trade/fills-history?instType=CASH', '51000'],
	['/api/v5/trade/fills?after=x', '51000'],
	['/api/v5/asset/bills?limit=0', '51000'],
])('%s is refused with %s', async (path, code) => {
	const {baseUrl, main} = await world();
	expect((await knock(baseUrl, {path, as: main})).body['code']).toBe(code);
});

const order = (change: object = {}) => ({
	method: 'POST',
	path: '/api/v5/trade/order',
	body: JSON.stringify({instId: 'BTC-USDT', tdMode: 'cash', side: 'sell', ordType: 'market', sz: '0.5', ...change}),
});

test('an order at the market is filled at once, and listed for its account and environment only', async () => {
	const made = await traded();
	const as = await made.plant({uid: made.spot.uid, permissions: ['read', 'trade']});
	const {body} = await knock(made.baseUrl, {...order({clOrdId: 'thief1'}), as});
	const [{ordId}] = body['data'] as [{readonly ordId: string}];
	const ask = asking(made, as);
	expect((await ask('recentOrders', {instrumentType: 'SPOT', begin: 0}))[0]).toMatchObject({
		id: ordId,
		side: 'sell',
		type: 'market',
		size: '0.5',
		filled: '0.5',
		state: 'filled',
	});
	expect((await ask('recentFills', {begin: 0}))[0]).toMatchObject({order: ordId, size: '0.5'});
	const other = asking(made, await made.plant({uid: made.swap.uid}));
	expect((await other('recentFills', {begin: 0})).map(({order}) => order)).not.toContain(ordId);
});

test.each([
	[{instId: 'NO-SUCH'}, '51001'],
	[{ordType: 'limit'}, '51000'],
	[{sz: '0'}, '51000'],
	[{sz: undefined}, '50014'],
])('an order with %j is refused with %s', async (change, code) => {
	const {baseUrl, main} = await world();
	const {body} = await knock(baseUrl, {...order(change), as: main});
	const [item] = (body['data'] ?? []) as readonly {readonly sCode: string}[];
	expect(item?.sCode ?? body['code']).toBe(code);
});

test('an order needs Trade', async () => {
	const {baseUrl, plant} = await world();
	expect((await knock(baseUrl, {...order(), as: await plant({})})).body['code']).toBe('50120');
});
