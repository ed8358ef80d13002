import {driftOf} from './drift.ts';
import type {StoredKey} from './key.ts';
import {daysLeft} from './rules.ts';

export type Finding = {readonly id: 'withdraw' | 'open' | 'expiring' | 'failing' | 'drift' | 'untested' | 'unfinished' | 'alive'; readonly severity: 'bad' | 'warn' | 'info'; readonly text: string};

/** What is risky about a key, worst first, in plain words. */
export function findings(key: StoredKey, now: number): Finding[] {
	const found: Finding[] = [];
	const left = daysLeft(key, now);
	const open = key.ip.length === 0;
	if (key.status === 'creating') found.push({id: 'unfinished', severity: 'bad', text: 'creation was cut off: revoke it to clear it up'});
	if (key.status === 'revoked' && key.lastTest?.ok && key.lastTest.at > key.updatedAt) found.push({id: 'alive', severity: 'bad', text: 'is marked as revoked, yet works on the exchange'});
	if (key.status !== 'active') return found;
	if (key.permissions.includes('withdraw')) found.push({id: 'withdraw', severity: open ? 'bad' : 'warn', text: open ? 'can withdraw funds from any address' : 'can withdraw funds'});
	if (open && key.permissions.includes('trade')) found.push({id: 'open', severity: 'bad', text: 'can trade and move funds between own accounts from any address'});
	// As declared now against what was last seen: an edit that accepts a drift ends it, an edit of something else does not.
	const drifted = key.lastTest?.live ? driftOf(key, key.lastTest.live).length > 0 : false;
	if (key.lastTest && !key.lastTest.ok && !key.lastTest.live) found.push({id: 'failing', severity: 'bad', text: `last test failed: ${key.lastTest.cause}`});
	if (drifted) found.push({id: 'drift', severity: 'bad', text: 'differs from what the exchange says'});
	if (left !== null && left <= 3) found.push({id: 'expiring', severity: 'warn', text: left === 0 ? 'may be deleted by the exchange today' : `deleted by the exchange in ${left} days if unused`});
	if (!key.lastTest) found.push({id: 'untested', severity: 'info', text: 'never tested'});
	const order = {bad: 0, warn: 1, info: 2};
	return found.toSorted((left, right) => order[left.severity] - order[right.severity]);
}
