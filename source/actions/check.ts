import {driftOf} from '../core/drift.ts';
import {kycProblem} from '../core/findings.ts';
import type {StoredKey} from '../core/key.ts';
import {parsePolicy, violations, type Policy} from '../core/policy.ts';
import {exits} from '../errors.ts';
import {sandboxSite, siteUrl} from '../exchange/sites.ts';
import type {Context} from './context.ts';
import {testKeys, type TestAllOptions} from './test-all.ts';
import type {TestResult} from './test.ts';

/** One thing that is wrong with a key; `code` is the exit status that stands for it. */
export type CheckFinding = {
	readonly code: number;
	/** Without the name of the key. */
	readonly text: string;
	/** Whether the key does not work, or somebody may have given it more than its owner did. */
	readonly isAlarm: boolean;
};

/** A key, its test, and all that is wrong with it: the failure of the test first. */
export type Checked = {readonly key: StoredKey; readonly result: TestResult; readonly findings: readonly CheckFinding[]};

export type CheckOptions = Omit<TestAllOptions, 'onResult' | 'proveTrade'> & {
	readonly policy?: Policy | undefined;
	/** Called after each test, in the order in which they end. */
	readonly onChecked?: (checked: Checked, progress: {readonly done: number; readonly total: number}) => void;
};

/** Fewer days than these are soon, unless a policy says otherwise. */
const soonDays = 4;

/** The policy in a text, whose sites exist. Throws `invalid` or `site-unknown`. */
export function readPolicy(text: string): Policy {
	const policy = parsePolicy(text);
	for (const site of policy.sites ?? []) if (site !== sandboxSite) siteUrl(site);
	return policy;
}

/** Tests keys as `testKeys` does, and says all that is wrong with them; in the order of the keys. Throws as that does. */
export async function checkKeys(context: Context, keys: readonly StoredKey[], {policy, onChecked, ...options}: CheckOptions = {}): Promise<readonly Checked[]> {
	const checkedOf = (result: TestResult, key: StoredKey): Checked => ({key, result, findings: findingsOf(result, key, policy)});
	const results = await testKeys(context, keys, {...options, ...onChecked && {onResult: (result, key, progress) => { onChecked(checkedOf(result, key), progress); }}});
	return results.map((result, index) => checkedOf(result, keys[index]!));
}

function findingsOf(result: TestResult, key: StoredKey, policy: Policy | undefined): CheckFinding[] {
	const {code, cause, live, daysLeft, testedAt} = result;
	// What was seen before stays true until the exchange says otherwise.
	const seen = live ?? key.lastTest?.live ?? null;
	const source = live ? '' : ' (as last seen)';
	const found: CheckFinding[] = [];
	if (code !== exits.ok.status && code !== exits.drift.status) found.push({code, text: cause, isAlarm: true});
	// Of a key that was refused, an environment that differs is the cause that was told already.
	if (seen) {
		for (const {field, declared, live, alarm} of driftOf(key, seen)) found.push({code: exits.drift.status, text: `${field} declared ${declared}, live ${live}${source}`, isAlarm: alarm});
		const kyc = kycProblem(key, seen);
		if (kyc !== undefined) found.push({code: exits.permissionMissing.status, text: `${kyc}${source}`, isAlarm: false});
	}

	if (policy) for (const text of violations(policy, key, live, testedAt)) found.push({code: exits.policy.status, text, isAlarm: false});
	// Of a key that the exchange no longer knows, no day is left to tell of.
	if (code !== exits.keyMissing.status && daysLeft !== null && daysLeft < (policy?.minDaysLeft ?? soonDays)) found.push({code: exits.expiring.status, text: daysLeft === 0 ? 'the exchange may delete it today' : `the exchange deletes it in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} if nothing uses it`, isAlarm: false});
	return found;
}
