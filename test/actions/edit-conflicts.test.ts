import {describe, expect, test} from 'vitest';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {withChangedKey} from '../../source/actions/keys.ts';
import {AppError} from '../../source/core/errors.ts';
import {failureOf} from '../helpers/fakes.ts';
import {world} from './edits.ts';

describe('an edit that the vault has no room for', () => {
	/** A world the vault of which holds no description longer than this. */
	function tight(most: number) {
		const made = world();
		const limit = {most};
		const checkRoom: typeof made.context.vault.checkRoom = ({keys}) => {
			if (keys.some(({description}) => description.length > limit.most))
				throw new AppError('vault-too-large', {path: '/fake/vault.json', mebibytes: 64});
		};
		return {...made, limit, context: {...made.context, vault: {...made.context.vault, checkRoom}}};
	}

	const patch = {description: 'too long', permissions: ['trade']} as const;

	test('is refused before the exchange is asked', async () => {
		const {context, calls} = tight(5);
		expect(await failureOf(planEdit(context, 'a1', patch))).toBe('vault-too-large');
		expect(calls).toEqual([]);
	});

	test('is refused before the exchange is changed, also where the room was taken meanwhile', async () => {
		const {context, calls, listed, limit} = tight(100);
		const plan = await planEdit(context, 'a1', patch);
		limit.most = 5;
		calls.length = 0;
		expect(await failureOf(editKey(context, plan))).toBe('vault-too-large');
		expect(calls).toEqual([]);
		expect(listed[0]).toMatchObject({permissions: ['read']});
	});
});

describe('an edit that meets another one', () => {
	test('on the exchange is refused, there and here', async () => {
		const {context, listed, vault} = world();
		const plan = await planEdit(context, 'a1', {ip: ['1.2.3.4']});
		listed[0] = {...listed[0]!, ip: ['203.0.113.7', '5.6.7.8']};
		expect(await failureOf(editKey(context, plan))).toBe('exchange-conflict');
		expect(listed[0].ip).toEqual(['203.0.113.7', '5.6.7.8']);
		expect(vault.writes).toBe(0);
	});

	test('of the same field by another program is refused before the exchange is asked', async () => {
		const {context, vault, calls} = world();
		const plan = await planEdit(context, 'a1', {name: 'mine', permissions: ['trade']});
		vault.behindOurBack(content => withChangedKey(content, 'a1', one => ({...one, name: 'theirs'})));
		calls.length = 0;
		expect(await failureOf(editKey(context, plan))).toBe('edit-conflict');
		expect(calls).toEqual([]);
		expect(vault.read().keys[0]!.name).toBe('theirs');
	});

	test('of another field by another program keeps both', async () => {
		const {context, vault} = world();
		const plan = await planEdit(context, 'a1', {description: 'mine'});
		vault.behindOurBack(content => withChangedKey(content, 'a1', one => ({...one, tags: ['theirs']})));
		expect(await editKey(context, plan)).toMatchObject({description: 'mine', tags: ['theirs']});
	});
});
