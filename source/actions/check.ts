import {driftOf} from '../core/health/drift.ts';
import {findingKinds, type FindingKind} from '../core/health/finding-kinds.ts';
import {findings} from '../core/health/findings.ts';
import {fieldWord} from '../core/key/field-words.ts';
import type {StoredKey} from '../core/key/key.ts';
import {parsePolicy, violations, type Policy} from '../core/health/policy.ts';
import {exits} from '../core/exit-status.ts';
import {siteMeant} from '../exchange/sites.ts';
import type {Context} from './context.ts';
import {testKeys, type TestAllOptions} from './test-all.ts';
import {withResult} from './test.ts';
import {resultOfUntested, type TestResult} from './test-result.ts';
import {t} from '../language/translate.ts';

export type CheckFinding = {
	readonly code: number;
	readonly text: string;
	/** True when the key does not work, or may have gained rights without its owner's consent. */
	readonly isAlarm: boolean;
};

export type Checked = {
	readonly key: StoredKey;
	readonly result: TestResult;
	readonly findings: readonly CheckFinding[];
};

export type CheckOptions = Omit<TestAllOptions, 'onResult' | 'proveTrade'> & {
	readonly policy?: Policy | undefined;
	readonly onChecked?: (checked: Checked, progress: {readonly done: number; readonly total: number}) => void;
};

/** Resolves the names of sites. Throws `invalid` or `site-unknown`. */
export function readPolicy(text: string): Policy {
	const {sites, ...others} = parsePolicy(text);
	return {...others, ...(sites && {sites: sites.map(site => siteMeant(site))})};
}

/**
 * Tests keys as `testKeys` does and throws as it does, but asks nothing about frozen ones. The results are in the order
 * of `keys`; in each, the failure of the test comes first.
 */
export async function checkKeys(
	context: Context,
	keys: readonly StoredKey[],
	{policy, onChecked, ...options}: CheckOptions = {},
): Promise<readonly Checked[]> {
	const checkedOf = (result: TestResult, key: StoredKey): Checked => ({
		key,
		result,
		findings: findingsOf(result, key, policy),
	});
	const frozen = keys.filter(({status}) => status === 'frozen');
	const asked = keys.filter(key => !frozen.includes(key));
	const total = keys.length;
	const results = new Map<string, TestResult>();
	for (const [index, key] of frozen.entries()) {
		const result = await resultOfFrozen(context, key);
		results.set(key.id, result);
		onChecked?.(checkedOf(result, key), {done: index + 1, total});
	}

	const tested = await testKeys(context, asked, {
		...options,
		...(onChecked && {
			onResult: (result, key, {done}) => {
				onChecked(checkedOf(result, key), {done: frozen.length + done, total});
			},
		}),
	});
	for (const [index, result] of tested.entries()) results.set(asked[index]!.id, result);
	return keys.map(key => checkedOf(results.get(key.id)!, key));
}

/** A call would be a use of the key. */
async function resultOfFrozen({exchange, clock}: Context, key: StoredKey): Promise<TestResult> {
	const {host} = await exchange.locate(key.site);
	return resultOfUntested(key, host, clock(), () => t`It is frozen, so it was not tested.`);
}

function findingsOf(result: TestResult, key: StoredKey, policy: Policy | undefined): CheckFinding[] {
	const {code, cause, live, testedAt} = result;
	const tested = key.status === 'frozen' ? key : withResult(key, result);
	const seen = tested.lastTest?.live ?? null;
	const sourced = (text: string) => (live ? text : t`${text} (as last seen)`);
	const found: CheckFinding[] = [];
	if (code !== exits.ok.status && code !== exits.drift.status) found.push({code, text: cause, isAlarm: true});
	// Not `result.drift`, which repeats the wrong environment that is already the cause of a failed test.
	if (seen)
		for (const {field, declared, live, alarm} of driftOf(key, seen))
			found.push({
				code: exits.drift.status,
				text: sourced(t`${fieldWord(field)} declared ${declared}, live ${live}`),
				isAlarm: alarm,
			});
	if (policy)
		for (const text of violations(policy, key, live, testedAt))
			found.push({code: exits.policy.status, text, isAlarm: false});
	const others = findings(tested, testedAt, undefined, policy).flatMap(({id, severity, text}): CheckFinding[] => {
		const {exit, isLocal}: FindingKind = findingKinds[id];
		// A key that the exchange no longer knows has no days left to report.
		if (exit === null || (id === 'expiring' && code === exits.keyMissing.status)) return [];
		return [{code: exits[exit].status, text: isLocal ? text : sourced(text), isAlarm: severity === 'bad'}];
	});
	return [...found, ...others];
}
