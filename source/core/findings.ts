import {driftOf} from './drift.ts';
import {exits} from '../errors.ts';
import {asLastSeen, type LiveKey, type StoredKey} from './key.ts';
import {isOld, lastDay, rotateBy} from './lifetime.ts';
import {daysLeft, limits} from './rules.ts';

export const findingIds = ['unfinished', 'alive', 'withdraw', 'open', 'alarm', 'failing', 'drift', 'expiring', 'kyc', 'duplicate', 'old', 'untested'] as const;

export type Finding = {readonly id: (typeof findingIds)[number]; readonly severity: 'bad' | 'warn' | 'info'; readonly text: string};

/** The API keys that several keys in use here have in common. */
export type Duplicates = ReadonlySet<string>;

const none: Duplicates = new Set();
const dayMs = 86_400_000;
const order = {bad: 0, warn: 1, info: 2} as const;

/** One pass over all keys, for `findings` of each of them. */
export function duplicatesIn(keys: readonly StoredKey[]): Duplicates {
	const once = new Set<string>();
	const twice = new Set<string>();
	for (const {status, trashedAt, credential: {apiKey}} of keys) {
		if (status !== 'active' || trashedAt !== null) continue;
		if (once.has(apiKey)) twice.add(apiKey);
		once.add(apiKey);
	}

	return twice;
}

/** What is risky about a key, worst first, in plain words. Only with `duplicates` does it know of the other keys. */
export function findings(key: StoredKey, now: number, duplicates: Duplicates = none): Finding[] {
	const found: Finding[] = [];
	const left = daysLeft(key, now);
	const {permissions, ip} = asLastSeen(key);
	const open = ip.length === 0;
	if (key.status === 'creating') found.push({id: 'unfinished', severity: 'bad', text: 'creation was cut off: revoke it to clear it up'});
	if (key.status === 'revoked' && key.lastTest?.ok && key.lastTest.at > key.updatedAt) found.push({id: 'alive', severity: 'bad', text: 'is marked as revoked, yet works on the exchange'});
	if (key.status !== 'active') return found;
	if (permissions.includes('withdraw')) found.push({id: 'withdraw', severity: open ? 'bad' : 'warn', text: open ? 'can withdraw funds from any address' : 'can withdraw funds'});
	if (open && permissions.includes('trade')) found.push({id: 'open', severity: 'bad', text: 'can trade and move funds between own accounts from any address'});
	if (key.lastTest && !key.lastTest.ok && key.lastTest.code !== exits.drift.status) found.push({id: 'failing', severity: 'bad', text: `last test failed: ${key.lastTest.cause}`});
	found.push(...driftFindings(key));
	if (left !== null && left <= 3) found.push({id: 'expiring', severity: 'warn', text: left === 0 ? 'may be deleted by the exchange today' : `deleted by the exchange in ${left} ${left === 1 ? 'day' : 'days'} if unused`});
	const kyc = key.lastTest?.live ? kycProblem(key, key.lastTest.live) : undefined;
	if (kyc !== undefined) found.push({id: 'kyc', severity: 'warn', text: kyc});
	if (duplicates.has(key.credential.apiKey)) found.push({id: 'duplicate', severity: 'warn', text: 'is stored here under another name too'});
	if (isOld(key, now)) found.push({id: 'old', severity: 'warn', text: `made ${Math.floor((now - key.createdAt) / dayMs)} days ago; rotation was due by ${lastDay(rotateBy(key))} (${limits.rotationDays} days)`});
	if (!key.lastTest) found.push({id: 'untested', severity: 'info', text: 'never tested'});
	return found.toSorted((one, other) => order[one.severity] - order[other.severity]);
}

/** As declared now against what was last seen: an edit that accepts a drift ends it, an edit of something else does not. */
function driftFindings(key: StoredKey): Finding[] {
	const live = key.lastTest?.live;
	if (!live) return [];
	const drifts = driftOf(key, live);
	const appeared = live.permissions.filter(permission => permission !== 'read' && !key.permissions.includes(permission));
	const others = drifts.filter(({field}) => field !== 'permissions' || appeared.length === 0);
	return [
		...(appeared.length > 0 ? [{id: 'alarm', severity: 'bad', text: `may ${appeared.join(' and ')} on the exchange, which is not declared here`} as const] : []),
		...(others.length > 0 ? [{id: 'drift', severity: 'bad', text: 'differs from what the exchange says'} as const] : []),
	];
}

/** Since 2026-04 the exchange refuses live orders below KYC level 2 (okx/api.md §3.1): what that means for a key, or undefined where it means nothing. A level it did not tell accuses nobody. */
export function kycProblem({environment}: Pick<StoredKey, 'environment'>, {permissions, kycLv}: LiveKey): string | undefined {
	const isHeldBack = environment === 'live' && permissions.includes('trade') && /^[01]$/.test(kycLv);
	return isHeldBack ? `the account has KYC level ${kycLv}: below 2 the exchange refuses live orders (59113)` : undefined;
}
