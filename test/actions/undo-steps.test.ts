import {describe, expect, test} from 'vitest';
import {editKey} from '../../source/actions/edit.ts';
import type {EditPatch} from '../../source/actions/edit-plan.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {withChangedKey} from '../../source/actions/keys.ts';
import {nextUndo, undoLast, undoneWords} from '../../source/actions/undo.ts';
import {newStep, undoSteps} from '../../source/actions/undo-steps.ts';
import {AppError} from '../../source/core/errors.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {failureOf, fakeContext} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {world as realWorld} from '../helpers/world.ts';
import type {Context} from '../../source/actions/context.ts';
import type {VaultContent} from '../../source/vault/vault.ts';

const two: readonly StoredKey[] = [
	storedKey(),
	storedKey({id: 'b2', name: 'bot2', tags: ['eu'], credential: credentialWith({apiKey: 'other'})}),
];

async function edit(context: Context, id: string, patch: EditPatch): Promise<void> {
	await editKey(context, await planEdit(context, id, patch));
}

describe('the steps of undo', () => {
	test('are bounded in number and in size, and an edit that is too large is never undone in part', async () => {
		const {context, vault} = fakeContext({keys: [storedKey({description: 'x'.repeat(3 * 1024 * 1024)})]});
		for (let index = 0; index < 25; index++) await edit(context, 'a1', {tags: [`t${index}`]});
		expect(undoSteps(vault.read())).toHaveLength(20);
		await edit(context, 'a1', {description: 'short', tags: []});
		expect(JSON.stringify(vault.read().undo).length).toBeLessThan(10_000);
		expect(await failureOf(undoLast(context))).toBe('undo-too-large');
		expect(vault.read().keys[0]).toMatchObject({description: 'short', tags: []});
	});

	test('of one action are undone at once, and those whose key was changed since are named', async () => {
		const {context, vault} = fakeContext({keys: [...two, storedKey({id: 'c3', name: 'bot3'})]});
		const step = newStep(context);
		for (const {id} of vault.read().keys) await editKey(context, await planEdit(context, id, {tags: ['x']}), step);
		vault.behindOurBack(content => withChangedKey(content, 'c3', key => ({...key, tags: []})));
		expect(nextUndo(vault.read())).toBe('tags of 3 keys');
		expect(undoneWords(await undoLast(context))).toEqual({
			text: 'Undone: tags of 2 keys.',
			hint: 'bot3 was changed since (tags), and stays as it is.',
		});
		expect(vault.read().keys.map(({tags}) => tags)).toEqual([[], ['eu'], []]);
		expect(undoSteps(vault.read())).toEqual([]);
	});

	test('of many keys are told in few words', async () => {
		const keys = Array.from({length: 9}, (_, index) => storedKey({id: `${index}`, name: `bot${index}`}));
		const {context, vault} = fakeContext({keys});
		const step = newStep(context);
		for (const {id} of keys) await editKey(context, await planEdit(context, id, {tags: ['x']}), step);
		vault.behindOurBack(content => ({
			...content,
			keys: content.keys.map(key => (key.id === '0' ? key : Object.assign({...key}, {tags: []}))),
		}));
		expect(undoneWords(await undoLast(context)).hint).toMatch(
			/^x → - (?:bot\d was changed since .*? is\. ){3}And 5 more\.$/,
		);
	});

	test('of a newer program are kept and passed over', async () => {
		const later = {id: 'z', at: 9, edits: [{id: 'a1', before: {colour: 'red'}, after: {colour: 'x'}}]};
		const {context, vault} = fakeContext({keys: two});
		await edit(context, 'a1', {tags: ['x']});
		vault.behindOurBack(content => ({...content, undo: [...content.undo!, later, 'odd']}) as unknown as VaultContent);
		await undoLast(context);
		expect(vault.read()).toMatchObject({keys: [{tags: []}, {}], undo: [later, 'odd']});
		expect(await failureOf(undoLast(context))).toBe('nothing-to-undo');
	});

	test('give way where the vault has no room for them', async () => {
		const {context, vault} = fakeContext({keys: two});
		const change: typeof vault.change = async make =>
			vault.change(content => {
				const made = make(content);
				if (made.undo) throw new AppError('vault-too-large', {path: '/fake/vault.json', mebibytes: 64});
				return made;
			});
		await edit({...context, vault: {...vault, change}}, 'a1', {tags: ['x']});
		expect(vault.read().keys[0]!.tags).toEqual(['x']);
		expect(await failureOf(undoLast(context))).toBe('nothing-to-undo');
	});

	test('are not written under --readonly', async () => {
		const {context, vault} = fakeContext({keys: two});
		await edit(context, 'a1', {tags: ['x']});
		expect(await failureOf(undoLast({...context, readonly: true}))).toBe('readonly');
		expect(vault.read().keys[0]!.tags).toEqual(['x']);
	});

	test('are undone by another program, after a restart', async () => {
		const {context, elsewhere} = await realWorld({sandbox: false, keys: two});
		await edit(context, 'b2', {tags: ['night'], name: 'moved'});
		const other = await elsewhere();
		await undoLast({...context, vault: other});
		await context.vault.refresh();
		expect(context.vault.read().keys[1]).toMatchObject({name: 'bot2', tags: ['eu']});
		expect(nextUndo(context.vault.read())).toBeUndefined();
		other.lock();
	});
});
