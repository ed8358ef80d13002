import {expect, test} from 'vitest';
import type {ServerResponse} from 'node:http';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {askOtherSites} from '../../source/actions/sites.ts';
import {otherHosts} from '../../source/exchange/sites.ts';
import {createExchange} from '../../source/exchange/client.ts';
import {hasOpenssl} from '../exchange/authority.ts';
import {internet} from '../exchange/internet.ts';
import {fakeContext} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';

const onNet = test.skipIf(!hasOpenssl);

const refusing =
	(code: string, status = 401) =>
	(_: unknown, response: ServerResponse) => {
		response.writeHead(status).end(JSON.stringify({code, msg: 'no'}));
	};
const knowing = (_: unknown, response: ServerResponse) => {
	response.end(
		JSON.stringify({code: '0', data: [{uid: '1', mainUid: '1', label: 'main', perm: 'read_only', ip: '', kycLv: '2'}]}),
	);
};
const silent = (_: unknown, response: ServerResponse) => {
	response.destroy();
};

function keyOnGlobal() {
	return fakeContext(
		{keys: [storedKey({id: 'k', site: 'global'})]},
		{exchange: createExchange({clock: Date.now}), sandbox: false},
	).context;
}

test('the other sites are those of the table, and a key of the sandbox has none', () => {
	expect(otherHosts('eea').map(({host}) => host)).toEqual(['openapi.okx.com', 'us.okx.com', 'tr.okx.com']);
	expect(otherHosts('sandbox')).toEqual([]);
	expect(otherHosts('http://127.0.0.1:8080')).toEqual([]);
});

onNet('the site that knows the key is named, and those after it are not asked', async () => {
	const hosts = await internet({
		'openapi.okx.com': refusing('50119'),
		'eea.okx.com': refusing('50119'),
		'us.okx.com': knowing,
		'tr.okx.com': knowing,
	});
	const told: string[] = [];
	const context = keyOnGlobal();
	expect(
		await askOtherSites(context, 'k', {
			onSite: ({site}, answer) => {
				told.push(`${site} ${answer}`);
			},
		}),
	).toEqual({site: 'us', unclear: []});
	expect(told).toEqual(['eea asking', 'eea does-not-know', 'us asking', 'us knows']);
	expect([hosts['openapi.okx.com'].heard.length, hosts['tr.okx.com'].heard.length]).toEqual([0, 0]);
	expect(hosts['us.okx.com'].heard).toEqual([{path: '/api/v5/account/config', signed: true}]);

	await editKey(context, await planEdit(context, 'k', {site: 'us'}));
	expect(context.vault.read().keys[0]).toMatchObject({site: 'us', lastTest: null});
});

onNet.each(['50105', '50110', '50113', '50101', '50100'])(
	'a site that refuses the key with %s knows it all the same',
	async code => {
		await internet({'eea.okx.com': refusing(code)});
		expect((await askOtherSites(keyOnGlobal(), 'k')).site).toBe('eea');
	},
);

onNet('a site that cannot be asked is told apart from one that does not know the key', async () => {
	await internet({'eea.okx.com': silent, 'us.okx.com': refusing('50119'), 'tr.okx.com': refusing('50119')});
	expect(await askOtherSites(keyOnGlobal(), 'k')).toEqual({site: null, unclear: ['eea']});
});

onNet('an aborted search waits for no site', async () => {
	const asked = Promise.withResolvers<void>();
	await internet({
		'eea.okx.com': () => {
			asked.resolve();
		},
	});
	const stop = new AbortController();
	const reason = new Error('enough');
	const asking = askOtherSites(keyOnGlobal(), 'k', {signal: stop.signal}).catch((error: unknown) => error);
	await asked.promise;
	stop.abort(reason);
	expect(await asking).toBe(reason);
});
