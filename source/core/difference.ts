import {purposeOf} from './health/binding.ts';
import type {ShownKey} from './operation.ts';

/** One key on which two contents of a vault part. */
export type ChangedKey = {readonly name: string; readonly fields: readonly string[]};

/** What would happen to the keys of one content if another took its place. Names are untrusted text. */
export type Difference = {
	/** Keys that would come. */
	readonly added: readonly string[];
	/** Keys that would go. */
	readonly removed: readonly string[];
	/** Keys that would stay, and be otherwise; a field is named, its value never: it may be a secret. */
	readonly changed: readonly ChangedKey[];
};

type ComparedField = {readonly name: string; readonly differs: (left: ShownKey, right: ShownKey) => boolean};

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

/** What a person calls the fields. What is only measured (tests, times of use) does not count. */
const fields: readonly ComparedField[] = [
	{name: 'name', differs: (left, right) => left.name !== right.name},
	{name: 'description', differs: (left, right) => left.description !== right.description},
	{name: 'tags', differs: (left, right) => !same(left.tags, right.tags)},
	{name: 'type', differs: (left, right) => purposeOf(left) !== purposeOf(right)},
	{name: 'environment', differs: (left, right) => left.environment !== right.environment},
	{name: 'site', differs: (left, right) => left.site !== right.site},
	{name: 'account', differs: (left, right) => !same(left.account, right.account)},
	{name: 'permissions', differs: (left, right) => !same(left.permissions, right.permissions)},
	{name: 'IPs', differs: (left, right) => !same(left.ip, right.ip)},
	{name: 'status', differs: (left, right) => left.status !== right.status},
	{name: 'trash', differs: (left, right) => (left.trashedAt === null) !== (right.trashedAt === null)},
	{name: 'API key', differs: (left, right) => left.credential.apiKey !== right.credential.apiKey},
	{name: 'secret key', differs: (left, right) => !left.credential.secretKey.equals(right.credential.secretKey)},
	{name: 'passphrase', differs: (left, right) => !left.credential.passphrase.equals(right.credential.passphrase)},
];

/** Compares keys by their id, so that one with a new name is the same key. */
export function differenceOf(now: readonly ShownKey[], then: readonly ShownKey[]): Difference {
	const before = new Map(now.map(key => [key.id, key]));
	const after = new Set(then.map(({id}) => id));
	const changed = then.flatMap((key): ChangedKey[] => {
		const old = before.get(key.id);
		const differing = old ? fields.filter(({differs}) => differs(old, key)).map(({name}) => name) : [];
		return differing.length === 0 ? [] : [{name: key.name, fields: differing}];
	});
	return {
		added: then.filter(({id}) => !before.has(id)).map(({name}) => name),
		removed: now.filter(({id}) => !after.has(id)).map(({name}) => name),
		changed,
	};
}
