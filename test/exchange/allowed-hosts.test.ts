import {expect, test} from 'vitest';
import {createExchange} from '../../source/exchange/client.ts';
import {reachSite} from '../../source/exchange/probe/site-probe.ts';
import {canary, failing} from './helpers.ts';

test('credential-to-foreign-host: a host that the settings allow no more is asked nothing', async () => {
	let allowed = ['okx.invalid'];
	const exchange = createExchange({clock: Date.now, allowedHosts: () => allowed});
	const target = {site: 'https://okx.invalid', environment: 'live', credential: canary} as const;
	expect((await exchange.locate(target.site)).host).toBe('okx.invalid');
	expect(exchange.mayBeCalled!(target.site)).toBe(true);
	allowed = [];
	const {layers, failure} = await reachSite(exchange, target, {clock: Date.now});
	expect(failure).toEqual({kind: 'not-allowed', host: 'okx.invalid'});
	expect(layers.every(({ok}) => ok === null)).toBe(true);
	const error = await failing(exchange.call('config', {}, target));
	expect(error).toMatchObject({exit: 'wrongSite', details: {failure: {kind: 'not-allowed'}}});
	expect(error.message).not.toContain(canary.apiKey);
});
