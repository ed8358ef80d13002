import fc from 'fast-check';
import {expect, test} from 'vitest';
import {changedPart} from '../../source/core/activity/changed-part.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import type {VaultContent} from '../../source/vault/format/content.ts';
import {encodeContent} from '../../source/vault/format/encode.ts';
import {storedKey} from '../helpers/keys.ts';

const text = fc.string({unit: 'binary', maxLength: 20});

function keyOf(id: string, description: string, secret: string): StoredKey {
	const credential = {apiKey: id, secretKey: new Secret(secret), passphrase: new Secret(description)};
	return storedKey({id, name: id, description, credential});
}

const keyed = fc.tuple(text, text, text).map(words => keyOf(...words));

/** What may happen to a list of keys: some stay, some are edited, some go, some come, and some change places. */
const edits = fc.array(
	fc.oneof(
		fc.record({do: fc.constant('edit' as const), at: fc.nat(), description: text}),
		fc.record({do: fc.constant('remove' as const), at: fc.nat()}),
		fc.record({do: fc.constant('add' as const), at: fc.nat(), key: keyed}),
		fc.record({do: fc.constant('swap' as const), at: fc.nat(), with: fc.nat()}),
	),
	{maxLength: 6},
);

function edited(before: readonly StoredKey[], changes: typeof edits extends fc.Arbitrary<infer All> ? All : never) {
	let keys = [...before];
	for (const change of changes) {
		const at = change.at % Math.max(1, keys.length);
		if (change.do === 'add') keys.splice(at, 0, change.key);
		if (keys.length === 0) continue;
		if (change.do === 'remove') keys.splice(at, 1);
		if (change.do === 'edit') keys = keys.with(at, {...keys[at]!, description: change.description});
		if (change.do === 'swap') {
			const other = change.with % keys.length;
			keys = keys.with(at, keys[other]!).with(other, keys[at]!);
		}
	}

	return keys;
}

function plain({keys, ...rest}: VaultContent): string {
	const revealed = keys.map(key => ({
		...key,
		credential: {
			...key.credential,
			secretKey: key.credential.secretKey.reveal(),
			passphrase: key.credential.passphrase.reveal(),
		},
	}));
	return JSON.stringify({...rest, keys: revealed});
}

test('what is copied from the earlier save is what would be written anew, whatever was done to the keys', () => {
	fc.assert(
		fc.property(
			fc.array(keyed, {maxLength: 8}),
			fc.jsonValue(),
			fc.array(edits, {maxLength: 4}),
			(first, sandbox, saves) => {
				const contentOf = (keys: readonly StoredKey[]): VaultContent => ({sandbox, routine: 3, slots: undefined, keys});
				let content = contentOf(first);
				let encoded = encodeContent(content, '', Infinity);
				expect(encoded.bytes.toString()).toBe(plain(content));
				for (const changes of saves) {
					const earlier = {...encoded, keys: content.keys};
					content = contentOf(edited(content.keys, changes));
					encoded = encodeContent(content, '', Infinity, earlier);
					expect(encoded.bytes.toString()).toBe(plain(content));
					expect(encoded.spans).toEqual(encodeContent(content, '', Infinity).spans);
				}
			},
		),
	);
});

test('the secrets of keys that are copied are not revealed', () => {
	const [one, two] = [keyOf('one', 'first', 'SECRET1'), keyOf('two', 'second', 'SECRET2')];
	const earlier = {...encodeContent({keys: [one, two]}, '', Infinity), keys: [one, two]};
	one.credential.secretKey.wipe();
	const {bytes} = encodeContent({keys: [one, {...two, description: 'third'}]}, '', Infinity, earlier);
	expect(JSON.parse(bytes.toString())).toMatchObject({keys: [{description: 'first'}, {description: 'third'}]});
});

test('of two lists, the changed part is what is between their common beginning and their common end', () => {
	expect(changedPart([1, 2, 3, 4], [1, 5, 4])).toEqual({start: 1, before: [2, 3], after: [5]});
	expect(changedPart([1, 1], [1, 1, 1])).toEqual({start: 2, before: [], after: [1]});
	expect(changedPart([], [])).toEqual({start: 0, before: [], after: []});
	fc.assert(
		fc.property(fc.array(fc.nat(3)), fc.array(fc.nat(3)), (before, after) => {
			const changed = changedPart(before, after);
			const end = after.length - changed.start - changed.after.length;
			const rebuilt = [...before.slice(0, changed.start), ...changed.after, ...before.slice(before.length - end)];
			expect(rebuilt).toEqual(after);
		}),
	);
});
