import type {ServerResponse} from 'node:http';
import {expect, test, vi} from 'vitest';
import {endpoints} from '../../source/exchange/endpoints.ts';
import {stopTime} from '../helpers/time.ts';
import {clientOf, failing, server, world} from './helpers.ts';
import {chosen, ok} from './client-fixtures.ts';

test('a read that was cut off or met a busy exchange is repeated twice, each time signed anew', async () => {
	const answers = [
		(response: ServerResponse) => response.destroy(),
		(response: ServerResponse) => response.writeHead(429).end('{"code":"50013","msg":"busy"}'),
		(response: ServerResponse) => response.end(ok([])),
	];
	const {url, heard} = await server((_, response) => answers.shift()!(response));
	const {exchange, target} = clientOf(url);
	expect(await exchange.call('subKeys', {subAccount: 'quantdesk01'}, target)).toEqual([]);
	expect(new Set(heard.map(({headers}) => headers['ok-access-timestamp'])).size).toBe(3);
	expect(new Set(heard.map(({headers}) => headers['ok-access-sign'])).size).toBe(3);
});

test('a read is given up after the third attempt', async () => {
	const {url, heard} = await server((_, response) => response.writeHead(503).end('{"code":"50001","msg":"down"}'));
	const {exchange, target} = clientOf(url);
	expect((await failing(exchange.call('config', {}, target))).exit).toBe('exchangeDown');
	expect(heard).toHaveLength(3);
});

test('writes of one key are spaced out, so that the exchange refuses none of them', async () => {
	const {exchange, mainTarget, refusals} = await world();
	stopTime();
	const made: string[] = [];
	const writes = ['one', 'two'].map(async label => {
		await exchange.call('createSubKey', {subAccount: 'quantdesk01', ...chosen, label}, mainTarget);
		made.push(label);
	});
	await writes[0];
	await vi.advanceTimersByTimeAsync(1000);
	expect(made).toEqual(['one']);
	await vi.advanceTimersByTimeAsync(10);
	await Promise.all(writes);
	expect(made).toEqual(['one', 'two']);
	expect([...refusals()]).toEqual([]);
});

test('a wrong clock is put right with the time of the exchange, for reads and writes alike', async () => {
	const {exchange, mainTarget} = await world({serverAhead: 90_000});
	expect(await exchange.call('config', {}, mainTarget)).toMatchObject({label: 'main'});
	expect(await exchange.call('createSubKey', {subAccount: 'quantdesk01', ...chosen}, mainTarget)).toMatchObject({
		label: 'bot',
	});
});

test('a wrong clock is told when it is not to be put right', async () => {
	const {exchange, mainTarget} = await world({serverAhead: -31_000});
	const error = await failing(exchange.call('config', {}, mainTarget, {correctClock: false}));
	expect(error).toMatchObject({exit: 'clockSkew', details: {failure: {exchangeCode: '50102', httpStatus: 401}}});
});

test('a write refused for the clock is signed once more with the right time, and only once', async () => {
	const {url, heard} = await server((request, response) =>
		request.url!.includes('time')
			? response.end(ok([{ts: '1767322800000'}]))
			: response.writeHead(401).end('{"code":"50102","msg":""}'),
	);
	const {exchange, target} = clientOf(url);
	const error = await failing(exchange.call('deleteSubKey', {subAccount: 'quantdesk01', apiKey: 'a'}, target));
	expect(error.message).toMatch(/clock of this machine is \d+ s ahead/);
	expect(heard.map(({path}) => path.split('/').at(-1))).toEqual(['delete-apikey', 'time', 'delete-apikey']);
	expect(heard[2]!.headers['ok-access-timestamp']).toMatch(/^2026-01-02T03:00:0/);
});

test('turn-never-given-back: a caller that throws when its turn comes takes no turn from the next ones', async () => {
	const {exchange, mainTarget} = await world();
	const {count, windowMs} = endpoints.config.limit!;
	const oops = new Error('the caller is at fault');
	stopTime();
	for (let index = 0; index < count; index++) {
		await expect(
			exchange.call('config', {}, mainTarget, {
				onTurn() {
					throw oops;
				},
			}),
		).rejects.toBe(oops);
	}

	const next = exchange.call('config', {}, mainTarget);
	await vi.advanceTimersByTimeAsync(1.01 * windowMs);
	expect(await next).toMatchObject({label: 'main'});
});
