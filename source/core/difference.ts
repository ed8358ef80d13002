import {purposeOf} from './health/binding.ts';
import type {ShownKey} from './key/operation.ts';
import {msg, type Translatable} from '../language/translate.ts';

export type ChangedKey = {readonly name: string; readonly fields: readonly string[]};

/** How the keys change if one content of the vault replaces another. Names are untrusted text. */
export type Difference = {
	readonly added: readonly string[];
	readonly removed: readonly string[];
	/** Fields by name only: a value may be a secret. */
	readonly changed: readonly ChangedKey[];
};

type ComparedField = {readonly name: Translatable; readonly differs: (left: ShownKey, right: ShownKey) => boolean};

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

/** Measurements (tests, times of use) are not compared. */
const fields: readonly ComparedField[] = [
	{name: msg`name`, differs: (left, right) => left.name !== right.name},
	{name: msg`description`, differs: (left, right) => left.description !== right.description},
	{name: msg`tags`, differs: (left, right) => !same(left.tags, right.tags)},
	{name: msg`used by`, differs: (left, right) => !same(left.usedBy ?? [], right.usedBy ?? [])},
	{name: msg`type`, differs: (left, right) => purposeOf(left) !== purposeOf(right)},
	{name: msg`environment`, differs: (left, right) => left.environment !== right.environment},
	{name: msg`site`, differs: (left, right) => left.site !== right.site},
	{name: msg`account`, differs: (left, right) => !same(left.account, right.account)},
	{name: msg`permissions`, differs: (left, right) => !same(left.permissions, right.permissions)},
	{name: msg`IPs`, differs: (left, right) => !same(left.ip, right.ip)},
	{name: msg`expiry date`, differs: (left, right) => (left.expiresAt ?? null) !== (right.expiresAt ?? null)},
	{name: msg`status`, differs: (left, right) => left.status !== right.status},
	{name: msg`trash`, differs: (left, right) => (left.trashedAt === null) !== (right.trashedAt === null)},
	{name: msg`API key`, differs: (left, right) => left.credential.apiKey !== right.credential.apiKey},
	{name: msg`secret key`, differs: (left, right) => !left.credential.secretKey.equals(right.credential.secretKey)},
	{name: msg`passphrase`, differs: (left, right) => !left.credential.passphrase.equals(right.credential.passphrase)},
];

/** Compares keys by id, so that a renamed key is still the same key. */
export function differenceOf(now: readonly ShownKey[], then: readonly ShownKey[]): Difference {
	const before = new Map(now.map(key => [key.id, key]));
	const after = new Set(then.map(({id}) => id));
	const changed = then.flatMap((key): ChangedKey[] => {
		const old = before.get(key.id);
		const differing = old ? fields.filter(({differs}) => differs(old, key)).map(({name}) => name()) : [];
		return differing.length === 0 ? [] : [{name: key.name, fields: differing}];
	});
	return {
		added: then.filter(({id}) => !before.has(id)).map(({name}) => name),
		removed: now.filter(({id}) => !after.has(id)).map(({name}) => name),
		changed,
	};
}
