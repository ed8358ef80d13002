import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {
	existingNameProblem,
	nameProblem,
	parsePermissions,
	passphraseProblem,
	permissionsProblem,
	subAccountProblem,
} from '../../source/core/validate.ts';
import {ipListProblem, ipProblem} from '../../source/core/ip/validate.ts';
import {canonicalIp, ipAllowed, splitIps} from '../../source/core/ip/address.ts';

describe('a name', () => {
	test.each(['bot1', 'ten-chars!', '机器人一号', '👨‍👩‍👧👨‍👩‍👧'])('%s is allowed', name => {
		expect(nameProblem(name)).toBeUndefined();
	});

	test.each([
		['', /needs a name/],
		['   ', /needs a name/],
		['elevenchars', /11 characters/],
		['bot\u0007', /\\u\{7\}/],
		['a\nb', /\\u\{a\}/],
		['\u202Etob', /\\u\{202e\}/],
		['bo\u200Bt', /invisible/],
		[' bot', /space/],
		['a\uD800', /invisible/],
	])('%j is refused, and the reason shows nothing raw', (name, reason) => {
		const found = nameProblem(name);
		expect(found?.problem).toMatch(reason);
		expect(found?.problem).not.toMatch(/[\u0000-\u001F\u202E\u200B\uD800]/);
		expect(found?.fix).not.toBe('');
	});
});

describe('the name of a key that exists', () => {
	test.each(['okx-grid-bot-btc-usdt-swap-1', 'x'.repeat(50), 'Grid bot (EU), no. 2'])(
		'long-name-refused: may be as long as the exchange allows: %s',
		name => {
			expect(existingNameProblem(name)).toBeUndefined();
		},
	);

	test.each([
		['x'.repeat(51), /51 characters; the exchange allows 50/],
		['', /needs a name/],
		['a\nb', /\\u\{a\}/],
	])('%j is refused', (name, reason) => {
		expect(existingNameProblem(name)?.problem).toMatch(reason);
		expect(existingNameProblem('x'.repeat(5000))!.problem.length).toBeLessThan(120);
	});
});

describe('an allow-list', () => {
	test.each(['203.0.113.7', '203.0.113.0/24', '2001:db8::7', '2001:db8::/32', '::1', '10.0.0.0/8'])(
		'%s is allowed',
		entry => {
			expect(ipProblem(entry)).toBeUndefined();
		},
	);

	test.each([
		'',
		'0.0.0.0',
		'0.0.0.0/0',
		'::',
		'::/0',
		'256.1.1.1',
		'1.2.3',
		'127.1',
		'0x7f.0.0.1',
		'010.0.0.1',
		'1.2.3.4/33',
		'::ffff:0:0/96',
		'1.2.3.4/08',
		'2001:db8::/129',
		'fe80::1%eth0',
		'1.2.3.4/24/1',
		'1.2.3.4/',
		'garbage',
		'a.example',
		'\u001B[31m1.2.3.4',
	])('%j is refused', entry => {
		const found = ipProblem(entry);
		expect(found).toBeDefined();
		expect(found!.problem).not.toContain('\u001B');
	});

	test('holds at most 20 entries', () => {
		const many = Array.from({length: 21}, (_, index) => `203.0.113.${index}`);
		expect(ipListProblem(many)?.problem).toMatch(/21 addresses/);
		expect(ipListProblem(many.slice(1))).toBeUndefined();
	});

	test('holds nothing twice, however it is spelt', () => {
		expect(ipListProblem(['2001:db8::1', '2001:DB8:0:0::1'])?.problem).toMatch(/twice/);
		expect(ipListProblem(['1.2.3.4', '1.2.3.4/32'])?.problem).toMatch(/twice/);
	});

	test('is split at commas, spaces and new lines', () => {
		expect(splitIps(' 1.1.1.1, 2.2.2.2\n3.3.3.3 ,')).toEqual(['1.1.1.1', '2.2.2.2', '3.3.3.3']);
	});

	test('covers an address by value, IPv4 and IPv6 apart, and mapped addresses as IPv4', () => {
		expect(ipAllowed('203.0.113.9', ['203.0.113.0/24'])).toBe(true);
		expect(ipAllowed('203.0.114.9', ['203.0.113.0/24'])).toBe(false);
		expect(ipAllowed('2001:db8::9', ['2001:db8::/32', '1.2.3.4'])).toBe(true);
		expect(ipAllowed('::ffff:1.2.3.4', ['1.2.3.4'])).toBe(true);
		expect(ipAllowed('2001:db8::9', ['1.2.3.4'])).toBe(false);
		expect(ipAllowed('anything', [])).toBe(true);
		expect(ipAllowed('garbage', ['1.2.3.4'])).toBe(false);
	});

	test('an address is in the list of itself, whatever address it is', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.ipV4(), fc.ipV6()),
				address => ipAllowed(address, [address]) && ipAllowed(canonicalIp(address), [address]),
			),
		);
	});
});

describe('the passphrase of a key', () => {
	test.each([
		['Ab1!', /4 characters/],
		[`Ab1!${'x'.repeat(29)}`, /33 characters/],
		['abcdefg1!', /upper-case/],
		['ABCDEFG1!', /lower-case/],
		['Abcdefgh!', /digit/],
		['Abcdefgh1', /special/],
		['Abcdef 1!', /space/],
		['Пароль-9Aa!', /ASCII/],
	])('%s is refused', (passphrase, reason) => {
		expect(passphraseProblem(passphrase)?.problem).toMatch(reason);
	});

	test('of four kinds and 8 to 32 characters is allowed', () => {
		expect(passphraseProblem('Correct-Horse9!')).toBeUndefined();
	});

	test('never appears in its own refusal', () => {
		expect(JSON.stringify(passphraseProblem('abcdefg1!'))).not.toContain('abcdefg1!');
	});
});

test('read is always among the permissions, in the order of the exchange', () => {
	expect(parsePermissions('')).toEqual(['read']);
	expect(parsePermissions('withdraw, trade')).toEqual(['read', 'trade', 'withdraw']);
	expect(parsePermissions('read_only,TRADE')).toEqual(['read', 'trade']);
	expect(() => parsePermissions('trade,admin')).toThrow('admin is not a permission.');
});

test('a sub-account can never withdraw', () => {
	expect(permissionsProblem(['read', 'withdraw'], 'sub')?.problem).toMatch(/never withdraw/);
	expect(permissionsProblem(['read', 'withdraw'], 'main')).toBeUndefined();
});

test.each([
	['quant1', true],
	['short', false],
	['with space1', false],
	['x'.repeat(21), false],
	['Quantdesk01', true],
])('the sub-account name %s: %s', (name, isRight) => {
	expect(subAccountProblem(name) === undefined).toBe(isRight);
});

test('--perm all is answered with the words for every permission, and why it takes no such word', () => {
	expect(() => parsePermissions('all')).toThrow(
		expect.objectContaining({
			message: 'Permissions are named one by one, so that none is switched on unseen.',
			hint: 'For every one of them: --perm read,trade,withdraw',
		}) as Error,
	);
});
