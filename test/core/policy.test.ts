import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {LiveKey} from '../../source/core/key/key.ts';
import {decodeText} from '../../source/core/text/reading/decode.ts';
import {parsePolicy, violations, type Policy} from '../../source/core/health/policy.ts';
import {AppError} from '../../source/core/errors.ts';
import {storedKey} from '../helpers/keys.ts';

const dayMs = 86_400_000;
const live: LiveKey = {permissions: ['read'], ip: ['203.0.113.7'], label: 'bot1', uid: '1', mainUid: '1', kycLv: '2'};

function refusal(text: string): AppError {
	try {
		parsePolicy(text);
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}

	throw new Error('It was expected to be refused, and was not.');
}

describe('a policy file', () => {
	it('may have every member, or any one of them', () => {
		const whole: Required<Policy> = {
			withdraw: 'forbidden',
			tradeNeedsIp: true,
			maxAgeDays: 90,
			sites: ['global'],
			environments: ['live'],
			minDaysLeft: 3,
			expiryWarningDays: 14,
		};
		expect(parsePolicy(JSON.stringify(whole))).toEqual(whole);
		for (const [name, value] of Object.entries(whole))
			expect(parsePolicy(JSON.stringify({[name]: value}))).toEqual({[name]: value});
	});

	it('may begin with a byte order mark, as editors of Windows leave one', () => {
		expect(parsePolicy(decodeText(Buffer.from('\u{FEFF}{"tradeNeedsIp": true}')).text!)).toEqual({tradeNeedsIp: true});
	});

	it.each([
		['withdraw', ['never', true, null, ''], '"forbidden" or "allowed"'],
		['tradeNeedsIp', ['true', 1, null], 'true or false'],
		['maxAgeDays', [0, -1, 1.5, '90', 3651, null, true], 'a whole number from 1 to 3650'],
		['sites', ['global', [], [''], [1], {}, null], 'a list of sites'],
		['environments', ['live', [], ['paper'], ['live', 1], null], 'a list of "live" and "demo"'],
		['minDaysLeft', [0, 15, '3', 2.5, null], 'a whole number from 1 to 14'],
		['expiryWarningDays', [0, 366, '7', 1.5, null], 'a whole number from 1 to 365'],
	])('with a wrong %s is refused, with what it may be', (name, values, may) => {
		for (const value of values) {
			const {code, exit, message, hint} = refusal(JSON.stringify({[name]: value}));
			expect([code, exit, message]).toEqual(['invalid', 'usage', `${name} of the policy is wrong.`]);
			expect(hint).toContain(may);
		}
	});

	it('with a member that is none is refused by its name, since a typing error would demand nothing', () => {
		expect(refusal('{"tradeNeedsIP": true}')).toMatchObject({
			code: 'invalid',
			message: 'Unknown policy field “tradeNeedsIP”.',
			hint: expect.stringContaining('tradeNeedsIp') as string,
		});
		for (const name of ['__proto__', 'constructor', 'toString'])
			expect(refusal(`{"${name}": true}`).message).toContain(name);
	});

	it('that is empty or no object is refused, since it would pass everything', () => {
		expect(refusal('{}').message).toBe('The policy is empty, so it demands nothing.');
		for (const text of ['[]', 'null', '3', '"withdraw"'])
			expect(refusal(text).message).toBe('The policy is not a JSON object.');
		for (const text of ['{withdraw: forbidden}', '{"withdraw": "forbidden"'])
			expect(refusal(text).message).toMatch(/^The policy is not JSON: see line 1, column \d+\.$/);
		expect(refusal(' ').message).toBe('The policy is empty.');
		expect(refusal('['.repeat(1_000_000)).message).toBe('The policy is JSON that nests deeper than 64 levels.');
	});

	it('wrong-file-quoted: says nothing of a file that was named by mistake, but the cleaned beginning of a name', () => {
		const {message, hint} = refusal(JSON.stringify({[`\u{1B}]0;x\u{7}${'s'.repeat(500)}`]: 'CANARY'}));
		expect(message).not.toMatch(/\p{Cc}|s{30}|CANARY/u);
		expect(hint).not.toContain('CANARY');
		expect(refusal('CANARY0SECRET of a vault').message).not.toContain('CANARY');
	});

	it('any-text: gives a policy or one clear sentence, and never anything else', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), text => {
				try {
					expect(Object.keys(parsePolicy(text)).length).toBeGreaterThan(0);
				} catch (error) {
					expect(error).toBeInstanceOf(AppError);
				}
			}),
		);
	});
});

describe('a key against a policy', () => {
	const open = storedKey({permissions: ['read', 'trade'], ip: []});

	it.each<[string, Policy, Parameters<typeof storedKey>[0], string | undefined]>([
		[
			'may withdraw',
			{withdraw: 'forbidden'},
			{permissions: ['read', 'withdraw'], ip: ['203.0.113.7']},
			'can withdraw, which is forbidden (as declared here)',
		],
		['may withdraw where that is allowed', {withdraw: 'allowed'}, {permissions: ['read', 'withdraw']}, undefined],
		[
			'trades from any address',
			{tradeNeedsIp: true},
			{permissions: ['read', 'trade']},
			'can trade from any address, and an IP list is required (as declared here)',
		],
		[
			'withdraws from any address',
			{tradeNeedsIp: true},
			{permissions: ['read', 'withdraw']},
			'can withdraw from any address, and an IP list is required (as declared here)',
		],
		[
			'trades from some addresses',
			{tradeNeedsIp: true},
			{permissions: ['read', 'trade'], ip: ['203.0.113.7']},
			undefined,
		],
		['reads from any address', {tradeNeedsIp: true}, {permissions: ['read']}, undefined],
		['is as old as allowed', {maxAgeDays: 90}, {createdAt: 10 * dayMs}, undefined],
		['is older', {maxAgeDays: 90}, {createdAt: 9 * dayMs}, 'is at least 91 days old, and 90 are allowed'],
		['is of another site', {sites: ['eea', 'us']}, {site: 'global'}, 'belongs to the site global; allowed: eea, us'],
		['is of an allowed site', {sites: ['eea', 'global']}, {site: 'global'}, undefined],
		['is of another environment', {environments: ['live']}, {environment: 'demo'}, 'is a demo key; allowed: live'],
	])('that %s', (_, policy, key, found) => {
		expect(violations(policy, storedKey(key), null, 100 * dayMs)).toEqual(found === undefined ? [] : [found]);
	});

	it('is judged by what the exchange says, whatever is declared', () => {
		expect(violations({tradeNeedsIp: true, withdraw: 'forbidden'}, open, live, 0)).toEqual([]);
		expect(
			violations(
				{tradeNeedsIp: true, withdraw: 'forbidden'},
				storedKey(),
				{...live, permissions: ['read', 'trade', 'withdraw'], ip: []},
				0,
			),
		).toEqual([
			'can withdraw, which is forbidden',
			'can trade and withdraw from any address, and an IP list is required',
		]);
	});

	it('that breaks several demands is told of each', () => {
		expect(
			violations({tradeNeedsIp: true, maxAgeDays: 1, sites: ['tr'], environments: ['demo']}, open, null, 3 * dayMs),
		).toHaveLength(4);
	});
});
