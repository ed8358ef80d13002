import {describe, expect, test} from 'vitest';
import {checkKeys} from '../../source/actions/check.ts';
import {copyProblem, copyText} from '../../source/actions/copy.ts';
import {createKey} from '../../source/actions/create.ts';
import {keysForProgram} from '../../source/actions/exec.ts';
import {keysToExport} from '../../source/actions/export.ts';
import {freezeKey, thawKey} from '../../source/actions/freeze.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {testKey} from '../../source/actions/test.ts';
import {testKeys} from '../../source/actions/test-all.ts';
import {findings} from '../../source/core/health/findings.ts';
import {scoreOf} from '../../source/core/health/score.ts';
import {Secret} from '../../source/core/secret.ts';
import {failureOf, fakeContext} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {at, desk, frozen, managed, manager} from './frozen.ts';

describe('a frozen key', () => {
	test('is given to no program, and neither exported, copied nor tested', async () => {
		const {context, calls} = fakeContext({keys: [storedKey()]});
		await freezeKey(context, 'a1', {readOnly: false});
		const key = context.vault.read().keys[0]!;
		expect(key).toMatchObject({status: 'frozen', freeze: {at}});
		expect(() => keysForProgram(context, ['bot1'])).toThrow('bot1 is frozen, so nothing may use it.');
		expect(() => keysToExport(context, ['bot1'])).toThrow('bot1 is frozen');
		expect(keysToExport(context, 'all')).toEqual([]);
		for (const field of ['secret-key', 'api-key', 'passphrase', 'env', 'json'] as const) {
			expect(() => copyText(context, key, field)).toThrow('bot1 is frozen');
			expect(copyProblem(context, key, field)).toBe('It is frozen, so no secret of it is copied.');
		}

		expect(copyProblem(context, {...key, site: 'global'}, 'link')).toBeUndefined();
		expect(await failureOf(testKey(context, 'a1'))).toBe('key-frozen');
		expect(await failureOf(testKeys(context, [key]))).toBe('key-frozen');
		expect(calls).toEqual([]);
	});

	test('makes no keys for sub-accounts, and manages none', async () => {
		const {context, calls} = desk(managed, [{...manager, status: 'frozen', freeze: {at}}]);
		const input = {
			name: 'bot2',
			description: '',
			type: 'api',
			permissions: ['trade'],
			ip: [],
			passphrase: new Secret('Correct-Horse9!'),
			environment: 'live',
			target: {kind: 'sub', subAccount: 'quantdesk01', using: 'm'},
		} as const;
		expect(await failureOf(createKey(context, input))).toBe('key-frozen');
		expect(await failureOf(revokeKey(context, 'a1'))).toBe('no-managing-key');
		expect(calls).toEqual([]);
	});

	test('is reported by check, which sends nothing for it', async () => {
		const {context, calls, vault} = fakeContext({keys: [frozen()]});
		const progress: number[] = [];
		const [checked] = await checkKeys(context, vault.read().keys, {
			onChecked: (_, {done}) => {
				progress.push(done);
			},
		});
		expect(checked).toMatchObject({
			result: {name: 'bot1', ok: true, code: 0, cause: 'It is frozen, so it was not tested.', touched: false},
			findings: [{code: 26, text: 'has been frozen since 2027-01-15, so nothing may use it', isAlarm: false}],
		});
		expect(progress).toEqual([1]);
		expect(calls).toEqual([]);
		expect(vault.writes).toBe(0);
	});

	test('keeps its other findings and its score: it works on the exchange all the same', () => {
		const open = {permissions: ['read', 'trade', 'withdraw'], createdAt: at} as const;
		const found = findings(frozen(open), at);
		expect(found.map(({id}) => id)).toEqual(['can-withdraw', 'no-ip-allowlist', 'frozen', 'untested']);
		expect(scoreOf(frozen(open), found)).toEqual(scoreOf(storedKey(open), findings(storedKey(open), at)));
	});

	test('is frozen once, thawed once, and then as it was', async () => {
		const {context, vault} = fakeContext({keys: [storedKey()]});
		await freezeKey(context, 'a1', {readOnly: false});
		await freezeKey(context, 'a1', {readOnly: false});
		expect(vault.writes).toBe(1);
		await thawKey(context, 'a1', {keepReadOnly: false});
		await thawKey(context, 'a1', {keepReadOnly: false});
		expect(vault.writes).toBe(2);
		expect(vault.read().keys).toEqual([storedKey({updatedAt: at})]);
	});

	test('stays frozen under --readonly, and in vain for a revoked key', async () => {
		const {context} = fakeContext({keys: [frozen()]}, {readonly: true});
		expect(await failureOf(thawKey(context, 'a1', {keepReadOnly: false}))).toBe('readonly');
		expect(await failureOf(freezeKey(context, 'a1', {readOnly: false}))).toBe('readonly');
		const revoked = fakeContext({keys: [storedKey({status: 'revoked'})]});
		expect(await failureOf(freezeKey(revoked.context, 'a1', {readOnly: false}))).toBe('invalid');
	});
});
