import fc from 'fast-check';
import {expect, test} from 'vitest';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import {knownCodes} from '../../source/core/diagnosis/okx-codes/codes.ts';
import {connectionKinds} from '../../source/core/diagnosis/connection.ts';
import {addressIn} from '../../source/core/diagnosis/row.ts';
import type {WireFailure} from '../../source/core/failures/wire-failure.ts';
import {clockServices} from '../../source/core/diagnosis/clock-service.ts';
import {sanitize, isPrintable} from '../../source/core/text/sanitize.ts';
import {exits, type Exit} from '../../source/core/exit-status.ts';
import documented from './fixtures/exchange-codes.json' with {type: 'json'};

const code = (exchangeCode: string, more: Partial<WireFailure> = {}): WireFailure => ({
	kind: 'code',
	host: 'openapi.okx.com',
	exchangeCode,
	...more,
});

// docs/okx-api.md §6, with the exit statuses of product.md.
const ends = {
	authentication: '50103 50104 50105 50106 50107 50108 50109 50111 50113',
	keyMissing: '50008 50119 58115 59506 59510',
	ipNotAllowed: '50110',
	clockSkew: '50102 50112',
	wrongSite: '50038 50051 50052 50053 50067 50101 50121 51734 59114',
	permissionMissing:
		'50030 50032 50033 50035 50041 50048 50050 50059 50060 50063 50069 50072 50075 50114 50120 50124 51010 ' +
		'58119 58127 58128 58228 59002 59113 59500 59509 59512 59518 59550 59604 59613 59614',
	frozen:
		'50007 50009 50012 50017 50018 50019 50020 50021 50022 50023 50027 50028 50029 50100 59508 59515 59516 59517 59519',
	exchangeDown: '404 50001 50004 50005 50013 50026 50046 50062 50064',
	rateLimited: '50011 50040 50061',
	usage: '50116 50118 59501 59502 59503 59504 59505 59507 59601 59603 59606',
	unexpected:
		'1 2 50000 50002 50006 50010 50014 50015 50016 50024 50025 50036 50037 50039 50042 50045 50055 50056 ' +
		'50057 50058 50071 50076 50077 50115 50122 51000 51001 51003 51155 51400 51407 59004 59402 59612 59615 ' +
		'59616 59617 59618 59691 59692 59693',
} as const satisfies Partial<Record<Exit, string>>;

test.each(Object.entries(ends))('these end with %s: %s', (exit, codes) => {
	for (const one of codes.split(' ')) expect([one, diagnose(code(one)).exit]).toEqual([one, exit]);
});

test('every code that is documented for these calls has a row, and every row is looked at here', () => {
	const lookedAt = Object.values(ends).flatMap(codes => codes.split(' '));
	expect(lookedAt.toSorted()).toEqual(knownCodes.toSorted());
	expect(documented.map(({code}) => code).filter(one => !knownCodes.includes(one))).toEqual([]);
	expect(documented.length).toBeGreaterThan(130);
});

/** What may come out of the codes of an area, so that none is filed under something else. */
const areas: Readonly<Record<string, readonly Exit[]>> = {
	general: ['exchangeDown', 'unexpected'],
	'api-auth': ['authentication', 'clockSkew', 'permissionMissing'],
	'api-key': ['keyMissing', 'ipNotAllowed', 'wrongSite', 'permissionMissing', 'frozen', 'usage'],
	permission: ['permissionMissing'],
	region: ['wrongSite', 'permissionMissing'],
	kyc: ['permissionMissing'],
	'rate-limit': ['rateLimited', 'exchangeDown'],
	demo: ['wrongSite', 'unexpected'],
	'account-state': ['frozen', 'permissionMissing', 'keyMissing'],
	parameter: ['unexpected'],
	trade: ['unexpected'],
	subaccount: ['keyMissing', 'permissionMissing', 'frozen', 'usage', 'unexpected'],
	'subaccount-apikey': ['usage', 'keyMissing', 'permissionMissing'],
};

test.each(documented)(
	'$code (HTTP $http) is what its area, $area, says, whatever the HTTP status',
	({code: one, http, area}) => {
		const {exit} = diagnose(code(one, {httpStatus: http}));
		expect(areas[area]).toContain(exit);
		for (const httpStatus of [200, 401, 429, 503]) expect(diagnose(code(one, {httpStatus})).exit).toBe(exit);
	},
);

test('too many calls are told apart: those of an account (HTTP 200), and those from an address (HTTP 429)', () => {
	const [account, address] = [200, 429].map(httpStatus => diagnose(code('50011', {httpStatus})));
	expect([account?.exit, address?.exit]).toEqual(['rateLimited', 'rateLimited']);
	expect(account?.cause).toContain('the keys of this account');
	expect(address?.cause).toContain('from this address');
});

test.each(knownCodes)('%s says what is wrong, with the code itself, and what to do', one => {
	const {cause, fix} = diagnose(code(one));
	expect(cause).toMatch(new RegExp(`^[A-Z].+\\(${one}\\)$`, 's'));
	expect(fix).toMatch(/^[A-Z].+\.$/s);
	expect(cause + fix).not.toMatch(/undefined|null|NaN|\[object/);
});

test.each(connectionKinds)('%s says what is wrong and what to do, with and without words', kind => {
	for (const more of [{}, {message: 'words', httpStatus: 503}]) {
		const {cause, fix, exit} = diagnose({kind, host: 'openapi.okx.com', ...more});
		expect(cause).toMatch(/^.+\.$/s);
		expect(fix).toMatch(/^[A-Z].+\.$/s);
		expect(exits).toHaveProperty(exit);
		expect(cause + fix).not.toMatch(/undefined|null|NaN/);
	}
});

const anyText = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.constantFrom('\u{1B}]0;x\u{7}', '\u{202E}gpj', 'a\nb', '\u{1B}[2J', '203.0.113.7', '::1'),
);
const measuredAnyhow = fc.record(
	{
		skewMs: fc.option(fc.integer()),
		environment: fc.constantFrom('live', 'demo'),
		ip: fc.array(fc.oneof(anyText, fc.constantFrom('10.0.0.0/8', '2001:db8::/32', '::/1'))),
		site: fc.oneof(anyText, fc.constantFrom('global', 'sandbox', 'http://127.0.0.1')),
		clockService: fc.constantFrom(...clockServices),
	} as const,
	{requiredKeys: []},
);

test('hostile-message: whatever the exchange sends, its code is told, and nothing steers a terminal', () => {
	const anyCode = fc.oneof(
		fc.string({unit: 'binary'}),
		fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', ...knownCodes),
	);
	const anything = fc.record(
		{exchangeCode: anyCode, httpStatus: fc.integer(), message: anyText, retryAfterMs: fc.nat()},
		{requiredKeys: ['exchangeCode']},
	);
	fc.assert(
		fc.property(anything, measuredAnyhow, (failure, measured) => {
			const {cause, fix, exit} = diagnose({kind: 'code', host: 'host', ...failure}, measured);
			expect(cause.endsWith(` (${sanitize(failure.exchangeCode)})`)).toBe(true);
			expect([isPrintable(cause), isPrintable(fix), Object.hasOwn(exits, exit)]).toEqual([true, true, true]);
		}),
		{numRuns: 500},
	);
});

test('hostile-message: whatever a connection ends with, nothing that steers a terminal is told', () => {
	const anything = fc.record(
		{
			kind: fc.constantFrom(...connectionKinds),
			host: anyText,
			httpStatus: fc.integer(),
			message: anyText,
			retryAfterMs: fc.nat(),
			tls: fc.constantFrom('expired', 'not-yet', 'self-signed', 'authority', 'name', 'revoked', 'protocol'),
			dns: fc.constantFrom('not-found', 'no-answer'),
			certificate: fc.record({issuer: anyText, from: anyText, until: anyText}),
			proxy: fc.record(
				{
					address: anyText,
					variable: fc.constantFrom('HTTPS_PROXY', 'all_proxy'),
					isLoggedIn: fc.boolean(),
					problem: fc.constantFrom('value', 'scheme', 'socks'),
				},
				{requiredKeys: ['variable']},
			),
		} as const,
		{requiredKeys: ['kind', 'host']},
	);
	fc.assert(
		fc.property(anything, measuredAnyhow, (failure, measured) => {
			const {cause, fix, exit} = diagnose(failure, measured);
			expect([isPrintable(cause), isPrintable(fix), Object.hasOwn(exits, exit)]).toEqual([true, true, true]);
		}),
		{numRuns: 500},
	);
});

test.each([
	[429, 'rateLimited'],
	[503, 'exchangeDown'],
	[401, 'authentication'],
	[200, 'unexpected'],
] as const)(
	'an unknown code with HTTP %i ends with %s and repeats the words of the exchange',
	(httpStatus, exit: Exit) => {
		const what = httpStatus >= 500 ? 'has an error of its own' : 'refused';
		expect(diagnose(code('77777', {httpStatus, message: 'odd'}))).toMatchObject({
			exit,
			cause: `The exchange ${what}, with a code that is not known here: “odd”. (77777)`,
		});
	},
);

test('a web page is a filter in the way, unless its status says that the exchange is down', () => {
	const page = (httpStatus: number) => diagnose({kind: 'web-page', host: 'host', httpStatus}).exit;
	expect([page(403), page(502), page(429)]).toEqual(['network', 'exchangeDown', 'rateLimited']);
});

test.each([
	['Your IP 203.0.113.7 is not included', '203.0.113.7'],
	['ip:203.0.113.7.', '203.0.113.7'],
	['the address 2001:db8::7 is refused', '2001:db8::7'],
	['(2001:DB8:0:0:0:0:0:7)', '2001:db8::7'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['at 12:30:45 on 1.2.3 nothing was found: face, dead: beef', undefined],
	[
		"Your IP 203.0.113.7 is not included in your API key's b68428e0-6ea2-4dd8-9de2-af7f6114ecb8 IP whitelist.",
		'203.0.113.7',
	],
	["Your IP 2001:db8:2::7 is not included in your API key's b684••••ecb8 IP whitelist.", '2001:db8:2::7'],
	["Your IP 2001:db8:2::7 is not included in your API key's b68428e0 IP whitelist.", '2001:db8:2::7'],
	["Your IP 2001:db8:2:0:1:2:3:4 is not included in your API key's IP whitelist.", '2001:db8:2:0:1:2:3:4'],
	['API key b68428e0-6ea2-4dd8-9de2-af7f6114ecb8: 203.0.113.7 is not on its list', '203.0.113.7'],
	['[2001:db8::7]:443', '2001:db8::7'],
	['203.0.113.7:443', '203.0.113.7'],
	['com.okx.Gateway::Error :: no address', undefined],
	['999.1.1.1', undefined],
	['', undefined],
	[undefined, undefined],
])('the address in %j is %j', (message, address) => {
	expect(addressIn(message)).toBe(address);
});
