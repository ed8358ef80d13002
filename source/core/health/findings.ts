import {bindingOf, purposeOf} from './binding.ts';
import {driftOf} from './drift.ts';
import {
	findingIds,
	findingKinds,
	usualExpiryWarningDays,
	usualMaxAgeDays,
	usualSoonDays,
	type Facts,
	type FindingId,
	type FindingKind,
	type FindingDetails,
	type Severity,
} from './finding-kinds.ts';
import {asLastSeen, type PermissionWord} from '../key/key.ts';
import {isOnExchange, type ShownKey} from '../key/operation.ts';
import type {Policy} from './policy.ts';
import {lifetimeOf} from './lifetime.ts';

export type Finding = {readonly id: FindingId; readonly severity: Severity; readonly text: string};

/** API keys that several keys share. */
export type Duplicates = ReadonlySet<string>;

export type Measures = Pick<Policy, 'maxAgeDays' | 'minDaysLeft' | 'expiryWarningDays'>;

const none: Duplicates = new Set();
const order = {bad: 0, warn: 1, info: 2} as const;

/** One pass over all keys, so that `findings` of each key need not compare it with the others. */
export function duplicatesIn(keys: readonly ShownKey[]): Duplicates {
	const once = new Set<string>();
	const twice = new Set<string>();
	for (const key of keys) {
		if (!isOnExchange(key) || key.trashedAt !== null) continue;
		const {apiKey} = key.credential;
		if (once.has(apiKey)) twice.add(apiKey);
		once.add(apiKey);
	}

	return twice;
}

/** Worst first. Without `duplicates`, a shared API key goes unnoticed. */
export function findings(
	key: ShownKey,
	now: number,
	duplicates: Duplicates = none,
	measures: Measures = {},
): Finding[] {
	const facts = factsOf(key, now, duplicates, measures);
	const isUsed = isOnExchange(key);
	const found: Finding[] = [];
	for (const id of findingIds) {
		const kind: FindingKind = findingKinds[id];
		const one = isUsed || kind.ofAnyStatus ? kind.find(facts) : undefined;
		if (one !== undefined) found.push({id, ...wordsOf(one, kind)});
	}

	return found.length < 2 ? found : found.toSorted((one, other) => order[one.severity] - order[other.severity]);
}

function wordsOf(found: FindingDetails, {severity}: FindingKind): Pick<Finding, 'severity' | 'text'> {
	return typeof found === 'string' ? {severity, text: found} : {severity: found.severity, text: found.text};
}

function factsOf(key: ShownKey, now: number, duplicates: Duplicates, measures: Measures): Facts {
	const {
		maxAgeDays = usualMaxAgeDays,
		minDaysLeft = usualSoonDays,
		expiryWarningDays = usualExpiryWarningDays,
	} = measures;
	const live = key.lastTest?.live ?? null;
	const {permissions, ip} = asLastSeen(key);
	// Compares the current declaration with the last answer: an edit that accepts a drift ends the finding, any other
	// edit does not.
	const drifts = live ? driftOf(key, live) : [];
	const isNew = (permission: PermissionWord) => permission !== 'read' && !key.permissions.includes(permission);
	const appeared = live ? live.permissions.filter(permission => isNew(permission)) : [];
	const isTold = (field: string) => field === 'account' || (field === 'permissions' && appeared.length > 0);
	return {
		permissions,
		ip,
		binding: bindingOf(key),
		purpose: purposeOf(key),
		key,
		now,
		live,
		appeared,
		maxAgeDays,
		account: drifts.find(({field}) => field === 'account'),
		drifted: drifts.map(({field}) => field).filter(field => !isTold(field)),
		idle: lifetimeOf(key, now).idle,
		soonDays: minDaysLeft,
		expiryWarningDays,
		isDuplicate: duplicates.has(key.credential.apiKey),
	};
}
