import {describe, expect, test} from 'vitest';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {acceptLive} from '../../source/actions/accept.ts';
import {withChangedKey} from '../../source/actions/keys.ts';
import {permissionsSaid} from '../../source/core/key/permission.ts';
import {fakeContext} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {world} from './edits.ts';

describe('a permission that this program does not know', () => {
	const onchain = permissionsSaid(['read_only', 'onchain']);

	test('edit-drops-unknown-permission: is sent back with the others, shown as a difference, not declared', async () => {
		const {context, listed} = world();
		listed[0] = {...listed[0]!, permissions: onchain};
		const plan = await planEdit(context, 'a1', {permissions: ['read', 'trade']});
		expect(plan.changes).toEqual([
			{field: 'permissions', from: 'read, onchain', to: 'read, trade, onchain', where: 'exchange'},
		]);
		expect(await editKey(context, plan)).toMatchObject({permissions: ['read', 'trade']});
		expect(listed[0]).toMatchObject({permissions: ['read', 'trade', 'onchain']});
	});

	test('stays as declared, where it was, by an edit of the others', async () => {
		const {context, vault, listed} = world();
		listed[0] = {...listed[0]!, permissions: onchain};
		vault.behindOurBack(content => withChangedKey(content, 'a1', one => ({...one, permissions: onchain})));
		await context.vault.refresh();
		expect(await editKey(context, await planEdit(context, 'a1', {permissions: ['read', 'trade']}))).toMatchObject({
			permissions: ['read', 'trade', 'onchain'],
		});
		expect((await planEdit(context, 'a1', {permissions: ['read', 'trade']})).changes).toEqual([]);
	});

	test('keeps the permissions from being written where it cannot be sent back as it came', async () => {
		const {context, listed, calls} = world();
		listed[0] = {...listed[0]!, permissions: permissionsSaid(['read_only', 'x'.repeat(100)])};
		await expect(planEdit(context, 'a1', {permissions: ['read', 'trade']})).rejects.toThrow('cannot be sent back');
		expect(calls).not.toContain('pageEdit');
	});

	test('is declared by accepting what the exchange says', async () => {
		const {context} = fakeContext(
			{
				keys: [
					storedKey({
						lastTest: {
							at: 0,
							ok: true,
							code: 0,
							cause: '',
							latencyMs: 1,
							live: {permissions: onchain, ip: [], label: '', uid: '1', mainUid: '1', kycLv: ''},
						},
					}),
				],
				sandbox: {},
			},
			{},
		);
		expect(await editKey(context, acceptLive(context, 'a1'))).toMatchObject({permissions: ['read', 'onchain']});
	});
});
