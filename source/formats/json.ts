import * as v from 'valibot';
import {AppError} from '../core/errors.ts';
import {foldBlanks} from '../core/text/name.ts';
import {
	environments,
	keyTypes,
	permissions,
	type Account,
	type StoredKey,
	type UnknownPermission,
} from '../core/key/key.ts';
import {Secret} from '../core/secret.ts';
import {sanitize, isPrintable} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import {fileLimits, type ImportEntry, type ForeignKey, type Format} from './format.ts';
import {isObject} from '../core/is-object.ts';
import {msg, t} from '../language/translate.ts';

// Bounds against hostile texts; adding a key checks the rules of the exchange.
const short = v.pipe(v.string(), v.maxLength(1024));
const visible = v.pipe(
	short,
	v.check(text => isPrintable(foldBlanks(text))),
);
const secret = v.pipe(
	short,
	v.transform(text => new Secret(text)),
);
const list = <Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.maxLength(1000));
/** ms since 1970, within what a Date can hold. */
const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));
const permission = v.union([
	v.picklist(permissions),
	v.pipe(
		v.string(),
		v.regex(/^\S{1,60}$/),
		v.check(isPrintable),
		v.transform(word => word as UnknownPermission),
	),
]);
const ids = {uid: v.exactOptional(visible), mainUid: v.exactOptional(visible)};

/** Other members are ignored. There is no test result, since a file could claim any: an imported key is tested anew. */
const entry = v.object({
	name: short,
	description: v.exactOptional(v.string()),
	type: v.exactOptional(v.picklist(keyTypes)),
	isTypeTold: v.exactOptional(v.boolean()),
	isMadeByApi: v.exactOptional(v.boolean()),
	env: v.exactOptional(v.picklist(environments)),
	site: v.exactOptional(short),
	account: v.exactOptional(
		v.variant('kind', [
			v.object({kind: v.literal('main'), ...ids}),
			v.object({kind: v.literal('sub'), ...ids, subAccount: v.exactOptional(visible)}),
		]),
	),
	label: v.exactOptional(v.nullable(visible)),
	permissions: v.exactOptional(list(permission)),
	ip: v.exactOptional(list(short)),
	tags: v.exactOptional(list(short)),
	usedBy: v.exactOptional(list(visible)),
	expiresAt: v.exactOptional(v.nullable(time)),
	status: v.exactOptional(v.picklist(['active', 'revoked'])),
	createdAt: v.exactOptional(time),
	updatedAt: v.exactOptional(time),
	lastUsedAt: v.exactOptional(v.nullable(time)),
	apiKey: short,
	secretKey: secret,
	passphrase: secret,
});

function printAccount({kind, uid, mainUid, subAccount}: Account) {
	return {kind, uid, mainUid, subAccount};
}

function printKey({credential, ...key}: StoredKey) {
	return {
		name: key.name,
		description: key.description,
		type: key.type,
		isTypeTold: key.isTypeTold,
		isMadeByApi: key.isMadeByApi,
		env: key.environment,
		site: key.site,
		account: printAccount(key.account),
		label: key.label,
		permissions: key.permissions,
		ip: key.ip,
		tags: key.tags,
		usedBy: key.usedBy,
		expiresAt: key.expiresAt,
		status: key.status,
		createdAt: key.createdAt,
		updatedAt: key.updatedAt,
		lastUsedAt: key.lastUsedAt,
		apiKey: credential.apiKey,
		secretKey: credential.secretKey.reveal(),
		passphrase: credential.passphrase.reveal(),
	};
}

function nameOf(value: unknown): string {
	const name = isObject(value) && Object.hasOwn(value, 'name') ? value['name'] : '';
	return typeof name === 'string' ? truncate(sanitize(name.slice(0, 100)), 32) : '';
}

/** Names the field only: the schema's messages quote what they found, which may be a secret. */
function fieldProblem(issue: v.InferIssue<typeof entry>): ImportEntry['problem'] {
	const fix = t`Correct the entry, or import the file that export made.`;
	const field = v.getDotPath(issue);
	if (field === null) return {problem: t`It is not an object with the fields of a key.`, fix};
	return {
		problem:
			issue.received === 'undefined'
				? t`Its field ${field} is missing.`
				: t`Its field ${field} is not what it must be.`,
		fix,
	};
}

function parseEntry(value: unknown): ImportEntry {
	const name = nameOf(value);
	const result = v.safeParse(entry, value, {abortEarly: true});
	if (!result.success) return {name, problem: fieldProblem(result.issues[0])!};
	const {env, apiKey, secretKey, passphrase, ...rest} = result.output;
	const key: ForeignKey = {
		...rest,
		...(env !== undefined && {environment: env}),
		credential: {apiKey, secretKey, passphrase},
	};
	return {name, key};
}

/** A JSON array of keys, complete except for the id in the vault, which is new, and the last test. */
export const json = {
	about: msg`keys that okx-keys exported`,
	extension: '.json',
	isLossy: false,
	looksLike({json}) {
		const {value} = json();
		return Array.isArray(value) && (value.length === 0 || isObject(value[0]));
	},
	print: (keys: readonly StoredKey[]) =>
		`${JSON.stringify(
			keys.map(key => printKey(key)),
			undefined,
			'\t',
		)}\n`,
	parse({json: read, from}) {
		const refuse = (problem: string) =>
			new AppError('not-importable', {
				from,
				problem,
				fix: t`Give a file that export made, or a JSON array of keys in the same form.`,
			});
		const {value, problem} = read();
		if (!Array.isArray(value)) throw refuse(problem ?? t`is not a list of keys`);
		if (value.length > fileLimits.keys)
			throw refuse(t`lists ${value.length} keys, and ${fileLimits.keys} are the most`);
		return value.map(one => parseEntry(one));
	},
} satisfies Format;
