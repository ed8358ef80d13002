import {accountWord} from '../../core/account.ts';
import {bindingOf} from '../../core/health/binding.ts';
import {findings, type Duplicates} from '../../core/health/findings.ts';
import {asLastSeen, type StoredKey} from '../../core/key.ts';
import {unknownPermissions} from '../../core/permission.ts';
import {ipAllowed} from '../../core/ip/address.ts';
import {siteNamed} from '../../exchange/sites.ts';
import {healthOf} from './key-words.ts';

type Match = (key: StoredKey, value: string, now: number, duplicates?: Duplicates) => boolean;

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
	// The level and the word that the list shows, or anything else that was found.
	health(key, value, now, duplicates) {
		const {level, word} = healthOf(key, now, duplicates);
		return (
			level.startsWith(value) ||
			word.startsWith(value) ||
			findings(key, now, duplicates).some(({id}) => id.startsWith(value))
		);
	},
	site: ({site}, value) => site.toLowerCase().startsWith(value) || siteNamed(value) === site,
	env: ({environment}, value) => environment.startsWith(value),
};

/** Keys that match every word and every term, in their order. An empty filter matches all. */
export function filterKeys(
	keys: readonly StoredKey[],
	filter: string,
	now: number,
	duplicates?: Duplicates,
): readonly StoredKey[] {
	const tests = filter
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '')
		.map(word => {
			const [, name = '', value = ''] = /^([a-z]+):(.*)$/.exec(word) ?? [];
			const match = Object.hasOwn(terms, name) ? terms[name] : undefined;
			return (key: StoredKey) => (match ? match(key, value, now, duplicates) : textOf(key).includes(word));
		});
	return tests.length === 0 ? keys : keys.filter(key => tests.every(test => test(key)));
}

function textOf(key: StoredKey): string {
	return [key.name, key.description, key.label ?? '', accountWord(key), ...key.tags].join('\n').toLowerCase();
}
