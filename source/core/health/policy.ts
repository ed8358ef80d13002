import * as v from 'valibot';
import {dayMs} from '../text/time.ts';
import {AppError} from '../errors.ts';
import {isObject} from '../is-object.ts';
import {asLastSeen, environments, type LiveKey, type StoredKey} from '../key/key.ts';
import {bindingOf, purposeOf} from './binding.ts';
import {limits} from '../limits.ts';
import {readJson} from '../text/read-json.ts';
import {sanitize} from '../text/sanitize.ts';
import {truncate} from '../text/width.ts';

const wholeNumber = (least: number, most: number) =>
	v.message(
		v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)),
		`a whole number from ${least} to ${most}`,
	);
const listOf = <Item extends v.GenericSchema>(item: Item, words: string) =>
	v.message(v.pipe(v.array(item), v.nonEmpty(), v.readonly()), words);

/** The message of each member says which values are allowed. A member that is left out demands nothing. */
const members = {
	withdraw: v.message(v.picklist(['forbidden', 'allowed']), '"forbidden" or "allowed"'),
	tradeNeedsIp: v.message(v.boolean(), 'true or false'),
	maxAgeDays: wholeNumber(1, 3650),
	sites: listOf(v.pipe(v.string(), v.nonEmpty()), 'a list of sites, such as ["global", "eea"]'),
	environments: listOf(v.picklist(environments), `a list of ${environments.map(word => `"${word}"`).join(' and ')}`),
	/** Fewer of the exchange's 14 days left is a warning, not a violation. */
	minDaysLeft: wholeNumber(1, limits.idleDays),
};
const schema = v.partial(v.object(members));

export type Policy = Readonly<v.InferOutput<typeof schema>>;

const names = Object.keys(members).join(', ');
const shownColumns = 24;

/** Throws `invalid` with the wrong member and its allowed values. */
export function parsePolicy(text: string): Policy {
	const {value, problem} = readJson(text);
	if (problem !== undefined)
		throw wrong(`The policy ${problem}`, 'Write it as {"withdraw": "forbidden", "tradeNeedsIp": true}.');
	if (!isObject(value))
		throw wrong('The policy is not a JSON object', 'Write it as {"withdraw": "forbidden", "tradeNeedsIp": true}.');
	const given = Object.entries(value);
	const unknown = given.find(([name]) => !Object.hasOwn(members, name));
	if (unknown)
		throw wrong(
			`Unknown policy field “${truncate(sanitize(unknown[0].slice(0, 100)), shownColumns)}”`,
			`It may have ${names}.`,
		);
	if (given.length === 0)
		throw wrong('The policy is empty, so it demands nothing', `Give it at least one of ${names}.`);
	const {success, output, issues} = v.safeParse(schema, value, {abortEarly: true});
	if (!success)
		throw wrong(`${String(issues[0].path?.[0].key)} of the policy is wrong`, `It may be ${issues[0].message}.`);
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
	const acts = permissions.filter(permission => permission !== 'read').join(' and ');
	const binding = bindingOf(key, live ?? key.lastTest?.live ?? null);
	const source = live ? '' : key.lastTest?.live ? ' (as last seen)' : ' (as declared here)';
	const found: string[] = [];
	const ageDays = Math.floor((now - key.createdAt) / dayMs);
	if (policy.withdraw === 'forbidden' && permissions.includes('withdraw'))
		found.push(`can withdraw, which is forbidden${source}`);
	if (policy.tradeNeedsIp && acts !== '' && binding === 'unbound')
		found.push(`can ${acts} from any address, and an IP list is wanted${source}`);
	// A key for an app has the list of that app; a key of unknown purpose may have none.
	if (policy.tradeNeedsIp && acts !== '' && binding === 'unknown' && purposeOf(key) === 'unknown')
		found.push(
			`can ${acts}, must have an IP list, and the exchange tells of none: ` +
				`say whether it is for a third-party app${source}`,
		);
	// The key may be older: for one made on the exchange's page, only the day it was added is known.
	if (policy.maxAgeDays !== undefined && ageDays > policy.maxAgeDays)
		found.push(`is at least ${ageDays} days old, and ${policy.maxAgeDays} are allowed`);
	if (policy.sites && !policy.sites.includes(key.site))
		found.push(
			`belongs to the site ${sanitize(key.site)}; allowed: ${policy.sites.map(site => sanitize(site)).join(', ')}`,
		);
	if (policy.environments && !policy.environments.includes(key.environment))
		found.push(`is a ${key.environment} key; allowed: ${policy.environments.join(', ')}`);
	return found;
}
