import {describe, expect, test} from 'vitest';
import {blastRadius} from '../../source/core/health/blast-radius.ts';
import {findingIds, findingKinds} from '../../source/core/health/finding-kinds.ts';
import {duplicatesIn, findings} from '../../source/core/health/findings.ts';
import type {LiveKey, StoredKey} from '../../source/core/key/key.ts';
import {healthWordOf} from '../../source/core/health/health-word.ts';
import {ageWords, idleWords, lifetimeOf} from '../../source/core/health/lifetime.ts';
import {scoreOf, scoreWords} from '../../source/core/health/score.ts';
import {storedKey} from '../helpers/keys.ts';

const dayMs = 86_400_000;
const live: LiveKey = {
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7'],
	label: 'bot1',
	uid: '44',
	mainUid: '44',
	kycLv: '2',
};
const seen = (said: Partial<LiveKey>, wanted: Partial<StoredKey> = {}) =>
	storedKey({
		permissions: ['read', 'trade'],
		ip: ['203.0.113.7'],
		...wanted,
		lastTest: {at: 0, ok: true, code: 0, cause: 'The key works.', latencyMs: 42, live: {...live, ...said}},
	});
const ids = (key: StoredKey, now = 0) => findings(key, now).map(({id}) => id);

test('a key with a low score is bad without a bad finding, and only then', () => {
	const key = seen({}, {createdAt: -400 * dayMs});
	const [found, points] = [findings(key, 0), scoreOf(key, findings(key, 0))!.points];
	expect(found.map(({severity}) => severity)).not.toContain('bad');
	expect(points).toBeLessThan(100);
	expect(healthWordOf(key, 0, undefined, points + 1).level).toBe('bad');
	expect(healthWordOf(key, 0, undefined, points + 1).word).toBe(healthWordOf(key, 0, undefined, points).word);
	expect(healthWordOf(key, 0, undefined, points).level).not.toBe('bad');
	expect(healthWordOf(seen({permissions: ['read', 'trade', 'withdraw']}), 0, undefined, 0).level).toBe('bad');
	expect(healthWordOf(seen({}), 0, undefined, 100).level).toBe('ok');
});

describe('findings', () => {
	test('a key is old only after its day of rotation, which is named', () => {
		expect(ids(storedKey(), 90 * dayMs)).not.toContain('rotation-due');
		expect(findings(storedKey(), 120 * dayMs).find(({id}) => id === 'rotation-due')?.text).toBe(
			'made 120 days ago; rotation was due by 1970-04-01 (90 days)',
		);
	});

	test('a KYC level below 2 holds back live trading only, and an unknown level accuses no key', () => {
		for (const kycLv of ['0', '1']) expect(ids(seen({kycLv}))).toEqual(['kyc-too-low']);
		for (const kycLv of ['2', '3', '', 'new']) expect(ids(seen({kycLv}))).toEqual([]);
		expect(ids(seen({kycLv: '1'}, {environment: 'demo'}))).toEqual([]);
		expect(ids(seen({kycLv: '1', permissions: ['read']}, {permissions: ['read']}))).toEqual([]);
	});

	test('a permission that appeared is an alarm; one that went is a difference', () => {
		expect(ids(seen({permissions: ['read', 'trade', 'withdraw']}))).toEqual(['permission-added', 'can-withdraw']);
		expect(ids(seen({permissions: ['read']}))).toEqual(['drift']);
		expect(ids(seen({permissions: ['read', 'trade', 'withdraw'], ip: []}))).toEqual([
			'can-withdraw',
			'no-ip-allowlist',
			'permission-added',
			'drift',
		]);
	});

	test('one API key under two names is told of both, but not when one of them is out of use', () => {
		const [first, second] = [storedKey(), storedKey({id: 'a2', name: 'copy'})];
		for (const key of [first, second])
			expect(findings(key, 0, duplicatesIn([first, second])).map(({id}) => id)).toContain('duplicate');
		expect(duplicatesIn([first, {...second, trashedAt: 1}]).size).toBe(0);
		expect(duplicatesIn([first, {...second, status: 'revoked'}]).size).toBe(0);
	});
});

describe('a copy in plain text', () => {
	const copy = (path: string, part: 'secretKey' | 'passphrase' = 'secretKey') => ({at: 1, path, part});

	test.each([
		[[copy('/a')], 'bad', 'its secret key is in plain text in /a'],
		[[copy('/a'), copy('/b')], 'bad', 'its secret key is in plain text in /a, and there is one more copy'],
		[
			[copy('/a', 'passphrase'), copy('/b', 'passphrase'), copy('/c', 'passphrase')],
			'warn',
			'its passphrase is in plain text in /a, and there are 2 more copies',
		],
		[[copy('/a\u001B[2J')], 'bad', String.raw`its secret key is in plain text in /a\u{1b}[2J`],
	] as const)('is told with its place', (copies, severity, text) => {
		expect(findings(storedKey({copies}), 0)).toContainEqual({id: 'plain-text-copy', severity, text});
	});

	test('of a revoked key, or none, is no finding', () => {
		expect(ids(storedKey({copies: [copy('/a')], status: 'revoked'}))).not.toContain('plain-text-copy');
		expect(ids(storedKey({copies: []}))).not.toContain('plain-text-copy');
	});
});

describe('an address that no call comes from', () => {
	test.each(['192.168.1.5', '10.0.0.0/8', '172.17.0.2', '100.64.1.2', '127.0.0.1', 'fd00::1'])(
		'unseen-address: %s on the list of a real site is a finding',
		ip => {
			expect(
				findings(storedKey({ip: ['8.8.8.8', ip], lastTest: null}), 0).find(({id}) => id === 'unreachable-ip'),
			).toMatchObject({severity: 'warn', text: expect.stringContaining(`${ip} in the allow-list`) as string});
			expect(ids(storedKey({ip: ['8.8.8.8', ip], site: 'sandbox'}))).toEqual(['untested']);
		},
	);

	test('as the exchange last said, not as declared', () => {
		expect(ids(seen({ip: ['8.8.8.8']}, {ip: ['10.0.0.1']}))).not.toContain('unreachable-ip');
		expect(ids(seen({ip: ['10.0.0.1']}, {ip: ['8.8.8.8']}))).toContain('unreachable-ip');
	});
});

describe('what the holder of a key can do', () => {
	test.each([
		[storedKey(), 'can read balances, orders and settings, from any IP'],
		[storedKey({ip: ['203.0.113.7', '203.0.113.8']}), 'can read balances, orders and settings, from 2 addresses'],
		[
			storedKey({permissions: ['read', 'trade'], ip: ['203.0.113.7', '10.0.0.0/8']}),
			'can place orders and move funds between own accounts, from 1 address and 1 network',
		],
		[
			storedKey({permissions: ['read', 'trade', 'withdraw']}),
			'can withdraw funds, place orders and move funds between own accounts, from any IP',
		],
		[
			storedKey({permissions: ['read', 'withdraw'], account: {kind: 'sub'}}),
			'can read balances, orders and settings, from any IP',
		],
	])('is a sentence (%#)', (key, sentence) => {
		expect(blastRadius(key, null)).toBe(sentence);
	});

	test('goes by what the exchange said, not by what is declared', () => {
		expect(blastRadius(storedKey(), {...live, permissions: ['read', 'withdraw'], ip: []})).toBe(
			'can withdraw funds, from any IP',
		);
		expect(blastRadius(storedKey(), {...live, permissions: ['read', 'withdraw'], uid: '45'})).toBe(
			'can read balances, orders and settings, from 1 address',
		);
		expect(blastRadius(storedKey({status: 'revoked'}), live)).toBeUndefined();
	});
});

describe('score', () => {
	test('is told with each of its reasons, which account for all that is missing', () => {
		const key = storedKey({permissions: ['read', 'trade']});
		const score = scoreOf(key, findings(key, 0))!;
		expect(scoreWords(score)).toBe('60 of 100: trade from any address −30, never tested −10');
		expect(score.points + score.deductions.reduce((sum, {points}) => sum + points, 0)).toBe(100);
	});

	test('never falls below 0, and a revoked key has none', () => {
		const key = seen(
			{permissions: ['read', 'trade', 'withdraw'], ip: [], kycLv: '1'},
			{ip: [], permissions: ['withdraw', 'trade'], account: {kind: 'sub'}},
		);
		expect(scoreOf(key, [...findings(key, 400 * dayMs), ...findings(key, 400 * dayMs)])?.points).toBe(0);
		expect(scoreOf(storedKey({status: 'revoked'}), [])).toBeNull();
	});
});

describe('lifetime', () => {
	test('counts from the last use known here, and says that it is a lower bound', () => {
		const key = storedKey({permissions: ['read', 'trade'], lastUsedAt: 10 * dayMs});
		const life = lifetimeOf(key, 13 * dayMs);
		expect(life.idle).toEqual({daysLeft: 11, until: 24 * dayMs, lastUsedAt: 10 * dayMs, isCertain: true});
		expect(idleWords(life, 13 * dayMs)).toBe(
			'at least 11 of 14, until 1970-01-25 (last use known here: 3 days ago; a bot may have used it since). ' +
				'A test that the exchange accepts renews it.',
		);
	});

	test('has no limit for a key that is bound or only reads, and an age for all', () => {
		expect(idleWords(lifetimeOf(storedKey(), 0), 0)).toBe('no limit');
		expect(lifetimeOf(storedKey({permissions: ['trade'], ip: ['203.0.113.7']}), 0).idle).toBeNull();
		expect(ageWords(lifetimeOf(storedKey(), dayMs), dayMs)).toBe('at least 1 day old; rotate by 1970-04-01');
		expect(ageWords(lifetimeOf(storedKey(), 91 * dayMs), 91 * dayMs)).toBe(
			'at least 91 days old; rotation was due by 1970-04-01',
		);
	});
});

describe('the table of findings', () => {
	test('health-left-out-alive: has a label and a word for each kind, no two alike, and points but for frozen', () => {
		expect(findingIds).toContain('revoked-but-working');
		for (const part of ['label', 'word', 'reason'] as const)
			expect(new Set(findingIds.map(id => findingKinds[id][part])).size).toBe(findingIds.length);
		expect(findingIds.filter(id => findingKinds[id].points <= 0)).toEqual(['frozen']);
	});

	test('policy-and-finding-disagree: the maximum age of a policy takes the place of the usual one', () => {
		const old = (days: number, maxAgeDays?: number) =>
			findings(storedKey(), days * dayMs, undefined, {...(maxAgeDays !== undefined && {maxAgeDays})}).find(
				({id}) => id === 'rotation-due',
			)?.text;
		expect(old(120)).toContain('(90 days)');
		expect(old(120, 365)).toBeUndefined();
		expect(old(40, 30)).toBe('made 40 days ago; rotation was due by 1970-01-31 (30 days)');
	});
});
