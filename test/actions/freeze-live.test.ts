import {describe, expect, test} from 'vitest';
import {freezeKey, thawKey} from '../../source/actions/freeze.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {findings} from '../../source/core/health/findings.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {at, desk, managed} from './frozen.ts';

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

	test('is given up for a key that the exchange no longer has, which only revoke can note', async () => {
		const {context, listed} = desk();
		await freezeKey(context, 'a1', {readOnly: true});
		listed.splice(0);
		expect(await failureOf(freezeKey(context, 'a1', {readOnly: true}))).toBe('gone-on-exchange');
		expect(await failureOf(thawKey(context, 'a1', {keepReadOnly: false}))).toBe('gone-on-exchange');
		expect((await revokeKey(context, 'a1')).outcome).toBe('already-gone');
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

test('a vault that cannot be saved leaves the exchange changed and the key frozen; the next one goes on', async () => {
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
