import {accountWord} from '../key/account.ts';
import {bindingOf} from '../health/binding.ts';
import {findingKinds} from '../health/finding-kinds.ts';
import {findings, type Duplicates} from '../health/findings.ts';
import {asLastSeen, environments, permissions} from '../key/key.ts';
import type {ShownKey} from '../key/operation.ts';
import {unknownPermissions} from '../key/permission.ts';
import {ipAllowed} from '../ip/address.ts';
import {healthWordOf} from '../health/health-word.ts';
import {similar} from '../text/similar.ts';
import {folded, hasWords, searchable, similarItems, wordsOf, type Searchable} from '../text/search.ts';

export type FilterFacts = {
	readonly now: number;
	readonly duplicates?: Duplicates | undefined;
	readonly healthyScore?: number;
	readonly siteNamed: (word: string) => string | undefined;
	/** Whether the end of a tag may be missing, as while it is typed. */
	readonly isTyped?: boolean;
};

type Predicate = (key: ShownKey, value: string, facts: FilterFacts) => boolean;

/** Terms such as `perm:trade` or `tag:grid`. A word with an unknown prefix is searched for as plain text. */
const terms: Readonly<Record<string, Predicate>> = {
	perm: (key, value) =>
		[...key.permissions, ...unknownPermissions(asLastSeen(key).permissions)].some(permission =>
			permission.startsWith(value),
		),
	ip(key, value) {
		if (value === 'none' || value === 'unknown') return bindingOf(key) === (value === 'none' ? 'unbound' : value);
		return key.ip.some(entry => entry.toLowerCase().includes(value)) || (key.ip.length > 0 && ipAllowed(value, key.ip));
	},
	health(key, value, {now, duplicates, healthyScore}) {
		const {level, word} = healthWordOf(key, now, duplicates, healthyScore);
		const found = findings(key, now, duplicates);
		return [level, word, ...found.flatMap(({id}) => [id, findingKinds[id].word()])].some(name =>
			folded(name).startsWith(value),
		);
	},
	site: ({site}, value, {siteNamed}) => site.toLowerCase().startsWith(value) || siteNamed(value) === site,
	env: ({environment}, value) => environment.startsWith(value),
	tag: ({tags}, value, {isTyped}) =>
		tags.some(tag => (isTyped || value === '' ? folded(tag).startsWith(value) : folded(tag) === value)),
};

/** Terms that are worth trying, for a shell to complete. */
export const filterTerms = [
	...permissions.map(permission => `perm:${permission}`),
	'ip:none',
	'ip:unknown',
	'health:bad',
	...environments.map(environment => `env:${environment}`),
];

/** The terms that words with an unknown prefix may mean, such as `health:bad` for `helath:bad`. */
export function termsMeant(filter: string): readonly string[] {
	return wordsOf(filter).flatMap(word => {
		const [, name = '', value = ''] = /^([a-z]+):(.*)$/.exec(word) ?? [];
		return name === '' || Object.hasOwn(terms, name)
			? []
			: similar(name, Object.keys(terms)).map(term => `${term}:${value}`);
	});
}

/** The words that are searched for as text, and the test of each term, in a filter as it was typed. */
function parse(filter: string): {readonly words: readonly string[]; readonly tests: readonly Test[]} {
	const words: string[] = [];
	const tests: Test[] = [];
	for (const word of wordsOf(filter)) {
		const [, name = '', value = ''] = /^([a-z]+):(.*)$/.exec(word) ?? [];
		const match = Object.hasOwn(terms, name) ? terms[name] : undefined;
		if (match) tests.push((key, facts) => match(key, value, facts));
		else words.push(word);
	}

	return {words, tests};
}

type Test = (key: ShownKey, facts: FilterFacts) => boolean;

/** Keys that match every word and term, in their given order. An empty filter matches all. */
export function filterKeys(keys: readonly ShownKey[], filter: string, facts: FilterFacts): readonly ShownKey[] {
	if (filter === '') return keys;
	const {words, tests} = parse(filter);
	if (words.length === 0 && tests.length === 0) return keys;
	return keys.filter(
		key => (words.length === 0 || hasWords(searchableKey(key), words)) && tests.every(test => test(key, facts)),
	);
}

export type FoundKeys = {
	readonly keys: readonly ShownKey[];
	/** Whether no key has the words as they are, and these have similar names; the most similar comes first. */
	readonly isSimilar: boolean;
};

/** As `filterKeys`; where no key has the words as they are, those with similar names. For a person who types. */
export function findKeys(keys: readonly ShownKey[], filter: string, facts: FilterFacts): FoundKeys {
	const typed = {...facts, isTyped: true};
	const exact = filterKeys(keys, filter, typed);
	const {words, tests} = parse(filter);
	if (exact.length > 0 || words.length === 0) return {keys: exact, isSimilar: false};
	const possible = keys.filter(key => tests.every(test => test(key, typed)));
	const similar = similarItems(possible, words, searchableKey);
	return {keys: similar, isSimilar: similar.length > 0};
}

/** A filter runs with every letter that is typed, over up to 10,000 keys. */
const searchables = new WeakMap<ShownKey, Searchable>();

function searchableKey(key: ShownKey): Searchable {
	let found = searchables.get(key);
	if (!found) {
		const names = [key.name, key.label ?? '', accountWord(key), ...key.tags, ...(key.usedBy ?? [])];
		found = searchable([key.description, ...names].join('\n'), names);
		searchables.set(key, found);
	}

	return found;
}
