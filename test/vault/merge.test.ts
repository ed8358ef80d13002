import {describe, expect, it} from 'vitest';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import type {Context} from '../../source/actions/context.ts';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {failureOf, ids} from './world.ts';

/** A vault with two keys, open in two programs at once. */
async function twoPrograms(): Promise<readonly [Context, Context]> {
	const {context, elsewhere} = await world({
		sandbox: false,
		keys: [storedKey({id: 'a', name: 'a'}), storedKey({id: 'b', name: 'b'})],
	});
	return [context, {...context, vault: await elsewhere()}];
}

function described(context: Context): string[] {
	return context.vault.read().keys.map(({name, description, tags}) => [name, description, ...tags].join(' ').trim());
}

describe('two programs that edit one vault, each without having seen the other’s change', () => {
	it('keep both changes when they are of different keys', async () => {
		const [ours, theirs] = await twoPrograms();
		const plans = [
			await planEdit(ours, 'a', {description: 'ours'}),
			await planEdit(theirs, 'b', {description: 'theirs'}),
		] as const;
		await Promise.all([editKey(ours, plans[0]), editKey(theirs, plans[1])]);
		for (const context of [ours, theirs]) {
			await context.vault.refresh();
			expect(described(context)).toEqual(['a ours', 'b theirs']);
		}
	});

	it('keep both changes when they are of different fields of one key', async () => {
		const [ours, theirs] = await twoPrograms();
		const plans = [
			await planEdit(ours, 'a', {description: 'ours'}),
			await planEdit(theirs, 'a', {tags: ['theirs']}),
		] as const;
		await Promise.all([editKey(ours, plans[0]), editKey(theirs, plans[1])]);
		await ours.vault.refresh();
		expect(described(ours)).toEqual(['a ours theirs', 'b']);
	});

	it('lost-update: one of them is refused when they are of the same field, and the other’s stays', async () => {
		const [ours, theirs] = await twoPrograms();
		const plans = [
			await planEdit(ours, 'a', {description: 'ours'}),
			await planEdit(theirs, 'a', {description: 'theirs'}),
		] as const;
		await editKey(theirs, plans[1]);
		expect(await failureOf(editKey(ours, plans[0]))).toMatchObject({
			code: 'edit-conflict',
			details: {name: 'a', fields: 'description'},
		});
		expect(described(ours)).toEqual(['a theirs', 'b']);
	});

	it('keep an edit and the removal of another key', async () => {
		const [ours, theirs] = await twoPrograms();
		const plan = await planEdit(ours, 'a', {description: 'ours'});
		await theirs.vault.change(content => ({...content, keys: content.keys.filter(({id}) => id !== 'b')}));
		await editKey(ours, plan);
		expect(ids(ours.vault)).toEqual(['a']);
	});

	it('refuse an edit of a key that the other has removed', async () => {
		const [ours, theirs] = await twoPrograms();
		const plan = await planEdit(ours, 'a', {description: 'ours'});
		await theirs.vault.change(content => ({...content, keys: content.keys.filter(({id}) => id !== 'a')}));
		expect(await failureOf(editKey(ours, plan))).toMatchObject({code: 'key-gone'});
		expect(ids(ours.vault)).toEqual(['b']);
	});
});
