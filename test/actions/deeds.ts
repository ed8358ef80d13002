import type {Context} from '../../source/actions/context.ts';
import {createKey} from '../../source/actions/create.ts';
import {editKey} from '../../source/actions/edit.ts';
import {freezeKey, thawKey} from '../../source/actions/freeze.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {beginRotation, handOver} from '../../source/actions/rotate.ts';
import {abortRotation, finishRotation} from '../../source/actions/rotation-end.ts';
import {testKey} from '../../source/actions/test.ts';
import {removeKey, restoreKey, trashedKeys} from '../../source/actions/trash.ts';
import {undoLast} from '../../source/actions/undo.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {creationsIn, rotationsIn} from '../../source/core/key/operation.ts';
import {Secret} from '../../source/core/secret.ts';
import {goodPassphrase} from '../exchange/helpers.ts';

export const subAccounts = ['gridbots01', 'quantdesk01'] as const;
const ips = [['127.0.0.1'], ['127.0.0.1', '203.0.113.7'], ['127.0.0.1', '2001:db8::/32']] as const;
const permissionSets = [['read'], ['read', 'trade']] as const;
const pick = <Item>(items: readonly Item[], by: number): Item | undefined => items[by % items.length];
let made = 0;

/** Those of sub-accounts; `m` is the key that manages them. */
export const bots = ({vault}: Context): readonly StoredKey[] =>
	vault.read().keys.filter(({id, trashedAt}) => id !== 'm' && trashedAt === null);

const ofAKey = {
	async edit(context: Context, {id}: StoredKey, by: number) {
		const patch = by % 2 === 0 ? {ip: pick(ips, by)!} : {permissions: pick(permissionSets, by >> 1)!, tags: [`t${by}`]};
		await editKey(context, await planEdit(context, id, patch));
	},
	async freeze(context: Context, {id}: StoredKey, by: number) {
		await freezeKey(context, id, {readOnly: by % 2 === 0});
	},
	async thaw(context: Context, {id}: StoredKey, by: number) {
		await thawKey(context, id, {keepReadOnly: by % 3 === 0});
	},
	async rotate(context: Context, {id}: StoredKey) {
		await finishRotation(context, await handOver(context, await beginRotation(context, id), {test: false}));
	},
	async handOver(context: Context, {id}: StoredKey) {
		await handOver(context, await beginRotation(context, id), {test: false});
	},
	async revoke(context: Context, {id}: StoredKey) {
		await revokeKey(context, id);
	},
	async remove(context: Context, {id}: StoredKey) {
		await removeKey(context, id);
	},
	async test(context: Context, {id}: StoredKey) {
		await testKey(context, id);
	},
};

const ofTheVault = {
	async create(context: Context, by: number) {
		await createKey(context, {
			name: `bot${++made}`,
			description: '',
			type: 'api',
			permissions: pick(permissionSets, by)!,
			ip: pick(ips, by)!,
			passphrase: new Secret(goodPassphrase),
			environment: 'live',
			target: {kind: 'sub', subAccount: pick(subAccounts, by)!, using: 'm'},
		});
	},
	async goOn(context: Context, by: number) {
		const operation = pick(rotationsIn(context.vault.read()), by);
		if (!operation) return;
		if (by % 2 === 0) await abortRotation(context, operation);
		else await finishRotation(context, await handOver(context, operation, {test: false}));
	},
	async clear(context: Context, by: number) {
		const creation = pick(creationsIn(context.vault.read()), by);
		if (creation) await revokeKey(context, creation.id);
	},
	async restore(context: Context, by: number) {
		const trashed = pick(trashedKeys(context.vault.read()), by);
		if (trashed) await restoreKey(context, trashed.id);
	},
	async undo(context: Context) {
		await undoLast(context);
	},
};

export type Deed = keyof typeof ofAKey | keyof typeof ofTheVault;
export const deeds = [...Object.keys(ofAKey), ...Object.keys(ofTheVault)] as readonly Deed[];

/** Does one thing that a person may do, with a key and a choice by that number; throws where it cannot be done now. */
export async function act(context: Context, deed: Deed, by: number): Promise<void> {
	if (deed in ofTheVault) {
		await ofTheVault[deed as keyof typeof ofTheVault](context, by);
		return;
	}

	const key = pick(bots(context), by);
	if (key) await ofAKey[deed as keyof typeof ofAKey](context, key, by);
}
