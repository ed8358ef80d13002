import type {Environment, KeyType} from '../../core/key/key.ts';
import type {EndpointName} from '../../exchange/endpoint.ts';
import {permissionsOnWire} from '../../exchange/wire.ts';
import {configOf} from '../account-config.ts';
import {oneOf, optional, required, type EndpointHandler} from './call.ts';
import {recordHandlers} from './record-handlers.ts';
import {enabledSubAccountOf, keyOf, keysIn, makeKey, modifyKey, subAccountOf} from './key-requests.ts';
import {Refusal, wordsOf} from '../refusal.ts';
import {keysOf, mainAccount, withoutSandboxKey, type SandboxKey} from '../state.ts';

function onWire({label, apiKey, permissions, ip, createdAt}: SandboxKey) {
	return {label, apiKey, perm: permissionsOnWire(permissions), ip: ip.join(','), ts: String(createdAt)};
}

/** The page also shows the fields that the API leaves out. */
function onPage(key: SandboxKey) {
	return {...onWire(key), env: key.environment, type: key.type};
}

const environments = ['live', 'demo'] as const satisfies readonly Environment[];
const types = ['api', 'app'] as const satisfies readonly KeyType[];
const mostPerPage = 100;

/** The states announced by default, and all that a call may ask for (docs/okx-api.md §3.2). */
const unfinished: readonly string[] = ['scheduled', 'ongoing', 'pre_open'];
const announced = ['scheduled', 'ongoing', 'pre_open', 'completed', 'canceled'] as const;

/** One handler per endpoint of exchange/endpoints.ts; the type fails the build when one is missing. */
export const handlers: {readonly [Name in EndpointName]: EndpointHandler} = {
	time: {look: ({now}) => ({data: [{ts: String(now)}]})},

	config: {look: ({state, caller, injection}) => ({data: [injection.said(configOf(caller!, state))]})},

	status: {
		look(call) {
			const wanted = optional(call, 'state') === undefined ? unfinished : [oneOf(call, 'state', announced)];
			return {data: call.injection.announcements(call.now).filter(({state}) => wanted.includes(state))};
		},
	},

	/** Every order that is named counts as unknown: those of the bots cannot be cancelled, and others are filled. */
	cancelOrder: {
		look(call) {
			if (!/^[A-Z\d]+(?:-[A-Z\d]+){1,4}$/.test(required(call, 'instId'))) throw new Refusal('51000', 'instId');
			const [ordId = '', clOrdId = ''] = [optional(call, 'ordId'), optional(call, 'clOrdId')];
			if (ordId === '' && clOrdId === '') throw new Refusal('50015', 'ordId, clOrdId');
			if (!/^[A-Za-z\d]{0,32}$/.test(clOrdId)) throw new Refusal('51000', 'clOrdId');
			const sCode = call.injection.orderCode();
			return {code: '1', data: [{clOrdId, ordId, sCode, sMsg: wordsOf(sCode), ts: String(call.now)}]};
		},
	},

	...recordHandlers,

	subAccounts: {
		look(call) {
			const [name, enable, after, before] = ['subAcct', 'enable', 'after', 'before'].map(parameter =>
				optional(call, parameter),
			);
			const limit = Math.min(Number(optional(call, 'limit') ?? mostPerPage) || mostPerPage, mostPerPage);
			const found = call.state.accounts
				.slice(1)
				.filter(account => name === undefined || account.name === name)
				.filter(({frozen = false}) => enable === undefined || enable === String(!frozen))
				.filter(
					({createdAt}) =>
						(after === undefined || createdAt < Number(after)) && (before === undefined || createdAt > Number(before)),
				)
				.toSorted((left, right) => right.createdAt - left.createdAt);
			return {
				data: found.slice(0, limit).map(({name: subAcct, uid, label, createdAt, frozen = false}) => ({
					canTransOut: false,
					enable: !frozen,
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
			const account = enabledSubAccountOf(call);
			const {key, passphrase, state} = makeKey(call, account, {environment: call.caller!.environment, type: 'api'});
			return {state, data: [{subAcct: account.name, ...onWire(key), secretKey: key.secretKey, passphrase}]};
		},
	},

	subKeys: {
		look(call) {
			const account = subAccountOf(call);
			const keys = keysIn(call, account, call.caller!.environment);
			const said = (key: SandboxKey) => {
				const {uid: mainUid} = mainAccount(call.state);
				const {label, perm, ip} = call.injection.said({
					...onWire(key),
					uid: account.uid,
					mainUid,
					kycLv: call.state.kycLevel,
				});
				return {...onWire(key), label, perm, ip};
			};
			return {data: (optional(call, 'apiKey') ? [keyOf(call, keys)] : keys).map(key => said(key))};
		},
	},

	modifySubKey: {
		change(call) {
			const account = enabledSubAccountOf(call);
			const {key, state} = modifyKey(call, keyOf(call, keysIn(call, account, call.caller!.environment)), account);
			return {state, data: [{subAcct: account.name, ...onWire(key)}]};
		},
	},

	deleteSubKey: {
		change(call) {
			const account = enabledSubAccountOf(call);
			const {apiKey} = keyOf(call, keysIn(call, account, call.caller!.environment));
			return {state: withoutSandboxKey(call.state, apiKey), data: [{subAcct: account.name}]};
		},
	},

	pageKeys: {look: ({state}) => ({data: keysOf(state, mainAccount(state)).map(key => onPage(key))})},

	pageCreate: {
		change(call) {
			const {key, passphrase, state} = makeKey(call, mainAccount(call.state), {
				environment: oneOf(call, 'env', environments),
				type: oneOf(call, 'type', types),
			});
			return {state, data: [{...onWire(key), secretKey: key.secretKey, passphrase}]};
		},
	},

	pageEdit: {
		change(call) {
			const account = mainAccount(call.state);
			const {key, state} = modifyKey(call, keyOf(call, keysOf(call.state, account)), account);
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
