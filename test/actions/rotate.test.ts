import {describe, expect, test} from 'vitest';
import {keysForProgram} from '../../source/actions/exec.ts';
import {beginRotation, handOver} from '../../source/actions/rotate.ts';
import {freeLabel, freeName} from '../../source/actions/rotation.ts';
import {abortRotation, finishRotation} from '../../source/actions/rotation-end.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {removeKey} from '../../source/actions/trash.ts';
import {findings} from '../../source/core/health/findings.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {failureOf, wireError} from '../helpers/fakes.ts';
import {agreed, at, desk, grid, manager, rotate, untested} from './rotations.ts';

describe('a rotation', () => {
	test('puts a new key of the same settings in the place of the old one, which is revoked', async () => {
		const fake = desk();
		await rotate(fake.context);
		const key = agreed(fake);
		const {name, description, tags, permissions, ip, account} = grid;
		expect(key).toMatchObject({name, description, tags, permissions, ip, account, label: 'gridr2'});
		expect(key.credential.apiKey).not.toBe(grid.credential.apiKey);
		expect(key.expiresAt).toBe(at + 5000);
		expect(fake.vault.read().keys.find(({id}) => id === 'a1')).toMatchObject({
			name: 'grid',
			status: 'revoked',
			trashedAt: at,
			uses: grid.uses,
		});
	});

	test('gives programs the old key until the hand-over, and the new one from then on', async () => {
		const {context, listed} = desk();
		const given = () => keysForProgram(context, ['grid'])[0]!.credential.apiKey;
		const begun = await beginRotation(context, 'a1');
		expect(given()).toBe(grid.credential.apiKey);
		await handOver(context, begun, untested);
		expect(given()).toBe(listed[1]!.apiKey);
		expect(() => keysForProgram(context, ['grid-old'])).toThrow('grid-old is frozen');
		expect(listed).toHaveLength(2);
	});

	test('is a finding of the old key until it ends', async () => {
		const {context, vault} = desk();
		const found = () =>
			findings(
				vault.read().keys.find(({id}) => id === 'a1')!,
				at,
			).map(({id}) => id);
		const begun = await beginRotation(context, 'a1');
		expect(found()).toContain('rotation-unfinished');
		await abortRotation(context, begun);
		expect(found()).not.toContain('rotation-unfinished');
	});

	test('is one at a time for a key, also by two programs', async () => {
		const {context, listed} = desk();
		const begun = await beginRotation(context, 'a1');
		expect(await failureOf(beginRotation(context, 'a1'))).toBe('rotation-under-way');
		expect(await failureOf(beginRotation(context, begun.newId))).toBe('rotation-under-way');
		expect(listed).toHaveLength(2);
	});

	test('is aborted before and after the hand-over, and the old key is as it was', async () => {
		for (const isHandedOver of [false, true]) {
			const fake = desk();
			const begun = await beginRotation(fake.context, 'a1');
			await abortRotation(fake.context, isHandedOver ? await handOver(fake.context, begun, untested) : begun);
			expect({...agreed(fake), updatedAt: 0}).toEqual(grid);
		}
	});

	test('is not aborted once the old key is gone, and can then only be finished', async () => {
		const fake = desk();
		const handedOver = await handOver(fake.context, await beginRotation(fake.context, 'a1'), untested);
		fake.listed.shift();
		expect(await failureOf(abortRotation(fake.context, handedOver))).toBe('rotation-past-abort');
		await finishRotation(fake.context, handedOver);
		expect(agreed(fake).id).not.toBe('a1');
	});

	test('leaves the old key alone where the exchange does not have the new one', async () => {
		const fake = desk();
		const begun = await beginRotation(fake.context, 'a1');
		const [old, made] = fake.listed.splice(0);
		fake.listed.push(old!);
		expect(await failureOf(handOver(fake.context, begun, untested))).toBe('replacement-gone');
		fake.listed.push(made!);
		const handedOver = await handOver(fake.context, begun, untested);
		fake.listed.pop();
		expect(await failureOf(finishRotation(fake.context, handedOver))).toBe('replacement-gone');
		await abortRotation(fake.context, handedOver);
		expect({...agreed(fake), updatedAt: 0}).toEqual(grid);
	});

	test.for(['finished', 'aborted'] as const)('is %s where the exchange has neither key any more', async how => {
		const fake = desk();
		const handedOver = await handOver(fake.context, await beginRotation(fake.context, 'a1'), untested);
		fake.listed.splice(0);
		await (how === 'finished' ? finishRotation : abortRotation)(fake.context, handedOver);
		expect(fake.vault.read().operations).toBeUndefined();
		expect(fake.vault.read().keys.filter(({status}) => status === 'revoked')).toHaveLength(1);
	});

	test('ends although the old key was revoked or removed meanwhile', async () => {
		for (const meddle of [revokeKey, removeKey]) {
			const fake = desk();
			const handedOver = await handOver(fake.context, await beginRotation(fake.context, 'a1'), untested);
			await meddle(fake.context, 'a1');
			await finishRotation(fake.context, handedOver);
			expect(agreed(fake).id).not.toBe('a1');
		}
	});

	test('makes another key where the new one was revoked before the hand-over', async () => {
		const fake = desk();
		const begun = await beginRotation(fake.context, 'a1');
		await revokeKey(fake.context, begun.newId);
		await removeKey(fake.context, begun.newId);
		await finishRotation(fake.context, await handOver(fake.context, begun, untested));
		agreed(fake);
	});

	test('leaves nothing behind where the exchange refuses the new key', async () => {
		const fake = desk();
		fake.hooks.before = name => {
			if (name === 'createSubKey') throw wireError({kind: 'code', exchangeCode: '59501', httpStatus: 200});
		};
		expect(await failureOf(beginRotation(fake.context, 'a1'))).toBe('exchange');
		expect({...agreed(fake), updatedAt: 0}).toEqual(grid);
	});

	test.each([
		['a revoked key', {status: 'revoked'}, 'invalid'],
		['a frozen key', {status: 'frozen', freeze: {at}}, 'key-frozen'],
		['a key with a permission that is not known', {permissions: ['read', 'lend']}, 'invalid'],
		['a key of the main account', {account: {kind: 'main'}}, 'page-only'],
		['a key of an account that nothing manages', {account: {kind: 'sub', mainUid: '9'}}, 'no-managing-key'],
	])('is refused for %s, and nothing is made', async (_, wanted, code) => {
		const other = {...manager, account: {kind: 'main', uid: '1'}} as const;
		const {context, calls, vault} = desk([other, {...grid, ...(wanted as Partial<StoredKey>)}]);
		expect(await failureOf(beginRotation(context, 'a1'))).toBe(code);
		expect(calls).toEqual([]);
		expect(vault.writes).toBe(0);
	});

	test('changes nothing under --readonly', async () => {
		const {context} = desk();
		const begun = await beginRotation(context, 'a1');
		const readonly = {...context, readonly: true};
		expect(await failureOf(beginRotation(readonly, 'a1'))).toBe('readonly');
		expect(await failureOf(handOver(readonly, begun, untested))).toBe('readonly');
		expect(await failureOf(finishRotation(readonly, begun))).toBe('readonly');
		expect(await failureOf(abortRotation(readonly, begun))).toBe('readonly');
	});
});

test('the label of a new key has only letters and digits, and no other key has it', () => {
	expect(freeLabel('grid', new Set())).toBe('gridr2');
	expect(freeLabel('gridr2', new Set(['gridr2', 'gridr3']))).toBe('gridr4');
	expect(freeLabel('grid-bot 夜', new Set())).toBe('gridbotr2');
	expect(freeLabel('夜', new Set())).toBe('keyr2');
	expect(freeLabel('x'.repeat(50), new Set())).toHaveLength(50);
});

test('the name of a key that is out of use is free, and not too long', () => {
	const {vault} = desk([manager, grid, {...grid, id: 'b', name: 'grid-old'}]);
	expect(freeName(vault.read(), 'grid', '-old')).toBe('grid-old2');
	expect(freeName(vault.read(), '夜'.repeat(50), '-old')).toHaveLength(50);
});
