import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {testKeys} from '../../source/actions/test-all.ts';
import {AppError} from '../../source/core/errors.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {clientOf, server} from '../exchange/helpers.ts';
import {storedKey} from '../helpers/keys.ts';
import {contextOf, crowd} from './crowd.ts';

function ofAccount(key: StoredKey, account: StoredKey['account']): StoredKey {
	return {...key, account};
}

test('200 keys of 40 accounts are tested side by side, in order, without one refusal and in few saves', async () => {
	const {context, stored, there} = await crowd(40, 5);
	const seen: number[] = [];
	const results = await testKeys(context, stored, {
		onResult: (_result, _key, {done}) => {
			seen.push(done);
		},
	});
	expect(there.refusals()).toEqual(new Map());
	expect(results.filter(({ok}) => !ok)).toEqual([]);
	expect(results.map(({name}) => name)).toEqual(stored.map(({name}) => name));
	expect(seen).toEqual(stored.map((_, index) => index + 1));
	expect(context.vault.read().keys.every(({lastTest, account}) => lastTest?.ok && account.uid !== undefined)).toBe(
		true,
	);
	expect(context.vault.writes).toBeLessThan(10);
});

test('1,000 keys of 500 accounts are tested without a refusal, sooner than if each asked the time', async () => {
	const {context, stored, there} = await crowd(500, 2);
	const began = performance.now();
	const results = await testKeys(context, stored);
	expect(there.refusals()).toEqual(new Map());
	expect(results.filter(({ok}) => !ok)).toEqual([]);
	// Ten calls of an address in two seconds: 200 s, were each key to ask the time for itself.
	expect(performance.now() - began).toBeLessThan(60_000);
});

test.each([
	[100, [true, false]],
	[99, []],
])('for a test of %i keys the process is told to save memory, and its end is told: %j', async (count, expected) => {
	const {context, stored} = await crowd(50, 2);
	const told: boolean[] = [];
	const saveMemory = (isOn: boolean) => void told.push(isOn);
	await testKeys({...context, saveMemory}, stored.slice(0, count));
	expect(told).toEqual(expected);
});

test('a test of many keys that is stopped no longer saves memory', async () => {
	const {context, stored} = await crowd(50, 2);
	const told: boolean[] = [];
	const saveMemory = (isOn: boolean) => void told.push(isOn);
	const testing = testKeys({...context, saveMemory}, stored, {signal: AbortSignal.abort(new AppError('aborted'))});
	await expect(testing).rejects.toMatchObject({code: 'aborted'});
	expect(told).toEqual([true, false]);
});

test('keys of unknown account wait as if they were all of one', async () => {
	const {context, stored, there} = await crowd(1, 7);
	const unknown = stored.map(key => ofAccount(key, {kind: 'sub'}));
	await context.vault.change(content => ({...content, keys: unknown}));
	expect((await testKeys(context, unknown)).every(({ok}) => ok)).toBe(true);
	expect(there.refusals()).toEqual(new Map());
});

test('a key whose account is not known yet takes no turn of one that is', async () => {
	const {context, stored, there} = await crowd(1, 8);
	const {uid} = there.state().accounts.at(-1)!;
	const mixed = stored.map((key, index) =>
		ofAccount(key, index % 2 === 0 ? {kind: 'sub', subAccount: 'crowd0', uid} : {kind: 'sub'}),
	);
	await context.vault.change(content => ({...content, keys: mixed}));
	expect((await testKeys(context, mixed)).every(({ok}) => ok)).toBe(true);
	expect(there.refusals()).toEqual(new Map());
});

test('keys of one account wait for its limit', async () => {
	const {context, stored, there} = await crowd(1, 12);
	const began = performance.now();
	const results = await testKeys(context, stored);
	expect(results.filter(({ok}) => !ok)).toEqual([]);
	expect(there.refusals()).toEqual(new Map());
	// Five at once, five after two seconds, two after four.
	expect(performance.now() - began).toBeGreaterThan(4000);
});

test(
	'results-lost-by-one-failed-save: what one save could not store is stored by the next',
	{timeout: 15_000},
	async () => {
		const {context, stored} = await crowd(1, 12);
		context.vault.failNext(new AppError('vault-busy', {path: '/fake'}));
		const failures: unknown[] = [];
		await testKeys(context, stored, {
			onNotStored: error => {
				failures.push(error);
			},
		});
		expect(context.vault.read().keys.map(({lastTest, history}) => [lastTest?.ok, history?.length])).toEqual(
			stored.map(() => [true, 1]),
		);
		expect(failures).toEqual([]);
	},
);

test(
	'results-stored-twice: a save that failed only after it was written adds nothing twice',
	{timeout: 15_000},
	async () => {
		const {context, stored} = await crowd(1, 7);
		const {vault} = context;
		let fails = 0;
		const unsure: Context['vault'] = {
			...vault,
			read: () => vault.read(),
			async change(change, options) {
				const written = await vault.change(change, options);
				if (fails++ === 0) throw new AppError('saved-not-durable', {path: '/fake', reason: 'EIO', fix: ''});
				return written;
			},
		};
		await testKeys({...context, vault: unsure}, stored);
		expect(fails).toBeGreaterThan(1);
		expect(vault.read().keys.map(({history}) => history?.length)).toEqual(stored.map(() => 1));
	},
);

test('cancelled, what was tested is kept, and the reason is passed on', async () => {
	const {context, stored} = await crowd(2, 12);
	const stop = new AbortController();
	const reason = new Error('enough');
	await expect(
		testKeys(context, stored, {
			signal: stop.signal,
			onResult: (_result, _key, {done}) => {
				if (done === 8) stop.abort(reason);
			},
		}),
	).rejects.toBe(reason);
	const tested = context.vault.read().keys.filter(({lastTest}) => lastTest !== null);
	expect(tested.length).toBeGreaterThanOrEqual(8);
	expect(tested.length).toBeLessThan(stored.length);
});

test('an exchange that wants to be left alone for an hour is not asked about the other keys', async () => {
	const {url, heard} = await server((request, response) =>
		request.url!.includes('time')
			? response.end('{"code":"0","data":[{"ts":"1"}]}')
			: response.writeHead(429, {'retry-after': '3600'}).end('{"code":"50011","msg":""}'),
	);
	const {exchange, target} = clientOf(url);
	const keys = Array.from({length: 30}, (_, index) =>
		storedKey({id: `k${index}`, name: `k${index}`, site: 'sandbox', credential: target.credential}),
	);
	const results = await testKeys(contextOf(exchange, keys), keys);
	expect(new Set(results.map(({code}) => code))).toEqual(new Set([32]));
	expect(heard.length).toBeLessThan(10);
});
