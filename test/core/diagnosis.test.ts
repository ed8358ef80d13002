import fc from 'fast-check';
import {expect, test} from 'vitest';
import {addressIn, diagnose, knownCodes, type WireFailure} from '../../source/core/diagnosis.ts';
import {exits, type Exit} from '../../source/errors.ts';

const code = (exchangeCode: string, more: Partial<WireFailure> = {}): WireFailure => ({kind: 'code', host: 'openapi.okx.com', exchangeCode, ...more});
const kinds = ['dns', 'refused', 'reset', 'unreachable', 'timeout', 'tls', 'redirect', 'web-page', 'garbage', 'too-large', 'unsendable', 'unexpected'] as const;

// okx/api.md §6, with the exit statuses of product.md.
test.each([
	['50103 50104 50105 50106 50107 50111 50113', 'authentication'],
	['50119 59506 59510', 'keyMissing'],
	['50110', 'ipNotAllowed'],
	['50102 50112', 'clockSkew'],
	['50101 50038 50051 50067 50121 51155 51734', 'wrongSite'],
	['50120 50030 50114 50035 50041 59500 59604 59550 50060', 'permissionMissing'],
	['50100 50007 50012 50027 50028 50029 59508 59519', 'frozen'],
	['50001 50004 50013 50026 50046 404', 'exchangeDown'],
	['50011 50040 50061', 'rateLimited'],
	['59501 59502 59503 59504 59505', 'usage'],
	['1 2 50000 50002 50006 50014 50115 51000', 'unexpected'],
] as const)('%s end with %s', (codes, exit) => {
	for (const one of codes.split(' ')) {
		expect(knownCodes).toContain(one);
		expect([one, diagnose(code(one)).exit]).toEqual([one, exit]);
	}
});

test.each(knownCodes)('%s says what is wrong, with the code itself, and what to do', one => {
	const {cause, fix} = diagnose(code(one));
	expect(cause).toMatch(new RegExp(`^[A-Z].+\\(${one}\\)$`, 's'));
	expect(fix).toMatch(/^[A-Z].+\.$/s);
	expect(cause + fix).not.toMatch(/undefined|null|NaN|\[object/);
});

test.each(kinds)('%s says what is wrong and what to do, with and without words', kind => {
	for (const more of [{}, {message: 'words', httpStatus: 503}]) {
		const {cause, fix, exit} = diagnose({kind, host: 'openapi.okx.com', ...more});
		expect(cause).toMatch(/^.+\.$/s);
		expect(fix).toMatch(/^[A-Z].+\.$/s);
		expect(exits).toHaveProperty(exit);
		expect(cause + fix).not.toMatch(/undefined|null|NaN/);
	}
});

test('no code whatsoever makes it fail', () => {
	const anything = fc.record({exchangeCode: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty')), httpStatus: fc.integer(), message: fc.string()}, {requiredKeys: []});
	fc.assert(fc.property(anything, failure => {
		const {cause, fix, exit} = diagnose({kind: 'code', host: 'host', ...failure});
		expect([typeof cause, typeof fix, Object.hasOwn(exits, exit)]).toEqual(['string', 'string', true]);
	}));
});

test.each([
	[429, 'rateLimited'], [503, 'exchangeDown'], [401, 'authentication'], [200, 'unexpected'],
] as const)('an unknown code with HTTP %i ends with %s and repeats the words of the exchange', (httpStatus, exit: Exit) => {
	expect(diagnose(code('77777', {httpStatus, message: 'odd'}))).toMatchObject({exit, cause: 'The exchange refused: “odd”. (77777)'});
});

test('a web page is a filter in the way, unless its status says that the exchange is down', () => {
	const page = (httpStatus: number) => diagnose({kind: 'web-page', host: 'host', httpStatus}).exit;
	expect([page(403), page(502), page(429)]).toEqual(['network', 'exchangeDown', 'rateLimited']);
});

test('a measured clock is told with its side', () => {
	expect(diagnose(code('50102'), {skewMs: 45_000}).cause).toContain('45 s ahead of');
	expect(diagnose(code('50102'), {skewMs: -45_000}).cause).toContain('45 s behind');
});

test('a wait that the exchange asks for is told', () => {
	expect(diagnose(code('50011', {retryAfterMs: 3_600_000})).fix).toBe('Wait 3600 s.');
});

test.each([
	['Your IP 203.0.113.7 is not included', '203.0.113.7'],
	['ip:203.0.113.7.', '203.0.113.7'],
	['the address 2001:db8::7 is refused', '2001:db8::7'],
	['(2001:DB8:0:0:0:0:0:7)', '2001:db8::7'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['at 12:30:45 on 1.2.3 nothing was found: face, dead: beef', undefined],
	['999.1.1.1', undefined],
	['', undefined],
	[undefined, undefined],
])('the address in %j is %j', (message, address) => {
	expect(addressIn(message)).toBe(address);
});

test('a refused IPv6 address comes with the way around it', () => {
	const {cause, fix} = diagnose(code('50110', {message: 'the address 2001:db8::7 is not on the list'}));
	expect(cause).toContain('2001:db8::7');
	expect(fix).toContain('IPv4');
});
