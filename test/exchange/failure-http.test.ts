import {describe, expect, test, type TestContext} from 'vitest';
import {clientOf, closedPort, failing, server} from './helpers.ts';
import {answers, ways, type Way} from './http-failures.ts';

describe('over HTTP', () => {
	const isTold = async ([, listener, kind, exit, cause, fix]: Way, {expect, onTestFinished}: TestContext) => {
		const {url} = await server(listener, onTestFinished);
		const {exchange, target} = clientOf(url);
		const error = await failing(exchange.call('config', {}, target));
		expect([error.exit, error.details.failure?.kind]).toEqual([exit, kind]);
		expect(error.message).toMatch(cause);
		expect(error.hint).toMatch(fix);
	};
	test.for(ways.filter(([, , , exit]) => exit !== 'rateLimited'))('%s', isTold);
	// Together, for each is repeated only after a while.
	test.concurrent.for(ways.filter(([, , , exit]) => exit === 'rateLimited'))('%s', isTold);
});

test('a redirect to another site of the exchange is named and not followed', async () => {
	const {url, heard} = await server(answers(302, '', {location: 'https://my.okx.com/api/v5/account/config?key=1'}));
	const {exchange, target} = clientOf(url);
	const error = await failing(exchange.call('config', {}, target));
	expect([error.exit, error.details.failure]).toEqual([
		'wrongSite',
		{kind: 'redirect', host: url.host, httpStatus: 302, message: 'https://my.okx.com', site: 'eea'},
	]);
	expect(heard).toHaveLength(1);
});

test('a closed port', async () => {
	const {exchange, target} = clientOf(await closedPort());
	expect(await failing(exchange.call('config', {}, target))).toMatchObject({
		exit: 'network',
		message: expect.stringMatching(/refused the connection\.$/),
		hint: expect.stringContaining('firewall'),
	});
});
