import {describe, expect, it} from 'vitest';
import {shownKeys} from '../../source/actions/keys.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {decodeContent} from '../../source/vault/format/content.ts';
import {encodeContent} from '../../source/vault/format/encode.ts';
import {creation, storedKey} from '../helpers/keys.ts';

/** A content as it is written, with these members. */
function written({keys = [], ...members}: Record<string, unknown>): Buffer {
	return Buffer.from(JSON.stringify({keys, ...members}));
}

function plain(key: StoredKey, wanted: Record<string, unknown> = {}): Record<string, unknown> {
	const {secretKey, passphrase, ...credential} = key.credential;
	return {
		...key,
		credential: {...credential, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()},
		...wanted,
	};
}

/** The note of a creation as earlier programs made it. */
const earlier = plain(storedKey({id: 'p', name: 'half', label: 'half', site: 'sandbox', createdAt: 5, updatedAt: 5}), {
	status: 'creating',
	credential: {apiKey: '', secretKey: '', passphrase: 'CANARY-Passphrase9!'},
});
const again = (bytes: Buffer): unknown =>
	JSON.parse(encodeContent(decodeContent(bytes, ''), '', Number.POSITIVE_INFINITY).bytes.toString());

describe('a vault in which an earlier program noted the creation of a key', () => {
	it('opens with the creation among its unfinished work and not among its keys', () => {
		const content = decodeContent(written({keys: [earlier, plain(storedKey())]}), '');
		expect(content.keys).toMatchObject([{id: 'a1', status: 'active'}]);
		expect(content.operations).toEqual([creation({name: 'half'}, {startedAt: 5})]);
		expect(shownKeys(content)).toMatchObject([
			{id: 'a1', name: 'bot1'},
			{id: 'p', name: 'half', status: 'creating', createdAt: 5, updatedAt: 5},
		]);
	});

	it('is saved without the passphrase, which is of no use by itself', () => {
		expect(JSON.stringify(again(written({keys: [earlier]})))).not.toContain('CANARY');
	});

	it('keeps it in the trash, and every member of it that this program does not know', () => {
		const bytes = written({keys: [{...earlier, trashedAt: 7, later: {deep: [1]}}], more: 1});
		expect(again(bytes)).toEqual({
			keys: [],
			operations: [
				{
					...creation({name: 'half', trashedAt: 7}, {startedAt: 5}),
					key: expect.objectContaining({trashedAt: 7, later: {deep: [1]}}),
				},
			],
			more: 1,
		});
	});

	it('keeps a key of that status that has a secret key, for that is not to be lost', () => {
		const {keys, operations} = decodeContent(written({keys: [plain(storedKey(), {status: 'creating'})]}), '');
		expect(keys).toHaveLength(1);
		expect(operations).toBeUndefined();
	});
});

describe('unfinished work in a vault', () => {
	it('is written again as it was read, also of kinds and with members that this program does not know', () => {
		const operations = [
			{...creation(), later: 1},
			{kind: 'later', id: 'r', step: 2},
		];
		expect(again(written({operations}))).toEqual({keys: [], operations});
		expect(shownKeys(decodeContent(written({operations}), ''))).toHaveLength(1);
	});

	it('leaves no trace in a vault that has none', () => {
		expect(again(written({}))).toEqual({keys: []});
	});

	it.each([
		['no list', {}],
		['a note that is no object', ['x']],
		['a creation without an id', [{...creation(), id: undefined}]],
		['a rotation without its keys', [{kind: 'rotate', id: 'r', name: 'grid', step: 'creating'}]],
		['a creation of no key', [{...creation(), key: null}]],
		['a creation of a key without a name', [{...creation(), key: {...creation().key, name: 1}}]],
	])('is refused as damaged when it is %s, and is not written so either', (_, operations) => {
		expect(() => decodeContent(written({operations}), 'v')).toThrow('unfinished work');
		expect(() =>
			encodeContent({keys: [], operations: [operations].flat() as never}, 'v', Number.POSITIVE_INFINITY),
		).toThrow('could not be read again');
	});
});
