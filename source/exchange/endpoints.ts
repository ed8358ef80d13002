import * as v from 'valibot';
import type {LiveKey} from '../core/key/key.ts';
import type {Chosen, CreatedKey, Endpoint, EndpointName, ListedKey, Notice, SubAccount} from './endpoint.ts';
import {recordEndpoints} from './record-endpoints.ts';
import {maskIds} from './redact.ts';
import {each, ipList, one, permissionList, permissionsOnWire, text, time} from './wire.ts';

/** An optional time: empty or not a number when left out. */
const moment = v.fallback(
	v.pipe(
		time,
		v.transform((ms): number | null => (ms > 0 ? ms : null)),
	),
	null,
);

const listed = {
	label: text,
	apiKey: text,
	perm: permissionList,
	ip: ipList,
	ts: v.fallback(time, 0),
};
type Listed = v.InferOutput<v.ObjectSchema<typeof listed, undefined>>;

function toListedKey({label, apiKey, perm, ip, ts}: Listed): ListedKey {
	return {label, apiKey, permissions: perm, ip, createdAt: ts};
}

const listedKey = v.pipe(v.object(listed), v.transform(toListedKey));

/** A missing side field must not lose a new key: only the API key and the secret key are required. */
const createdKey = v.pipe(
	v.object({
		...listed,
		label: v.fallback(text, ''),
		perm: v.fallback(permissionList, ['read']),
		ip: v.fallback(ipList, []),
		apiKey: v.pipe(v.string(), v.nonEmpty()),
		secretKey: v.pipe(v.string(), v.nonEmpty()),
	}),
	v.transform((key): CreatedKey => ({...toListedKey(key), secretKey: key.secretKey})),
);

const pageKey = v.pipe(
	v.object({...listed, env: v.picklist(['live', 'demo']), type: v.picklist(['api', 'app'])}),
	v.transform(key => ({...toListedKey(key), environment: key.env, type: key.type})),
);

function chosenOnWire({label, permissions, ip}: Partial<Chosen>) {
	return {label, perm: permissions && permissionsOnWire(permissions), ip: ip?.join(',')};
}

const subAccountsPath = '/api/v5/users/subaccount';
const pagePath = '/sandbox/page/keys';
const pageSize = 100;

const reads = {permission: 'read', mainAccount: true} as const;
const manages = {permission: 'trade', mainAccount: true, boundCaller: true} as const;
const twentyInTwoSeconds = {count: 20, windowMs: 2000, per: 'user'} as const;
const oncePerSecond = {count: 1, windowMs: 1000, per: 'user'} as const;

/**
 * The one table of calls: the client sends by it, and the sandbox answers and limits by it (docs/okx-api.md §2, §3).
 */
export const endpoints: {readonly [Name in EndpointName]: Endpoint<Name>} = {
	time: {
		method: 'GET',
		path: '/api/v5/public/time',
		limit: {count: 10, windowMs: 2000, per: 'ip'},
		request: () => ({}),
		decode: one(
			v.pipe(
				v.object({ts: time}),
				v.transform(({ts}) => ({serverTime: ts})),
			),
		),
	},
	config: {
		method: 'GET',
		path: '/api/v5/account/config',
		needs: {permission: 'read'},
		limit: {count: 5, windowMs: 2000, per: 'user'},
		request: () => ({}),
		decode: one(
			v.pipe(
				v.object({
					uid: text,
					mainUid: text,
					label: text,
					perm: permissionList,
					ip: ipList,
					kycLv: v.fallback(text, ''),
				}),
				v.transform(({perm, ...rest}): LiveKey => ({...rest, permissions: perm})),
			),
		),
	},
	status: {
		method: 'GET',
		path: '/api/v5/system/status',
		limit: {count: 1, windowMs: 5000, per: 'ip'},
		request: () => ({}),
		decode: each(
			v.pipe(
				v.object({title: v.pipe(text, v.transform(maskIds)), state: text, begin: moment, end: moment}),
				v.transform(({title, state, begin, end}): Notice => ({title, state, begin, end})),
			),
		),
	},
	cancelOrder: {
		method: 'POST',
		path: '/api/v5/trade/cancel-order',
		needs: {permission: 'trade'},
		writes: true,
		limit: {count: 60, windowMs: 2000, per: 'user'},
		request: ({instrument, clientOrderId}) => ({body: {instId: instrument, clOrdId: clientOrderId}}),
		decode: one(
			v.pipe(
				v.object({clOrdId: v.fallback(text, '')}),
				v.transform(({clOrdId}) => ({clientOrderId: clOrdId})),
			),
		),
	},
	...recordEndpoints,
	subAccounts: {
		method: 'GET',
		path: `${subAccountsPath}/list`,
		needs: reads,
		limit: twentyInTwoSeconds,
		request: ({after}) => ({query: {limit: String(pageSize), after: after?.toString()}}),
		decode: each(
			v.pipe(
				v.object({subAcct: text, uid: text, label: v.fallback(text, ''), enable: v.boolean(), ts: v.fallback(time, 0)}),
				v.transform(({subAcct, uid, label, enable, ts}): SubAccount => ({
					name: subAcct,
					uid,
					label,
					enabled: enable,
					createdAt: ts,
				})),
			),
		),
		next(answer, {after = Infinity}) {
			const oldest = Math.min(...answer.map(({createdAt}) => createdAt));
			return answer.length < pageSize || oldest >= after ? undefined : {after: oldest};
		},
	},
	createSubKey: {
		method: 'POST',
		path: `${subAccountsPath}/apikey`,
		needs: manages,
		writes: true,
		limit: oncePerSecond,
		request: ({subAccount, passphrase, ...chosen}) => ({
			body: {subAcct: subAccount, passphrase, ...chosenOnWire(chosen), ip: chosen.ip.join(',') || undefined},
		}),
		decode: one(createdKey),
	},
	subKeys: {
		method: 'GET',
		path: `${subAccountsPath}/apikey`,
		needs: reads,
		limit: twentyInTwoSeconds,
		request: ({subAccount, apiKey}) => ({query: {subAcct: subAccount, apiKey}}),
		decode: each(listedKey),
	},
	modifySubKey: {
		method: 'POST',
		path: `${subAccountsPath}/modify-apikey`,
		needs: manages,
		writes: true,
		limit: oncePerSecond,
		request: ({subAccount, apiKey, ...chosen}) => ({body: {subAcct: subAccount, apiKey, ...chosenOnWire(chosen)}}),
		decode: one(listedKey),
	},
	deleteSubKey: {
		method: 'POST',
		path: `${subAccountsPath}/delete-apikey`,
		needs: manages,
		writes: true,
		limit: oncePerSecond,
		request: ({subAccount, apiKey}) => ({body: {subAcct: subAccount, apiKey}}),
		// Code 0 alone means success, whatever the rest says (docs/okx-api.md §2.5).
		decode: v.parser(
			v.fallback(
				v.pipe(
					v.tupleWithRest([v.object({subAcct: text})], v.unknown()),
					v.transform(([{subAcct}]) => ({subAccount: subAcct})),
				),
				{subAccount: ''},
			),
		),
	},
	pageKeys: {
		method: 'GET',
		path: pagePath,
		sandboxOnly: true,
		request: () => ({}),
		decode: each(pageKey),
	},
	pageCreate: {
		method: 'POST',
		path: pagePath,
		sandboxOnly: true,
		writes: true,
		request: ({passphrase, type, environment, ...chosen}) => ({
			body: {...chosenOnWire(chosen), passphrase, type, env: environment},
		}),
		decode: one(createdKey),
	},
	pageEdit: {
		method: 'POST',
		path: `${pagePath}/edit`,
		sandboxOnly: true,
		writes: true,
		request: ({apiKey, ...chosen}) => ({body: {apiKey, ...chosenOnWire(chosen)}}),
		decode: one(listedKey),
	},
	pageDelete: {
		method: 'POST',
		path: `${pagePath}/delete`,
		sandboxOnly: true,
		writes: true,
		request: ({apiKey}) => ({body: {apiKey}}),
		decode: one(v.object({apiKey: text})),
	},
};
