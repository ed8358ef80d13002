import {driftOf} from '../core/health/drift.ts';
import {findingKinds, type FindingKind} from '../core/health/finding-kinds.ts';
import {findings, type Measures} from '../core/health/findings.ts';
import {expiryText} from '../core/key/expiry.ts';
import {fieldWord} from '../core/key/field-words.ts';
import type {StoredKey} from '../core/key/key.ts';
import {parsePolicy, violations, type Policy} from '../core/health/policy.ts';
import {exits} from '../core/exit-status.ts';
import {siteMeant, type AllowedHosts} from '../exchange/sites.ts';
import type {Context} from './context.ts';
import {revokeIfExpired, type Revocation} from './revoke-expired.ts';
import {testKeys, type TestAllOptions} from './test-all.ts';
import {withResult} from './test.ts';
import {resultOfUntested, type TestResult} from './test-result.ts';
import {msg, t} from '../language/translate.ts';

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
	/** Absent where nothing was to be revoked. */
	readonly revocation?: Revocation;
};

export type CheckOptions = Omit<TestAllOptions, 'onResult' | 'proveTrade'> & {
	readonly policy?: Policy | undefined;
	/** Takes the place of the policy's. */
	readonly expiryWarningDays?: number | undefined;
	/** Revokes expired keys of sub-accounts before the tests. */
	readonly revokesExpired?: boolean;
	readonly onChecked?: (checked: Checked, progress: {readonly done: number; readonly total: number}) => void;
};

/** Resolves the names of sites. Throws `invalid`, `site-unknown` or `host-not-allowed`. */
export function readPolicy(text: string, allowedHosts?: AllowedHosts): Policy {
	const {sites, ...others} = parsePolicy(text);
	return {...others, ...(sites && {sites: sites.map(site => siteMeant(site, allowedHosts))})};
}

/**
 * Tests keys as `testKeys` does and throws as it does, but asks nothing about frozen ones. The results are in the order
 * of `keys`; in each, the failure of the test comes first.
 */
export async function checkKeys(
	context: Context,
	keys: readonly StoredKey[],
	{policy, expiryWarningDays, revokesExpired = false, onChecked, ...options}: CheckOptions = {},
): Promise<readonly Checked[]> {
	const measures = {...policy, ...(expiryWarningDays !== undefined && {expiryWarningDays})};
	const checkedOf = (result: TestResult, key: StoredKey, revocation?: Revocation): Checked => ({
		key,
		result,
		findings: [
			...(revocation ? [revocationFinding(key, revocation)] : []),
			...(isGone(revocation) ? [] : findingsOf(result, key, policy, measures)),
		],
		...(revocation && {revocation}),
	});
	const total = keys.length;
	const done = new Map<string, Checked>();
	const tell = (checked: Checked) => {
		done.set(checked.key.id, checked);
		onChecked?.(checked, {done: done.size, total});
	};
	const revocations = new Map<string, Revocation>();
	for (const key of keys) {
		options.signal?.throwIfAborted();
		const revocation = revokesExpired ? await revokeIfExpired(context, key) : undefined;
		if (revocation) revocations.set(key.id, revocation);
		const why = isGone(revocation) ? revokedWords : key.status === 'frozen' ? frozenWords : undefined;
		if (why) tell(checkedOf(await leftAlone(context, key, why), key, revocation));
	}

	const asked = keys.filter(({id}) => !done.has(id));
	await testKeys(context, asked, {
		...options,
		onResult(result, key) {
			tell(checkedOf(result, key, revocations.get(key.id)));
		},
	});
	return keys.map(({id}) => done.get(id)!);
}

const frozenWords = msg`It is frozen, so it was not tested.`;
const revokedWords = msg`It was past its expiry date, so it was revoked and not tested.`;

/** A call would be a use of the key. */
async function leftAlone({exchange, clock}: Context, key: StoredKey, why: () => string): Promise<TestResult> {
	const {host} = await exchange.locate(key.site);
	return resultOfUntested(key, host, clock(), why);
}

function isGone(revocation: Revocation | undefined): boolean {
	return revocation !== undefined && revocation.outcome !== 'failed';
}

function revocationFinding({expiresAt}: StoredKey, {outcome, error}: Revocation): CheckFinding {
	if (outcome === 'failed')
		return {code: exits[error.exit].status, text: t`could not be revoked: ${error.message}`, isAlarm: true};
	const day = expiryText(expiresAt);
	return {
		code: exits.expiring.status,
		text:
			outcome === 'revoked'
				? t`was past its expiry date here, ${day}, and is now revoked on the exchange`
				: t`was past its expiry date here, ${day}, and gone on the exchange already; it is marked as revoked`,
		isAlarm: false,
	};
}

function findingsOf(
	result: TestResult,
	key: StoredKey,
	policy: Policy | undefined,
	measures: Measures,
): CheckFinding[] {
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
	const others = findings(tested, testedAt, undefined, measures).flatMap(({id, severity, text}): CheckFinding[] => {
		const {exit, isLocal}: FindingKind = findingKinds[id];
		// A key that the exchange no longer knows has no days left to report.
		if (exit === null || (id === 'expiring' && code === exits.keyMissing.status)) return [];
		return [{code: exits[exit].status, text: isLocal ? text : sourced(text), isAlarm: severity === 'bad'}];
	});
	return [...found, ...others];
}
