import {expect, test} from 'vitest';
import {entriesAbout, readActivity} from '../../source/actions/activity.ts';
import {createKey} from '../../source/actions/create.ts';
import {editKey} from '../../source/actions/edit.ts';
import {freezeKey, thawKey} from '../../source/actions/freeze.ts';
import {importKeys} from '../../source/actions/import.ts';
import {keyByName} from '../../source/actions/keys.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {testKey} from '../../source/actions/test.ts';
import {removeKey, restoreKey} from '../../source/actions/trash.ts';
import {undoLast} from '../../source/actions/undo.ts';
import {noteReveal, noteUses} from '../../source/actions/uses.ts';
import type {Context} from '../../source/actions/context.ts';
import {Secret} from '../../source/core/secret.ts';
import {recorded} from '../helpers/activity.ts';
import {failureOf} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {entriesOf, foreign, untested} from './imports.ts';

async function created({context}: {readonly context: Context}) {
	return createKey(context, {
		name: 'grid',
		description: '',
		type: 'api',
		permissions: ['read', 'trade'],
		ip: ['127.0.0.1'],
		passphrase: new Secret('Correct-Horse9!'),
		environment: 'live',
		target: {kind: 'main'},
	});
}

test('the life of a key is on record, each step with the save that makes it', async () => {
	const {context} = await world();
	const key = await created({context});
	const {id} = key;
	await testKey(context, id);
	await editKey(context, await planEdit(context, id, {tags: ['eu']}));
	await undoLast(context);
	await noteReveal(context, key);
	await noteUses(context, [key], 'copy', 'secret-key');
	await noteUses(context, [key], 'copy', 'secret-key');
	await noteUses(context, [key], 'export', 'age');
	await noteUses(context, [key], 'exec', 'bot');
	await freezeKey(context, id, {readOnly: false});
	await thawKey(context, id, {keepReadOnly: false});
	await revokeKey(context, id);
	await removeKey(context, id);
	await restoreKey(context, id);
	await undoLast(context);
	expect(recorded(context.vault.read()).filter(entry => entry.includes('grid'))).toEqual(
		[
			'created',
			'tested',
			'edited',
			'undone',
			'revealed',
			'copied',
			'exported',
			'executed',
			'frozen',
			'thawed',
			'revoked',
			'removed',
			'restored',
			'undone',
		].map(what => `${what}: grid`),
	);
	const {entries} = readActivity(context.vault.read());
	expect(entries.find(({what}) => what === 'copied')).toMatchObject({detail: 'secret-key', times: 2});
	expect(entries.findLast(({what}) => what === 'undone')).toMatchObject({detail: 'removed'});
	expect(entries.find(({what}) => what === 'undone')).toMatchObject({edits: [{field: 'tags', from: 'eu', to: ''}]});
});

test('what was imported together is one entry', async () => {
	const {context} = await world();
	await importKeys(context, entriesOf(...['a', 'b', 'c'].map(name => foreign(name))), untested);
	expect(recorded(context.vault.read())).toEqual(['vault-created', 'imported: a b c']);
});

test('an entry stays with its key when that is renamed, and is found by both names', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({name: 'grid'}), storedKey({id: 'b', name: 'arb'})]});
	await noteReveal(context, keyByName(context.vault.read(), 'grid'));
	await editKey(context, await planEdit(context, 'a1', {name: 'dca'}));
	const content = context.vault.read();
	const {entries} = readActivity(content);
	const about = (...names: readonly string[]) => entriesAbout(content, entries, names).map(({what}) => what);
	expect(about('grid')).toEqual(['revealed', 'edited']);
	expect(about('dca')).toEqual(['revealed', 'edited']);
	expect(about('arb')).toEqual([]);
	expect(about()).toHaveLength(3);
	expect(await failureOf(Promise.try(() => about('nobody')))).toBe('no-such-key');
});

test('nothing is recorded under --readonly', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey()]});
	const before = recorded(context.vault.read());
	await noteReveal({...context, readonly: true}, storedKey());
	await noteUses({...context, readonly: true}, [storedKey()], 'exec', 'bot');
	expect(recorded(context.vault.read())).toEqual(before);
});
