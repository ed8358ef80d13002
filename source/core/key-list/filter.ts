import {accountWord} from '../key/account.ts';
import {bindingOf} from '../health/binding.ts';
import {findingKinds} from '../health/finding-kinds.ts';
import {findings, type Duplicates} from '../health/findings.ts';
import {asLastSeen, environments, permissions} from '../key/key.ts';
import type {ShownKey} from '../key/operation.ts';
import {unknownPermissions} from '../key/permission.ts';
import {ipAllowed} from '../ip/address.ts';
import {healthWordOf} from '../health/health-word.ts';

export type FilterFacts = {
	readonly now: number;
	readonly duplicates?: Duplicates | undefined;
	readonly siteNamed: (word: string) => string | undefined;
};

type Predicate = (key: ShownKey, value: string, facts: FilterFacts) => boolean;

/** Terms such as `perm:trade` or `ip:none`. A word with an unknown prefix is searched for as plain text. */
const terms: Readonly<Record<string, Predicate>> = {
	perm: (key, value) =>
		[...key.permissions, ...unknownPermissions(asLastSeen(key).permissions)].some(permission =>
			permission.startsWith(value),
		),
	ip(key, value) {
		if (value === 'none' || value === 'unknown') return bindingOf(key) === (value === 'none' ? 'unbound' : value);
		return key.ip.some(entry => entry.toLowerCase().includes(value)) || (key.ip.length > 0 && ipAllowed(value, key.ip));
	},
	health(key, value, {now, duplicates}) {
		const {level, word} = healthWordOf(key, now, duplicates);
		const found = findings(key, now, duplicates);
		return [level, word, ...found.flatMap(({id}) => [id, findingKinds[id].word()])].some(name =>
			name.startsWith(value),
		);
	},
	site: ({site}, value, {siteNamed}) => site.toLowerCase().startsWith(value) || siteNamed(value) === site,
	env: ({environment}, value) => environment.startsWith(value),
};

/** Terms that are worth trying, for a shell to complete. */
export const filterTerms = [
	...permissions.map(permission => `perm:${permission}`),
	'ip:none',
	'ip:unknown',
	'health:bad',
	...environments.map(environment => `env:${environment}`),
];

/** Keys that match every word and term, in their given order. An empty filter matches all. */
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
