import {AppError} from '../../core/errors.ts';
import {splitIps} from '../../core/ip/address.ts';
import {ipProblem} from '../../core/ip/validate.ts';
import type {Environment, PermissionWord, UnknownPermission} from '../../core/key/key.ts';
import {limits} from '../../core/limits.ts';
import {orderPermissions, unknownPermissions} from '../../core/key/permission.ts';
import {isPrintable} from '../../core/text/sanitize.ts';
import {parsePermissions, passphraseProblem} from '../../core/validate.ts';
import {optional, required, type Call} from './call.ts';
import {Refusal} from '../refusal.ts';
import {
	keysOf,
	newKey,
	subAccountNamed,
	withChanged,
	withSandboxKey,
	type NewKey,
	type SandboxAccount,
	type SandboxKey,
	type SandboxState,
} from '../state.ts';

export function subAccountOf(call: Call): SandboxAccount {
	const account = subAccountNamed(call.state, required(call, 'subAcct'));
	if (!account) throw new Refusal('59510');
	return account;
}

/** For what changes a key. */
export function enabledSubAccountOf(call: Call): SandboxAccount {
	const account = subAccountOf(call);
	if (account.frozen) throw new Refusal('59508');
	return account;
}

/** An account's keys of one environment: live and demo are separate. */
export function keysIn(call: Call, account: SandboxAccount, environment: Environment): SandboxKey[] {
	return keysOf(call.state, account).filter(key => key.environment === environment);
}

export function keyOf(call: Call, keys: readonly SandboxKey[]): SandboxKey {
	const apiKey = required(call, 'apiKey');
	const key = keys.find(one => one.apiKey === apiKey);
	if (!key) throw new Refusal('59506');
	return key;
}

/** `known` are words that are not permissions here, but that the key already has. */
function readPermissions(text: string, isSub: boolean, known: readonly UnknownPermission[] = []): PermissionWord[] {
	try {
		const words = splitIps(text);
		const kept = known.filter(word => words.includes(word));
		const permissions = orderPermissions([
			...parsePermissions(words.filter(word => !kept.some(one => one === word)).join(',')),
			...kept,
		]);
		if (isSub && permissions.includes('withdraw')) throw new Refusal('59504');
		return permissions;
	} catch (error) {
		if (error instanceof AppError) throw new Refusal('51000', 'perm');
		throw error;
	}
}

function readIps(text: string): string[] {
	const entries = splitIps(text);
	if (entries.length > limits.ipAddresses) throw new Refusal('59503');
	if (entries.some(entry => ipProblem(entry))) throw new Refusal('51000', 'ip');
	return entries;
}

/** For API and page; the limit of ten characters is one of okx-keys alone (docs/okx-api.md §4.5). */
const longestLabel = 50;

function checkLabel(label: string, others: readonly SandboxKey[]): void {
	if (label.length > longestLabel || label.trim() === '' || !isPrintable(label)) throw new Refusal('51000', 'label');
	if (others.some(other => other.label === label)) throw new Refusal('59502');
}

export function makeKey(
	call: Call,
	account: SandboxAccount,
	{environment, type}: Pick<NewKey, 'environment' | 'type'>,
): {readonly key: SandboxKey; readonly passphrase: string; readonly state: SandboxState} {
	const isSub = account.name !== '';
	const others = keysIn(call, account, environment);
	const [label, passphrase] = [required(call, 'label'), required(call, 'passphrase')];
	const permissions = readPermissions(optional(call, 'perm') ?? '', isSub);
	const ip = readIps(optional(call, 'ip') ?? '');
	checkLabel(label, others);
	if (passphraseProblem(passphrase)) throw new Refusal('59505');
	if (others.length >= limits.keysPerAccount) throw new Refusal('59501');
	const key = newKey({uid: account.uid, label, permissions, ip, environment, type, passphrase}, call.now, call.random);
	return {key, passphrase, state: withSandboxKey(call.state, key)};
}

/** Changes a key: sent fields are replaced, absent fields stay (docs/okx-api.md §2.4). */
export function modifyKey(
	call: Call,
	key: SandboxKey,
	account: SandboxAccount,
): {readonly key: SandboxKey; readonly state: SandboxState} {
	const isSub = account.name !== '';
	const [label, perm, ip] = [optional(call, 'label'), optional(call, 'perm'), optional(call, 'ip')];
	if (label === '') throw new Refusal('50014', 'label');
	if (label !== undefined)
		checkLabel(
			label,
			keysIn(call, account, key.environment).filter(other => other.apiKey !== key.apiKey),
		);
	const change = {
		...(label !== undefined && {label}),
		...(perm !== undefined && {permissions: readPermissions(perm, isSub, unknownPermissions(key.permissions))}),
		...(ip !== undefined && {ip: readIps(ip)}),
	};
	return {key: {...key, ...change}, state: withChanged(call.state, key.apiKey, change)};
}
