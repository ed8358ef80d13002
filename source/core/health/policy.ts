import * as v from 'valibot';
import {dayMs} from '../text/time.ts';
import {AppError} from '../errors.ts';
import {isObject} from '../is-object.ts';
import {asLastSeen, environments, type LiveKey, type StoredKey} from '../key/key.ts';
import {bindingOf, purposeOf} from './binding.ts';
import {limits} from '../limits.ts';
import {readJson} from '../text/reading/read-json.ts';
import {sanitize} from '../text/sanitize.ts';
import {truncate} from '../text/width.ts';
import {listed, msg, t, type Translatable} from '../../language/translate.ts';

const wholeNumber = (least: number, most: number) =>
	v.message(
		v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)),
		msg`a whole number from ${least} to ${most}`,
	);
const listOf = <Item extends v.GenericSchema>(item: Item, words: Translatable) =>
	v.message(v.pipe(v.array(item), v.nonEmpty(), v.readonly()), words);

/** The message of each member says which values are allowed. A member that is left out demands nothing. */
const members = {
	withdraw: v.message(v.picklist(['forbidden', 'allowed']), '"forbidden" or "allowed"'),
	tradeNeedsIp: v.message(v.boolean(), msg`true or false`),
	maxAgeDays: wholeNumber(1, 3650),
	sites: listOf(v.pipe(v.string(), v.nonEmpty()), msg`a list of sites, such as ["global", "eea"]`),
	environments: listOf(v.picklist(environments), msg`a list of ${environments.map(word => `"${word}"`).join(' and ')}`),
	/** Fewer of the exchange's 14 days left is a warning, not a violation. */
	minDaysLeft: wholeNumber(1, limits.idleDays),
	/** Fewer days until a key's own expiry date is a warning, not a violation. */
	expiryWarningDays: wholeNumber(1, 365),
};
const schema = v.partial(v.object(members));

export type Policy = Readonly<v.InferOutput<typeof schema>>;

const names = Object.keys(members).join(', ');
const shownColumns = 24;

/** Throws `invalid` with the wrong member and its allowed values. */
export function parsePolicy(text: string): Policy {
	const {value, problem} = readJson(text);
	if (problem !== undefined)
		throw wrong(t`The policy ${problem}`, t`Write it as {"withdraw": "forbidden", "tradeNeedsIp": true}.`);
	if (!isObject(value))
		throw wrong(t`The policy is not a JSON object`, t`Write it as {"withdraw": "forbidden", "tradeNeedsIp": true}.`);
	const given = Object.entries(value);
	const unknown = given.find(([name]) => !Object.hasOwn(members, name));
	if (unknown)
		throw wrong(
			t`Unknown policy field “${truncate(sanitize(unknown[0].slice(0, 100)), shownColumns)}”`,
			t`It may have ${names}.`,
		);
	if (given.length === 0)
		throw wrong(t`The policy is empty, so it demands nothing`, t`Give it at least one of ${names}.`);
	const {success, output, issues} = v.safeParse(schema, value, {abortEarly: true});
	if (!success)
		throw wrong(t`${String(issues[0].path?.[0].key)} of the policy is wrong`, t`It may be ${issues[0].message}.`);
	return output;
}

function wrong(problem: string, fix: string): AppError {
	return new AppError('invalid', {problem: `${problem}.`, fix});
}

/**
 * Violations in words that continue a sentence beginning with the key's name. Uses the answer of the exchange, else its
 * last one, else the declaration.
 */
export function violations(policy: Policy, key: StoredKey, live: LiveKey | null, now: number): string[] {
	const {permissions} = live ?? asLastSeen(key);
	const acts = listed(permissions.filter(permission => permission !== 'read'));
	const binding = bindingOf(key, live ?? key.lastTest?.live ?? null);
	const sourced = (text: string) =>
		live ? text : key.lastTest?.live ? t`${text} (as last seen)` : t`${text} (as declared here)`;
	const found: string[] = [];
	const ageDays = Math.floor((now - key.createdAt) / dayMs);
	if (policy.withdraw === 'forbidden' && permissions.includes('withdraw'))
		found.push(sourced(t`can withdraw, which is forbidden`));
	if (policy.tradeNeedsIp && acts !== '' && binding === 'unbound')
		found.push(sourced(t`can ${acts} from any address, and an IP list is required`));
	// A key for an app has the list of that app; a key of unknown purpose may have none.
	if (policy.tradeNeedsIp && acts !== '' && binding === 'unknown' && purposeOf(key) === 'unknown')
		found.push(
			sourced(t`can ${acts}, must have an IP list, and the exchange reports none: say whether it is for a third-party
				app`),
		);
	// The key may be older: for one made on the exchange's page, only the day it was added is known.
	if (policy.maxAgeDays !== undefined && ageDays > policy.maxAgeDays)
		found.push(t`is at least ${ageDays} days old, and ${policy.maxAgeDays} are allowed`);
	if (policy.sites && !policy.sites.includes(key.site))
		found.push(
			t`belongs to the site ${sanitize(key.site)}; allowed: ${policy.sites.map(site => sanitize(site)).join(', ')}`,
		);
	if (policy.environments && !policy.environments.includes(key.environment))
		found.push(t`is a ${key.environment} key; allowed: ${policy.environments.join(', ')}`);
	return found;
}
