import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {testKey} from '../../source/actions/test.ts';
import {wireError} from '../helpers/fakes.ts';
import {setUp} from './tested-key.ts';

test('a test that is called off rejects at once and keeps what was known', async () => {
	const {context} = await setUp();
	const stop = new AbortController();
	const running = testKey(context, 'm', {
		signal: stop.signal,
		onLayer: ({name}) => {
			if (name === 'tcp') stop.abort(new Error('called off'));
		},
	});
	await expect(running).rejects.toThrow('called off');
	expect(context.vault.read().keys[0]!.lastTest).toBeNull();
});

test('a test that is called off after its last layer stores nothing either', async () => {
	const {context} = await setUp();
	const stop = new AbortController();
	const running = testKey(context, 'm', {
		signal: stop.signal,
		onLayer: ({name}) => {
			if (name === 'ip') stop.abort(new Error('called off'));
		},
	});
	await expect(running).rejects.toThrow('called off');
	expect(context.vault.read().keys[0]!.lastTest).toBeNull();
});

test('a test that is called off while the exchange is asked what it announces rejects at once', async () => {
	const {context} = await setUp();
	const stop = new AbortController();
	let given: AbortSignal | undefined;
	const call = (async (
		name: string,
		_parameters: unknown,
		_target: unknown,
		{signal}: {readonly signal: AbortSignal},
	) => {
		if (name !== 'status') throw wireError({kind: 'code', exchangeCode: '50001', httpStatus: 503});
		given = signal;
		stop.abort(new Error('called off'));
		return new Promise(() => {});
	}) as unknown as Context['exchange']['call'];
	await expect(
		testKey({...context, exchange: {...context.exchange, call}}, 'm', {signal: stop.signal}),
	).rejects.toThrow('called off');
	expect(given?.reason).toMatchObject({message: 'called off'});
});
