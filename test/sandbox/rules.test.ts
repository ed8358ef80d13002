import {expect, test, vi} from 'vitest';
import type {Credential} from '../../source/core/key/key.ts';
import {stopTime} from '../helpers/time.ts';
import {AppError} from '../../source/core/errors.ts';
import {world} from '../exchange/helpers.ts';
import {knock} from './knock.ts';
import {config, making, day} from './calls.ts';

test('a refused address is named, and no header can claim another', async () => {
	const {baseUrl, plant} = await world();
	const as = await plant({ip: ['203.0.113.7']});
	const {body} = await knock(baseUrl, {
		...config,
		as,
		headers: {'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7', forwarded: 'for=203.0.113.7'},
	});
	expect(body).toMatchObject({code: '50110', msg: expect.stringContaining('127.0.0.1')});
});

test('a key that is linked to an app is told of no list, and the list is enforced all the same', async () => {
	const {baseUrl, plant} = await world();
	const [mine, other] = [
		await plant({type: 'app', ip: ['127.0.0.1']}),
		await plant({type: 'app', ip: ['203.0.113.7']}),
	];
	expect((await knock(baseUrl, {...config, as: mine})).body).toMatchObject({code: '0', data: [{ip: ''}]});
	expect((await knock(baseUrl, {...config, as: other})).body['code']).toBe('50110');
});

test('an address inside a network on the list may call', async () => {
	const {baseUrl, plant} = await world();
	expect((await knock(baseUrl, {...config, as: await plant({ip: ['127.0.0.0/24']}), from: '127.0.0.4'})).status).toBe(
		200,
	);
});

test('the limit counts for all keys of a user together, and passes', async () => {
	stopTime();
	const {baseUrl, main, plant} = await world();
	const other = await plant({});
	const ask = async (as: Credential) => (await knock(baseUrl, {...config, as})).status;
	expect(await Promise.all([main, other, main, other, main].map(ask))).toEqual([200, 200, 200, 200, 200]);
	expect(await ask(other)).toBe(429);
	expect((await knock(baseUrl, {...config, as: main})).body).toMatchObject({code: '50011', data: []});
	await vi.advanceTimersByTimeAsync(1999);
	expect(await ask(main)).toBe(429);
	await vi.advanceTimersByTimeAsync(1);
	expect(await ask(main)).toBe(200);
});

test('a public limit counts by address', async () => {
	const {baseUrl} = await world();
	const ask = async (from: string) => (await knock(baseUrl, {path: '/api/v5/system/status', from})).status;
	expect([await ask('127.0.0.1'), await ask('127.0.0.1'), await ask('127.0.0.2')]).toEqual([200, 429, 200]);
});

test('a label is taken within its account and environment only', async () => {
	stopTime();
	const {baseUrl, main, plant, state} = await world();
	const [, one, other] = state().accounts;
	await plant({uid: one!.uid, label: 'bot'});
	expect((await knock(baseUrl, {as: main, ...making({subAcct: one!.name})})).body['code']).toBe('59502');
	await vi.advanceTimersByTimeAsync(1000);
	expect((await knock(baseUrl, {as: main, ...making({subAcct: other!.name})})).body['code']).toBe('0');
});

test('an account has 50 keys and no more', async () => {
	const {baseUrl, main, plant, state} = await world();
	const {uid, name} = state().accounts[1]!;
	for (let index = 0; index < 50; index++) await plant({uid, label: `key${index}`});
	expect((await knock(baseUrl, {as: main, ...making({subAcct: name})})).body['code']).toBe('59501');
});

test('an unbound live key with trade is gone after 14 days without use, also from the list', async () => {
	const {baseUrl, main, mainTarget, exchange, plant, state, advance} = await world();
	const {uid, name} = state().accounts[1]!;
	const as = await plant({uid, permissions: ['read', 'trade']});
	advance(14 * day - 60_000);
	expect((await knock(baseUrl, {...config, as, now: Date.now() + 14 * day - 60_000})).status).toBe(200);
	advance(13 * day);
	expect(await exchange.call('subKeys', {subAccount: name}, mainTarget)).toHaveLength(1);
	advance(day + 120_000);
	expect((await knock(baseUrl, {...config, as, now: Date.now() + 28 * day + 60_000})).body['code']).toBe('50119');
	expect(await exchange.call('subKeys', {subAccount: name}, mainTarget)).toEqual([]);
	expect((await exchange.call('config', {}, {...mainTarget, credential: main})).label).toBe('main');
});

test('the use of a key is written down once an hour at most, and not at all where the key never expires', async () => {
	let writes = 0;
	const {exchange, plant, advance, main, mainTarget, state} = await world({
		storage: seeded => {
			let stored = seeded;
			return {
				load: () => stored,
				async update(change) {
					stored = change(stored);
					writes++;
				},
			};
		},
	});
	const credential = await plant({permissions: ['read', 'trade']});
	writes = 0;
	const use = () => exchange.call('config', {}, {...mainTarget, credential});
	await use();
	await use();
	advance(30 * 60_000);
	await use();
	await vi.waitFor(() => {
		expect(writes).toBe(1);
	});
	advance(31 * 60_000);
	await use();
	await vi.waitFor(() => {
		expect(writes).toBe(2);
	});
	await exchange.call('config', {}, mainTarget);
	advance(61 * 60_000);
	await use();
	await vi.waitFor(() => {
		expect(writes).toBe(3);
	});
	const writtenUseOf = ({apiKey}: Credential) => state().keys.find(key => key.apiKey === apiKey)!.lastUsedAt;
	expect(writtenUseOf(credential)).toEqual(expect.any(Number));
	expect(writtenUseOf(main)).toBeNull();
});

test('a locked vault is an exchange that is down, and a write to it changes nothing', async () => {
	let isLocked = false;
	const {exchange, mainTarget, state} = await world({
		storage(seeded) {
			let stored = seeded;
			const refuse = () => {
				if (isLocked) throw new AppError('locked');
			};
			return {
				load() {
					refuse();
					return stored;
				},
				async update(change) {
					refuse();
					stored = change(stored);
				},
			};
		},
	});
	const before = state();
	isLocked = true;
	await expect(
		exchange.call('deleteSubKey', {subAccount: 'quantdesk01', apiKey: 'x'}, mainTarget),
	).rejects.toMatchObject({exit: 'exchangeDown', details: {failure: {exchangeCode: '50001', httpStatus: 503}}});
	isLocked = false;
	expect(state()).toBe(before);
});

test.each([[undefined], [null], [{}], [{version: 2}]])('a state that is not its own is left alone: %j', async state => {
	let writes = 0;
	const {baseUrl, main} = await world({
		storage: () => ({
			load: () => state,
			async update(change) {
				change(state);
				writes++;
			},
		}),
	});
	expect((await knock(baseUrl, {as: main, ...making({})})).body['code']).toBe('50001');
	expect(writes).toBe(0);
});
