import {accountWord} from './account.ts';
import {bindingOf} from './health/binding.ts';
import {findingKinds} from './health/finding-kinds.ts';
import {findings, type Duplicates} from './health/findings.ts';
import {asLastSeen} from './key.ts';
import type {ShownKey} from './operation.ts';
import {unknownPermissions} from './permission.ts';
import {ipAllowed} from './ip/address.ts';
import {healthWordOf} from './health/health-word.ts';

/** What a filter has to know beside the keys. */
export type FilterFacts = {
	readonly now: number;
	readonly duplicates?: Duplicates | undefined;
	/** The site that a person means by a word, such as one of its hosts. */
	readonly siteNamed: (word: string) => string | undefined;
};

type Match = (key: ShownKey, value: string, facts: FilterFacts) => boolean;

/** The terms of a filter: `perm:trade`, `ip:none`, `ip:unknown`. A term of another name is a word like any other. */
const terms: Readonly<Record<string, Match>> = {
	perm: (key, value) =>
		[...key.permissions, ...unknownPermissions(asLastSeen(key).permissions)].some(permission =>
			permission.startsWith(value),
		),
	// An address finds the keys that let it in by name, or within a network.
	ip(key, value) {
		if (value === 'none' || value === 'unknown') return bindingOf(key) === (value === 'none' ? 'unbound' : value);
		return key.ip.some(entry => entry.toLowerCase().includes(value)) || (key.ip.length > 0 && ipAllowed(value, key.ip));
	},
	// The level that the list shows, or the word or the id of anything that was found.
	health(key, value, {now, duplicates}) {
		const {level, word} = healthWordOf(key, now, duplicates);
		const found = findings(key, now, duplicates);
		return [level, word, ...found.flatMap(({id}) => [id, findingKinds[id].word])].some(name => name.startsWith(value));
	},
	site: ({site}, value, {siteNamed}) => site.toLowerCase().startsWith(value) || siteNamed(value) === site,
	env: ({environment}, value) => environment.startsWith(value),
};

/** Keys that match every word and every term, in their order. An empty filter matches all. */
export function filterKeys(keys: readonly ShownKey[], filter: string, facts: FilterFacts): readonly ShownKey[] {
	const tests = filter
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '')
		.map(word => {
			const [, name = '', value = ''] = /^([a-z]+):(.*)$/.exec(word) ?? [];
			const match = Object.hasOwn(terms, name) ? terms[name] : undefined;
			return (key: ShownKey) => (match ? match(key, value, facts) : textOf(key).includes(word));
		});
	return tests.length === 0 ? keys : keys.filter(key => tests.every(test => test(key)));
}

function textOf(key: ShownKey): string {
	return [key.name, key.description, key.label ?? '', accountWord(key), ...key.tags].join('\n').toLowerCase();
}
