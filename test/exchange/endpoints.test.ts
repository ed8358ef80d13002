import {expect, test} from 'vitest';
import type {EndpointName} from '../../source/exchange/endpoint.ts';
import {endpoints} from '../../source/exchange/endpoints.ts';

const names = Object.keys(endpoints) as EndpointName[];

test.each(names)('%s changes something exactly when it is a POST', name => {
	const {method, writes = false} = endpoints[name];
	expect(writes).toBe(method === 'POST');
});

test.each(names)('%s lies either in the API or on the stand-in of the page, never in both', name => {
	const {path, sandboxOnly = false} = endpoints[name];
	expect(path.startsWith(sandboxOnly ? '/sandbox/page/' : '/api/v5/')).toBe(true);
});

test('what a change leaves out is not sent, and an empty list is sent as one', () => {
	const {request} = endpoints.modifySubKey;
	const key = {subAccount: 'quantdesk01', apiKey: 'a'};
	expect(JSON.parse(JSON.stringify(request(key).body))).toEqual({subAcct: 'quantdesk01', apiKey: 'a'});
	expect(request({...key, ip: [], permissions: ['trade']}).body).toMatchObject({ip: '', perm: 'read_only,trade'});
});

test('a made key bound to no address leaves the list out', () => {
	const {body} = endpoints.createSubKey.request({
		subAccount: 'quantdesk01',
		label: 'bot',
		passphrase: 'x',
		permissions: [],
		ip: [],
	});
	expect(JSON.parse(JSON.stringify(body))).toEqual({
		subAcct: 'quantdesk01',
		label: 'bot',
		passphrase: 'x',
		perm: 'read_only',
	});
});

const config = {
	uid: '1',
	mainUid: '2',
	label: 'bot',
	perm: 'withdraw,read_only,trade',
	ip: '',
	kycLv: '2',
	brandNew: {field: 1},
};

test('permissions come in our order, whatever theirs is, and no address is an empty list', () => {
	expect(endpoints.config.decode([config])).toEqual({
		uid: '1',
		mainUid: '2',
		label: 'bot',
		permissions: ['read', 'trade', 'withdraw'],
		ip: [],
		kycLv: '2',
	});
});

test.each([['read,trade'], ['read_only,trade'], ['trade'], ['trade, read_only']])('reads the permissions %s', perm => {
	expect(endpoints.config.decode([{...config, perm}]).permissions).toEqual(['read', 'trade']);
});

test('unknown-permission-dropped: a permission that we do not know is kept, cleaned', () => {
	expect(endpoints.config.decode([{...config, perm: 'trade,something_new'}]).permissions).toEqual([
		'read',
		'trade',
		'something_new',
	]);
	expect(
		endpoints.subKeys.decode([{label: '', apiKey: 'k', ip: '', perm: 'read_only,\u{1B}[2J'}])[0]?.permissions,
	).toEqual(['read', String.raw`\u{1b}[2J`]);
});

test('endless-label: a text longer than any of theirs is not theirs', () => {
	expect(endpoints.config.decode([{...config, label: 'x'.repeat(4096)}]).label).toHaveLength(4096);
	for (const field of ['label', 'ip', 'perm'])
		expect(() => endpoints.config.decode([{...config, [field]: 'x'.repeat(4097)}])).toThrow();
});

test('hostile texts are made visible where they come in', () => {
	const {label, ip} = endpoints.config.decode([
		{...config, label: '\u{1B}[8mmain\u{202E}', ip: '203.0.113.7,2001:db8::/32'},
	]);
	expect(label).toBe('\\u{1b}[8mmain\\u{202e}');
	expect(ip).toEqual(['203.0.113.7', '2001:db8::/32']);
});

test.each([
	[undefined],
	[null],
	[{}],
	[[]],
	[[null]],
	[['x']],
	[[{...config, perm: 7}]],
	[[{...config, uid: undefined}]],
])('config refuses %j', data => {
	expect(() => endpoints.config.decode(data)).toThrow();
});

test('a made key is not lost over a side field', () => {
	expect(endpoints.createSubKey.decode([{apiKey: 'a', secretKey: 'S'}])).toEqual({
		apiKey: 'a',
		secretKey: 'S',
		label: '',
		permissions: ['read'],
		ip: [],
		createdAt: 0,
	});
	expect(() => endpoints.createSubKey.decode([{apiKey: 'a', secretKey: ''}])).toThrow();
});

test.each([
	[[{subAcct: 'quantdesk01'}], 'quantdesk01'],
	[[], ''],
	[undefined, ''],
	[{}, ''],
])('a deletion is done whatever is said beside its code: %j', (data, subAccount) => {
	expect(endpoints.deleteSubKey.decode(data)).toEqual({subAccount});
});

test('a full page of sub-accounts is followed by the next, and a server that repeats itself is left', () => {
	const page = Array.from({length: 100}, (_, index) => ({
		name: `sub${index}`,
		uid: '1',
		label: '',
		enabled: true,
		createdAt: 1000 + index,
	}));
	const next = endpoints.subAccounts.next!;
	expect(next(page, {})).toEqual({after: 1000});
	expect(next(page, {after: 1000})).toBeUndefined();
	expect(next(page.slice(1), {})).toBeUndefined();
});
