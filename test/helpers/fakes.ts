import crypto from 'node:crypto';
import type {Context} from '../../source/actions/context.ts';
import {AppError, type FailureCode} from '../../source/core/errors.ts';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import type {WireFailure} from '../../source/core/failures/wire-failure.ts';
import type {ListedKey} from '../../source/exchange/endpoint.ts';
import type {Exchange} from '../../source/exchange/client.ts';
import {Secret} from '../../source/core/secret.ts';
import {settingsAt} from './settings.ts';
import type {Vault, VaultContent} from '../../source/vault/vault.ts';

function missing(): never {
	throw new Error('The vault of these tests has no such thing.');
}

/** A vault in memory that can be told to fail, and that another program can change behind our back. */
export function fakeVault(content: VaultContent): Vault & {
	failNext: (error: Error) => void;
	behindOurBack: (change: (content: VaultContent) => VaultContent) => void;
	writes: number;
} {
	let seen = content;
	let stored = content;
	let failure: Error | undefined;
	const vault = {
		path: '/fake/vault.json',
		writes: 0,
		exists: async () => true,
		isOpen: () => true,
		create: async () => ({recoveryKey: new Secret('')}),
		unlock: async () => {},
		lock() {},
		read: () => seen,
		async refresh() {
			const isChanged = seen !== stored;
			seen = stored;
			return isChanged;
		},
		watch: () => undefined,
		async preload() {},
		async change(change: (content: VaultContent) => VaultContent) {
			const next = change(stored);
			if (failure && next !== stored) {
				const error = failure;
				failure = undefined;
				throw error;
			}

			if (next !== stored) vault.writes++;
			stored = next;
			seen = next;
			return next;
		},
		checkRoom() {},
		room: () => 1_000_000,
		subscribe: () => () => {},
		// What only the tests of the vault itself ask for.
		readHeader: missing,
		slots: missing,
		addSlot: missing,
		removeSlot: missing,
		changePassphrase: missing,
		rekey: missing,
		upgradeKdf: missing,
		takeWarning: () => undefined,
		slotOf: missing,
		key: missing,
		backup: missing,
		openBackup: missing,
		earlier: missing,
		verify: missing,
		failNext(error: Error) {
			failure = error;
		},
		behindOurBack(change: (content: VaultContent) => VaultContent) {
			stored = change(stored);
		},
	};
	return vault;
}

/** The error that the client makes of a failed call. */
export function wireError(failure: Omit<WireFailure, 'host'>): AppError<'exchange'> {
	const whole = {...failure, host: 'fake'};
	return new AppError('exchange', {...diagnose(whole), failure: whole});
}

/**
 * An exchange in memory: one list of keys behind the page and behind the sub-account calls. `after` runs once the
 * exchange has acted: to lose its answer.
 */
export function fakeExchange({clock}: {readonly clock: () => number}) {
	const listed: ListedKey[] = [];
	const calls: string[] = [];
	const hooks: {before?: (name: string) => void; after?: (name: string) => void} = {};
	const answer = (name: string, parameters: Record<string, unknown>): unknown => {
		const at = listed.findIndex(({apiKey}) => apiKey === parameters['apiKey']);
		switch (name) {
			case 'time':
				return {serverTime: clock()};
			case 'config':
				return {permissions: ['read', 'trade'], ip: ['127.0.0.1'], label: 'main', uid: '1', mainUid: '1', kycLv: '2'};
			case 'subAccounts':
				return [
					{name: 'quantdesk01', uid: '2', label: '', enabled: true},
					{name: 'asleep01', uid: '3', label: '', enabled: false},
				];
			case 'openOrders':
			case 'recentOrders':
			case 'archivedOrders':
			case 'recentFills':
			case 'archivedFills':
			case 'withdrawals':
			case 'deposits':
			case 'fundingBills':
			case 'recentTransfers':
			case 'archivedTransfers':
			case 'subTransfers':
				return [];
			case 'pageKeys':
			case 'subKeys':
				return [...listed];
			case 'pageCreate':
			case 'createSubKey': {
				const {label, permissions, ip} = parameters as ListedKey;
				const made = {label, permissions, ip, apiKey: crypto.randomUUID(), createdAt: clock()};
				listed.push(made);
				return {...made, secretKey: 'CANARY0SECRET'};
			}

			case 'pageEdit':
			case 'modifySubKey': {
				if (at === -1) throw wireError({kind: 'code', exchangeCode: '59506', httpStatus: 200});
				listed[at] = {...listed[at]!, ...(parameters as Partial<ListedKey>)};
				return listed[at];
			}

			case 'pageDelete':
			case 'deleteSubKey': {
				if (at === -1) throw wireError({kind: 'code', exchangeCode: '59506', httpStatus: 200});
				listed.splice(at, 1);
				return parameters;
			}

			default:
				throw new Error(`The fake exchange has no ${name}`);
		}
	};

	const exchange: Exchange = {
		async call(name, parameters) {
			calls.push(name);
			hooks.before?.(name);
			const result = answer(name, parameters);
			hooks.after?.(name);
			return result as never;
		},
		locate: async () => new URL('http://127.0.0.1:1'),
	};
	return {exchange, listed, calls, hooks};
}

export function fakeContext(content: VaultContent = {keys: [], sandbox: {}}, wanted: Partial<Context> = {}) {
	const clock = () => 1_800_000_000_000;
	const vault = fakeVault(content);
	const remote = fakeExchange({clock});
	const context: Context = {
		vault,
		exchange: remote.exchange,
		clock,
		random: bytes => crypto.randomBytes(bytes),
		sandbox: true,
		readonly: false,
		seed: () => ({keys: []}),
		settings: settingsAt(),
		...wanted,
	};
	return {context, vault, ...remote};
}

/** The code of the AppError that a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<FailureCode | 'none' | 'unexpected'> {
	return promise.then(
		() => 'none' as const,
		(error: unknown) => (error instanceof AppError ? error.code : 'unexpected'),
	);
}
