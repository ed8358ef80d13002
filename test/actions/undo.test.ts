import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {editKey} from '../../source/actions/edit.ts';
import type {EditPatch} from '../../source/actions/edit-plan.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {withChangedKey} from '../../source/actions/keys.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {removeKey, restoreKey} from '../../source/actions/trash.ts';
import {nextUndo, undoLast, undoneWords} from '../../source/actions/undo.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {withUnfinished} from '../../source/core/key/operation.ts';
import {arbitraryKey} from '../helpers/arbitrary.ts';
import {failureOf, fakeContext} from '../helpers/fakes.ts';
import {creation, credentialWith, storedKey} from '../helpers/keys.ts';
import {world as sandboxWorld} from './edits.ts';
import type {Context} from '../../source/actions/context.ts';

const two: readonly StoredKey[] = [
	storedKey(),
	storedKey({id: 'b2', name: 'bot2', tags: ['eu'], credential: credentialWith({apiKey: 'other'})}),
];

async function edit(context: Context, id: string, patch: EditPatch): Promise<void> {
	await editKey(context, await planEdit(context, id, patch));
}

/** What an undo brings back: all but the time of the last change; `isTypeTold` may be false or left out. */
function compared(key: StoredKey): object {
	return {...key, updatedAt: 0, isTypeTold: key.isTypeTold === true};
}

describe('an edit', () => {
	const patches: fc.Arbitrary<EditPatch> = fc.record(
		{
			name: fc.constantFrom('x1', 'grid bot', '夜'),
			description: fc.string({maxLength: 40}).filter(text => text.isWellFormed()),
			permissions: fc.constantFrom(['read'], ['read', 'trade']),
			ip: fc.subarray(['203.0.113.7', '2001:db8::/32', '10.0.0.0/8']),
			tags: fc.subarray(['a', 'b', 'c']),
			type: fc.constantFrom('api', 'app'),
			environment: fc.constantFrom('live', 'demo'),
			site: fc.constantFrom('global', 'eea'),
		},
		{requiredKeys: []},
	);

	test('and its undo give the key that was there, also through several edits, the last first', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryKey, fc.array(patches, {minLength: 1, maxLength: 4}), async (key, edits) => {
				const {context, vault} = fakeContext(
					{keys: [{...key, account: {kind: 'main'}, status: 'active'}]},
					{sandbox: false},
				);
				const states = [vault.read().keys[0]!];
				for (const patch of edits) {
					const plan = await planEdit(context, key.id, patch);
					await editKey(context, plan);
					if (plan.changes.length > 0) states.push(vault.read().keys[0]!);
				}

				// What the vault writes must be read again by itself.
				vault.behindOurBack(content => ({...content, undo: JSON.parse(JSON.stringify(content.undo ?? []))}));
				for (const before of states.slice(0, -1).toReversed()) {
					await undoLast(context);
					expect(compared(vault.read().keys[0]!)).toEqual(compared(before));
				}

				expect(await failureOf(undoLast(context))).toBe('nothing-to-undo');
			}),
		);
	});

	test('says what was undone, and before that what would be', async () => {
		const {context, vault} = fakeContext({keys: two});
		await edit(context, 'b2', {tags: ['eu', 'night'], description: 'x'});
		expect(nextUndo(vault.read())).toBe('description and tags of bot2');
		const undone = await undoLast(context);
		expect(undoneWords(undone)).toEqual({
			text: 'Undone: description and tags of bot2.',
			hint: 'x → -; eu, night → eu',
		});
		expect(nextUndo(vault.read())).toBeUndefined();
	});

	test('of the name brings the earlier name back, unless another key has it now', async () => {
		const {context, vault} = fakeContext({keys: two});
		await edit(context, 'a1', {name: 'first'});
		await edit(context, 'b2', {name: 'bot1'});
		vault.behindOurBack(content => ({...content, undo: content.undo!.slice(0, 1)}));
		await expect(undoLast(context)).rejects.toThrow(
			'Nothing was undone: first stays as it is: another key is called bot1 now.',
		);
		expect(vault.read().keys.map(({name}) => name)).toEqual(['first', 'bot1']);
	});

	test('whose value was changed since is left alone, and the next undo is about the edit before', async () => {
		const {context, vault} = fakeContext({keys: two});
		await edit(context, 'a1', {description: 'mine'});
		await edit(context, 'b2', {tags: ['mine']});
		vault.behindOurBack(content => withChangedKey(content, 'b2', key => ({...key, tags: ['theirs']})));
		await expect(undoLast(context)).rejects.toMatchObject({
			code: 'undo-conflict',
			exit: 'busy',
			message: 'Nothing was undone: bot2 was changed since (tags), and stays as it is.',
		});
		expect(vault.read().keys[1]!.tags).toEqual(['theirs']);
		await undoLast(context);
		expect(vault.read().keys[0]!.description).toBe('');
	});

	test('keeps what was changed of the key beside it', async () => {
		const {context, vault} = fakeContext({keys: two});
		await edit(context, 'b2', {tags: ['mine']});
		vault.behindOurBack(content => withChangedKey(content, 'b2', key => ({...key, description: 'theirs'})));
		await undoLast(context);
		expect(vault.read().keys[1]).toMatchObject({tags: ['eu'], description: 'theirs'});
	});

	test('of a key that has gone, or lies in the trash, is not undone', async () => {
		const {context, vault} = fakeContext({keys: two});
		await edit(context, 'a1', {tags: ['x']});
		await edit(context, 'b2', {tags: ['x']});
		vault.behindOurBack(content => ({...content, keys: [{...content.keys[1]!, trashedAt: 5}]}));
		await expect(undoLast(context)).rejects.toThrow('bot2 is in the trash');
		await expect(undoLast(context)).rejects.toThrow('A key of this change is no longer in the vault.');
	});
});

describe('a removal', () => {
	test('is undone from the trash, and a return to the trash too', async () => {
		const {context, vault} = fakeContext({keys: two});
		await removeKey(context, 'a1');
		expect(nextUndo(vault.read())).toBe('removal of bot1');
		expect(undoneWords(await undoLast(context)).text).toBe('Undone: bot1 is back from the trash.');
		expect(vault.read().keys.map(compared)).toEqual(two.map(compared));
		await removeKey(context, 'a1');
		await restoreKey(context, 'a1');
		expect(undoneWords(await undoLast(context)).text).toBe('Undone: bot1 is in the trash again.');
		expect(vault.read().keys[0]!.trashedAt).not.toBeNull();
	});

	test('of a key whose creation was cut off is undone too', async () => {
		const {context, vault} = fakeContext({keys: [], operations: [creation()]});
		await removeKey(context, 'p');
		await undoLast(context);
		expect(withUnfinished(vault.read())).toMatchObject([{id: 'p', trashedAt: null}]);
	});

	test('is not undone while its name or its API key is in use again', async () => {
		const {context, vault} = fakeContext({keys: [storedKey()]});
		await removeKey(context, 'a1');
		vault.behindOurBack(content => ({...content, keys: [...content.keys, storedKey({id: 'n', name: 'new'})]}));
		await expect(undoLast(context)).rejects.toThrow('its API key is stored under another name now');
	});
});

describe('what was changed on the exchange', () => {
	test('stays, and is said, and the local part of the same edit is undone', async () => {
		const {context, vault, listed} = sandboxWorld();
		await edit(context, 'a1', {tags: ['x'], ip: ['1.2.3.4']});
		const undone = await undoLast(context);
		expect(vault.read().keys[0]).toMatchObject({tags: [], ip: ['1.2.3.4']});
		expect(listed[0]!.ip).toEqual(['1.2.3.4']);
		expect(undoneWords(undone).hint).toContain('On the exchange this stays: ip of bot1.');
	});

	test('alone is never undone: that is said, and the next undo is about the change before', async () => {
		const {context, vault, listed, calls} = sandboxWorld();
		await edit(context, 'b2', {description: 'x'});
		await edit(context, 'a1', {permissions: ['read', 'trade']});
		calls.length = 0;
		expect(nextUndo(vault.read())).toBe('a change that stays');
		await expect(undoLast(context)).rejects.toMatchObject({
			code: 'undo-live',
			message: 'The last change was made on the exchange, where undo does not reach: permissions of bot1.',
		});
		expect(listed[0]!.permissions).toEqual(['read', 'trade']);
		expect(vault.read().keys[0]!.permissions).toEqual(['read', 'trade']);
		await undoLast(context);
		expect(vault.read().keys[1]!.description).toBe('');
		expect(calls).toEqual([]);
	});

	test('a revocation is never undone', async () => {
		const {context, vault} = sandboxWorld();
		await revokeKey(context, 'a1');
		await expect(undoLast(context)).rejects.toThrow('bot1 is revoked');
		expect(vault.read().keys[0]!.status).toBe('revoked');
	});
});
