import {describe, expect, test} from 'vitest';
import {checkKeys} from '../../source/actions/check.ts';
import {copyProblem, copyText} from '../../source/actions/copy.ts';
import {createKey} from '../../source/actions/create.ts';
import {keysForProgram} from '../../source/actions/exec.ts';
import {keysToExport} from '../../source/actions/export.ts';
import {freezeKey, thawKey} from '../../source/actions/freeze.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {testKey} from '../../source/actions/test.ts';
import {testKeys} from '../../source/actions/test-all.ts';
import {findings} from '../../source/core/health/findings.ts';
import {scoreOf} from '../../source/core/health/score.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';

const at = 1_800_000_000_000;
const frozen = (wanted: Partial<StoredKey> = {}) => storedKey({status: 'frozen', freeze: {at}, ...wanted});
const manager = storedKey({
	id: 'm',
	name: 'main',
	permissions: ['read', 'trade'],
	ip: ['127.0.0.1'],
	credential: credentialWith({apiKey: 'main'}),
});
const managed = storedKey({
	createdAt: at,
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7'],
	account: {kind: 'sub', subAccount: 'quantdesk01'},
	lastTest: {
		at,
		ok: true,
		code: 0,
		cause: 'The key works.',
		latencyMs: 1,
		live: {permissions: ['read', 'trade'], ip: ['203.0.113.7'], label: 'bot1', uid: '2', mainUid: '1', kycLv: '2'},
	},
});

/** A key of a sub-account with a key that manages it, and the same key on the exchange. */
function desk(key = managed, keys: readonly StoredKey[] = [manager]) {
	const fake = fakeContext({keys: [...keys, key]}, {sandbox: false});
	const {credential, permissions, ip} = managed;
	fake.listed.push({label: 'bot1', apiKey: credential.apiKey, permissions, ip, createdAt: 1});
	const stored = () => fake.vault.read().keys.find(({id}) => id === 'a1')!;
	const live = () => fake.listed[0]!.permissions;
	return {...fake, stored, live};
}

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

describe('freezing with Read only', () => {
	test('leaves only Read on the exchange, without drift, and thawing sets the rest back', async () => {
		const {context, stored, live} = desk();
		await freezeKey(context, 'a1', {readOnly: true});
		expect(live()).toEqual(['read']);
		expect(stored()).toMatchObject({status: 'frozen', permissions: ['read'], freeze: {readOnly: {state: 'set'}}});
		expect(findings(stored(), at).map(({id, text}) => [id, text])).toEqual([
			[
				'frozen',
				'has been frozen since 2027-01-15, and may only read on the exchange; thawing it sets read and trade back',
			],
		]);
		await thawKey(context, 'a1', {keepReadOnly: false});
		expect(live()).toEqual(['read', 'trade']);
		expect(stored()).toEqual({...managed, updatedAt: at});
	});

	test('sets back what each side had where they differed', async () => {
		const {context, stored, live} = desk({...managed, permissions: ['read']});
		await freezeKey(context, 'a1', {readOnly: true});
		await thawKey(context, 'a1', {keepReadOnly: false});
		expect(live()).toEqual(['read', 'trade']);
		expect(stored().permissions).toEqual(['read']);
	});

	test('refuses an edit of permissions, which thawing would undo, and no other edit', async () => {
		const {context} = desk();
		await freezeKey(context, 'a1', {readOnly: true});
		expect(await failureOf(planEdit(context, 'a1', {permissions: ['read', 'trade']}))).toBe('invalid');
		expect((await planEdit(context, 'a1', {ip: ['203.0.113.8']})).changes).toMatchObject([{where: 'exchange'}]);
	});

	test('leaves the exchange as it is when thawed so', async () => {
		const {context, stored, live} = desk();
		await freezeKey(context, 'a1', {readOnly: true});
		await thawKey(context, 'a1', {keepReadOnly: true});
		expect(live()).toEqual(['read']);
		expect(stored()).toMatchObject({status: 'active', permissions: ['read']});
		expect(stored().freeze).toBeUndefined();
	});

	test('changes nothing where no key can manage it', async () => {
		const alone = desk(managed, []);
		expect(await failureOf(freezeKey(alone.context, 'a1', {readOnly: true}))).toBe('no-managing-key');
		expect(alone.stored()).toEqual(managed);
		const main = fakeContext({keys: [storedKey()]}, {sandbox: false});
		expect(await failureOf(freezeKey(main.context, 'a1', {readOnly: true}))).toBe('page-only');
	});

	test('forgets the freeze when the key is revoked', async () => {
		const {context, stored} = desk();
		await freezeKey(context, 'a1', {readOnly: true});
		await revokeKey(context, 'a1');
		expect(stored().status).toBe('revoked');
		expect(stored().freeze).toBeUndefined();
	});
});

const lost = () => wireError({kind: 'timeout'});
const steps = [
	['before the list is read', {before: 'subKeys'}],
	['after the list is read', {after: 'subKeys'}],
	['before the permissions are changed', {before: 'modifySubKey'}],
	['after the permissions were changed', {after: 'modifySubKey'}],
] as const;

/** Makes every call of this name fail at one point, until the hooks are taken away. */
function failingAt({hooks}: ReturnType<typeof desk>, step: {readonly before?: string; readonly after?: string}) {
	const failsOn = (wanted: string | undefined) => (name: string) => {
		if (name === wanted) throw lost();
	};
	hooks.before = failsOn(step.before);
	hooks.after = failsOn(step.after);
	return () => {
		delete hooks.before;
		delete hooks.after;
	};
}

describe.each(steps)('an exchange that is cut off %s', (_, step) => {
	test('leaves a key that is frozen here, and freezing it again goes on', async () => {
		const one = desk();
		const {context, stored, live} = one;
		const mend = failingAt(one, step);
		const failed = await failureOf(freezeKey(context, 'a1', {readOnly: true}));
		expect(stored().status).toBe('frozen');
		// Where the exchange has acted and its list can be read, the lost answer is no failure.
		expect(failed).toBe('after' in step && step.after === 'modifySubKey' ? 'none' : 'freeze-unfinished');
		mend();
		await freezeKey(context, 'a1', {readOnly: true});
		expect(live()).toEqual(['read']);
		await thawKey(context, 'a1', {keepReadOnly: false});
		expect(live()).toEqual(['read', 'trade']);
		expect(stored()).toEqual({...managed, updatedAt: at});
	});

	test('leaves a key frozen that was being thawed, and thawing it again goes on', async () => {
		const one = desk();
		const {context, stored, live} = one;
		await freezeKey(context, 'a1', {readOnly: true});
		const mend = failingAt(one, step);
		const failed = await failureOf(thawKey(context, 'a1', {keepReadOnly: false}));
		expect(['none', 'thaw-unfinished']).toContain(failed);
		expect(stored().status).toBe(failed === 'none' ? 'active' : 'frozen');
		mend();
		await thawKey(context, 'a1', {keepReadOnly: false});
		expect(live()).toEqual(['read', 'trade']);
		expect(stored()).toEqual({...managed, updatedAt: at});
	});
});

describe('a program that was killed while it told the exchange', () => {
	test.each(['before', 'after'] as const)('(%s the call) finds its note, and goes on', async hook => {
		const first = desk();
		let found = first.vault.read();
		let live = first.live();
		first.hooks[hook] = name => {
			if (name !== 'modifySubKey') return;
			found = first.vault.read();
			live = first.live();
		};
		await freezeKey(first.context, 'a1', {readOnly: true});
		const next = desk();
		next.vault.behindOurBack(() => found);
		await next.vault.refresh();
		next.listed[0] = {...next.listed[0]!, permissions: live};
		expect(findings(next.stored(), at)[0]?.text).toContain('setting Read only on the exchange was not finished');
		await freezeKey(next.context, 'a1', {readOnly: true});
		expect(next.live()).toEqual(['read']);
		await thawKey(next.context, 'a1', {keepReadOnly: false});
		expect(next.live()).toEqual(['read', 'trade']);
		expect(next.stored()).toEqual({...managed, updatedAt: at});
	});
});

test('a vault that cannot be saved leaves the exchange changed and the key frozen, and the next attempt goes on', async () => {
	const {context, vault, hooks, stored, live} = desk();
	hooks.after = name => {
		if (name === 'modifySubKey') vault.failNext(new Error('disk full'));
	};
	expect(await failureOf(freezeKey(context, 'a1', {readOnly: true}))).toBe('freeze-unfinished');
	expect(live()).toEqual(['read']);
	expect(stored().freeze?.readOnly?.state).toBe('setting');
	delete hooks.after;
	await freezeKey(context, 'a1', {readOnly: true});
	expect(stored().freeze?.readOnly?.state).toBe('set');
});
