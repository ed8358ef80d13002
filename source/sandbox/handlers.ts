import {AppError} from '../core/errors.ts';
import type {Environment, KeyType, PermissionWord, UnknownPermission} from '../core/key.ts';
import {orderPermissions, unknownPermissions} from '../core/permission.ts';
import {parsePermissions, passphraseProblem} from '../core/validate.ts';
import {ipProblem} from '../core/ip/validate.ts';
import {splitIps} from '../core/ip/address.ts';
import {limits} from '../core/limits.ts';
import {isPrintable} from '../core/text/sanitize.ts';
import type {EndpointName} from '../exchange/endpoints.ts';
import {permissionsOnWire} from '../exchange/wire.ts';
import {configOf} from './account-config.ts';
import {Refusal, wordsOf} from './refusal.ts';
import type {FaultInjection} from './fault-injection.ts';
import {
	keysOf,
	mainAccount,
	newKey,
	subAccountNamed,
	withChanged,
	withSandboxKey,
	withoutSandboxKey,
	type SandboxAccount,
	type NewKey,
	type SandboxKey,
	type SandboxState,
} from './state.ts';
import type {Random} from '../core/random.ts';

/** A call that has passed every check of the gateway. */
export type Call = {
	readonly state: SandboxState;
	/** Whose signature it bears; nobody's on endpoints that need none. */
	readonly caller: SandboxKey | undefined;
	/** Of the query or the body. */
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly now: number;
	readonly random: Random;
	readonly rehearsal: FaultInjection;
};

export type HandlerResult = {
	readonly data: readonly unknown[];
	/** That an item of `data` has failed. */
	readonly code?: '1';
};
/** What is answered, and what the exchange has become. */
export type Changed = HandlerResult & {readonly state: SandboxState};

/** A call that only looks is never given anything to store; one that changes something must say what to store. */
export type Handler = {readonly look: (call: Call) => HandlerResult} | {readonly change: (call: Call) => Changed};

function optional({parameters}: Call, name: string): string | undefined {
	const value = parameters[name];
	if (value === undefined || typeof value === 'string') return value;
	throw new Refusal('51000', name);
}

function required(call: Call, name: string): string {
	const value = optional(call, name);
	if (value === undefined || value === '') throw new Refusal('50014', name);
	return value;
}

function oneOf<Choice extends string>(call: Call, name: string, choices: readonly Choice[]): Choice {
	const value = required(call, name);
	const choice = choices.find(one => one === value);
	if (choice === undefined) throw new Refusal('51000', name);
	return choice;
}

function subAccountOf(call: Call): SandboxAccount {
	const account = subAccountNamed(call.state, required(call, 'subAcct'));
	if (!account) throw new Refusal('59510');
	return account;
}

/** An account's keys of one environment: live and demo know nothing of each other. */
function keysIn(call: Call, account: SandboxAccount, environment: Environment): SandboxKey[] {
	return keysOf(call.state, account).filter(key => key.environment === environment);
}

function keyOf(call: Call, keys: readonly SandboxKey[]): SandboxKey {
	const apiKey = required(call, 'apiKey');
	const key = keys.find(one => one.apiKey === apiKey);
	if (!key) throw new Refusal('59506');
	return key;
}

/** `known` are words that are no permission here, and that the key has all the same. */
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

/** By the API and on the page: the ten characters of a name are a limit of okx-keys alone (docs/okx-api.md §4.5). */
const longestLabel = 50;

function checkLabel(label: string, others: readonly SandboxKey[]): void {
	if (label.length > longestLabel || label.trim() === '' || !isPrintable(label)) throw new Refusal('51000', 'label');
	if (others.some(other => other.label === label)) throw new Refusal('59502');
}

/** Makes a key from what a call chose, by the rules that API and page share. */
function made(
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

/** Changes a key: what was sent is replaced, what is absent stays (docs/okx-api.md §2.4). */
function modified(
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

function onWire({label, apiKey, permissions, ip, createdAt}: SandboxKey) {
	return {label, apiKey, perm: permissionsOnWire(permissions), ip: ip.join(','), ts: String(createdAt)};
}

/** On the page one sees what the API leaves out. */
function onPage(key: SandboxKey) {
	return {...onWire(key), env: key.environment, type: key.type};
}

const environments = ['live', 'demo'] as const satisfies readonly Environment[];
const types = ['api', 'app'] as const satisfies readonly KeyType[];
const mostPerPage = 100;

/** What is announced unless something else is asked for, and all that may be (docs/okx-api.md §3.2). */
const unfinished: readonly string[] = ['scheduled', 'ongoing', 'pre_open'];
const announced = ['scheduled', 'ongoing', 'pre_open', 'completed', 'canceled'] as const;

/** One for each endpoint of exchange/endpoints.ts: by its type, the build fails when one is missing. */
export const handlers: {readonly [Name in EndpointName]: Handler} = {
	time: {look: ({now}) => ({data: [{ts: String(now)}]})},

	config: {look: ({state, caller, rehearsal}) => ({data: [rehearsal.said(configOf(caller!, state))]})},

	status: {
		look(call) {
			const wanted = optional(call, 'state') === undefined ? unfinished : [oneOf(call, 'state', announced)];
			return {data: call.rehearsal.announcements(call.now).filter(({state}) => wanted.includes(state))};
		},
	},

	/** The sandbox trades nothing, so no order is ever there. */
	cancelOrder: {
		look(call) {
			if (!/^[A-Z\d]+(?:-[A-Z\d]+){1,4}$/.test(required(call, 'instId'))) throw new Refusal('51000', 'instId');
			const [ordId = '', clOrdId = ''] = [optional(call, 'ordId'), optional(call, 'clOrdId')];
			if (ordId === '' && clOrdId === '') throw new Refusal('50015', 'ordId, clOrdId');
			if (!/^[A-Za-z\d]{0,32}$/.test(clOrdId)) throw new Refusal('51000', 'clOrdId');
			const sCode = call.rehearsal.orderCode();
			return {code: '1', data: [{clOrdId, ordId, sCode, sMsg: wordsOf(sCode), ts: String(call.now)}]};
		},
	},

	subAccounts: {
		look(call) {
			const [name, enable, after, before] = ['subAcct', 'enable', 'after', 'before'].map(parameter =>
				optional(call, parameter),
			);
			const limit = Math.min(Number(optional(call, 'limit') ?? mostPerPage) || mostPerPage, mostPerPage);
			const found = call.state.accounts
				.slice(1)
				.filter(account => (name === undefined || account.name === name) && enable !== 'false')
				.filter(
					({createdAt}) =>
						(after === undefined || createdAt < Number(after)) && (before === undefined || createdAt > Number(before)),
				)
				.toSorted((left, right) => right.createdAt - left.createdAt);
			return {
				data: found.slice(0, limit).map(({name: subAcct, uid, label, createdAt}) => ({
					canTransOut: false,
					enable: true,
					firstLvSubAcct: '',
					frozenFunc: [],
					gAuth: false,
					ifDma: false,
					label,
					mobile: '',
					subAcct,
					subAcctLv: '1',
					ts: String(createdAt),
					type: '1',
					uid,
				})),
			};
		},
	},

	createSubKey: {
		change(call) {
			const account = subAccountOf(call);
			const {key, passphrase, state} = made(call, account, {environment: call.caller!.environment, type: 'api'});
			return {state, data: [{subAcct: account.name, ...onWire(key), secretKey: key.secretKey, passphrase}]};
		},
	},

	subKeys: {
		look(call) {
			const keys = keysIn(call, subAccountOf(call), call.caller!.environment);
			return {data: (optional(call, 'apiKey') ? [keyOf(call, keys)] : keys).map(key => onWire(key))};
		},
	},

	modifySubKey: {
		change(call) {
			const account = subAccountOf(call);
			const {key, state} = modified(call, keyOf(call, keysIn(call, account, call.caller!.environment)), account);
			return {state, data: [{subAcct: account.name, ...onWire(key)}]};
		},
	},

	deleteSubKey: {
		change(call) {
			const account = subAccountOf(call);
			const {apiKey} = keyOf(call, keysIn(call, account, call.caller!.environment));
			return {state: withoutSandboxKey(call.state, apiKey), data: [{subAcct: account.name}]};
		},
	},

	pageKeys: {look: ({state}) => ({data: keysOf(state, mainAccount(state)).map(key => onPage(key))})},

	pageCreate: {
		change(call) {
			const {key, passphrase, state} = made(call, mainAccount(call.state), {
				environment: oneOf(call, 'env', environments),
				type: oneOf(call, 'type', types),
			});
			return {state, data: [{...onWire(key), secretKey: key.secretKey, passphrase}]};
		},
	},

	pageEdit: {
		change(call) {
			const account = mainAccount(call.state);
			const {key, state} = modified(call, keyOf(call, keysOf(call.state, account)), account);
			return {state, data: [onWire(key)]};
		},
	},

	pageDelete: {
		change(call) {
			const {apiKey} = keyOf(call, keysOf(call.state, mainAccount(call.state)));
			return {state: withoutSandboxKey(call.state, apiKey), data: [{apiKey}]};
		},
	},
};
