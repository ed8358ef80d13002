import {subscribe, unsubscribe} from 'node:diagnostics_channel';
import type {RequestListener, ServerResponse} from 'node:http';
import {setImmediate as turn} from 'node:timers/promises';
import {expect, test, vi} from 'vitest';
import {isAppError} from '../../source/core/errors.ts';
import {Secret} from '../../source/core/secret.ts';
import {stopTime} from '../helpers/time.ts';
import {clientOf, failing, server, world} from './helpers.ts';
import {ok} from './client-fixtures.ts';

/** Tells how a call has failed, if it has. */
function watched(call: Promise<unknown>): {readonly ended: Promise<void>; readonly failure: () => unknown} {
	let failure: unknown;
	const ended = (async () => {
		const {exit, details} = await failing(call);
		failure = [exit, details.failure?.kind];
	})();
	return {ended, failure: () => failure};
}

test('an abort ends a call at once, wherever it is', {timeout: 10_000}, async () => {
	const silent = await server(() => undefined);
	const slow = await server((_, response) => response.writeHead(200).write('{"code":'));
	const broken = await server((_, response) => response.destroy());
	for (const [{url}, step] of [
		[silent, 'http.client.request.start'],
		[slow, 'http.client.response.finish'],
		// It is the pause before the next attempt that is ended.
		[broken, 'http.client.request.error'],
	] as const) {
		const {exchange, target} = clientOf(url, {timing: {attemptMs: 600_000, totalMs: 600_000, pauses: [600_000]}});
		const reason = new Error('enough');
		const controller = new AbortController();
		const reached = Promise.withResolvers<undefined>();
		const note = () => {
			reached.resolve(undefined);
		};
		subscribe(step, note);
		const ended = expect(exchange.call('config', {}, target, {signal: controller.signal})).rejects.toBe(reason);
		await reached.promise;
		unsubscribe(step, note);
		await turn();
		// Nothing else ends it before the test is over.
		controller.abort(reason);
		await ended;
	}
});

test('a call that was aborted before it began sends nothing', async () => {
	const {url, heard} = await server((_, response) => response.end(ok([])));
	const {exchange, target} = clientOf(url);
	const signal = AbortSignal.abort(new Error('never mind'));
	await expect(exchange.call('config', {}, target, {signal})).rejects.toThrow('never mind');
	expect(heard).toEqual([]);
});

test.each<readonly [string, RequestListener]>([
	['never answers', () => undefined],
	['never ends its answer', (_, response) => response.writeHead(200).write('{"code":')],
])('an exchange that %s is given up after ten seconds', async (_, listener) => {
	const asked = Promise.withResolvers<void>();
	const {url} = await server((request, response) => {
		listener(request, response);
		asked.resolve();
	});
	const {exchange, target} = clientOf(url);
	stopTime();
	const {ended, failure} = watched(exchange.call('time', {}, target));
	await asked.promise;
	await vi.advanceTimersByTimeAsync(9999);
	expect(failure()).toBeUndefined();
	await vi.advanceTimersByTimeAsync(1);
	await ended;
	expect(failure()).toEqual(['network', 'timeout']);
});

test('a call of several pages is given up after fifteen seconds, however short each of them took', async () => {
	const page = Array.from({length: 100}, (_, index) => ({
		uid: `${index}`,
		subAcct: `sub${index}`,
		label: '',
		enable: true,
		ts: `${9999 - index}`,
	}));
	const asked = [Promise.withResolvers<ServerResponse>(), Promise.withResolvers<ServerResponse>()] as const;
	let count = 0;
	const {url} = await server((_, response) => asked[count++]!.resolve(response));
	const {exchange, target} = clientOf(url);
	stopTime();
	const {ended, failure} = watched(exchange.call('subAccounts', {}, target));
	const first = await asked[0].promise;
	await vi.advanceTimersByTimeAsync(8000);
	first.end(ok(page));
	await asked[1].promise;
	await vi.advanceTimersByTimeAsync(6999);
	expect(failure()).toBeUndefined();
	await vi.advanceTimersByTimeAsync(1);
	await ended;
	expect(failure()).toEqual(['network', 'timeout']);
});

test('a vault that is locked before the call was signed is told as that, not as a wrong key', async () => {
	const {exchange, mainTarget, state} = await world();
	const {secretKey, passphrase} = mainTarget.credential;
	const credential = {
		...mainTarget.credential,
		secretKey: new Secret(secretKey.reveal()),
		passphrase: new Secret(passphrase.reveal()),
	};
	const before = JSON.stringify(state());
	const call = exchange.call('config', {}, {...mainTarget, credential});
	credential.secretKey.wipe();
	credential.passphrase.wipe();
	await expect(call).rejects.toSatisfy(error => isAppError(error, 'locked'));
	expect(JSON.stringify(state())).toBe(before);
});
