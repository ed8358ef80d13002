import {expect, test} from 'vitest';
import {changesBetween} from '../../source/core/activity/changes.ts';
import type {StoredKey, TestSummary} from '../../source/core/key/key.ts';
import type {Operation} from '../../source/core/key/operation.ts';
import {limits} from '../../source/core/limits.ts';
import {boundedEvent} from '../../source/core/activity/entry.ts';
import {creation, credentialWith, storedKey} from '../helpers/keys.ts';

const key = storedKey({id: 'a', name: 'grid', uses: [{at: 1, by: 'exec', program: 'bot'}]});
const passed: TestSummary = {at: 5, ok: true, code: 0, cause: 'It works.', latencyMs: 4, live: null};
const named = [{id: 'a', name: 'grid'}];
const rotation: Operation = {
	kind: 'rotate',
	id: 'r',
	startedAt: 0,
	name: 'grid',
	oldId: 'a',
	newId: 'b',
	step: 'creating',
};

test.each<[string, Partial<StoredKey>, readonly object[]]>([
	['nothing', {}, []],
	['a search for copies', {copies: [{at: 1, path: '/x', part: 'secretKey'}]}, []],
	['a removal', {trashedAt: 9}, [{what: 'removed', keys: named}]],
	['a freeze', {status: 'frozen', freeze: {at: 1}}, [{what: 'frozen', keys: named}]],
	[
		'a suspected leak',
		{
			status: 'frozen',
			freeze: {at: 1},
			incident: {at: 1, since: 0, before: {permissions: ['read'], ip: []}, step: 'cutting'},
		},
		[
			{what: 'suspected', keys: named},
			{what: 'frozen', keys: named},
		],
	],
	['a revocation', {status: 'revoked'}, [{what: 'revoked', keys: named}]],
	['a description', {description: 'secret plans'}, [{what: 'edited', edits: [{field: 'description'}], keys: named}]],
	[
		'a name and an address',
		{name: 'new', ip: ['203.0.113.7']},
		[
			{
				what: 'edited',
				edits: [
					{field: 'name', from: 'grid', to: 'new'},
					{field: 'ip', from: '', to: '203.0.113.7'},
				],
				keys: [{id: 'a', name: 'new'}],
			},
		],
	],
	[
		'a test, which learns label and account',
		{lastTest: passed, label: 'grid', account: {kind: 'main', uid: '7'}},
		[{what: 'tested', detail: 'ok', keys: named}],
	],
	['a test that fails', {lastTest: {...passed, code: 22}}, [{what: 'tested', detail: 'ipNotAllowed', keys: named}]],
	[
		'an export',
		{uses: [...key.uses!, {at: 2, by: 'export', program: 'age'}]},
		[{what: 'exported', detail: 'age', keys: named}],
	],
])('%s is told of a key', (_, change, events) => {
	expect(changesBetween({keys: [key]}, {keys: [{...key, ...change}]})).toEqual(events);
});

test('what takes a key back is told: from the trash, from a freeze, which sets permissions back too', () => {
	const gone = {...key, trashedAt: 3};
	expect(changesBetween({keys: [gone]}, {keys: [key]})).toEqual([{what: 'restored', keys: named}]);
	const before = {declared: ['read', 'trade'], live: ['read', 'trade']} as const;
	const cold: StoredKey = {...key, status: 'frozen', freeze: {at: 1, readOnly: {before, state: 'set'}}};
	const thawed: StoredKey = {...key, permissions: ['read', 'trade']};
	expect(changesBetween({keys: [cold]}, {keys: [thawed]})).toEqual([{what: 'thawed', keys: named}]);
});

test('a new key is added, or created where its creation was noted, and one that is left out is deleted', () => {
	const begun = {keys: [], operations: [creation({name: 'grid'}, {id: 'a'})]};
	expect(changesBetween({keys: []}, {keys: [key]})).toEqual([{what: 'added', keys: named}]);
	expect(changesBetween({keys: []}, {keys: [key]}, 'imported')).toEqual([{what: 'imported', keys: named}]);
	expect(changesBetween(begun, {keys: [key]})).toEqual([{what: 'created', keys: named}]);
	expect(changesBetween(begun, {keys: []})).toEqual([{what: 'creation-cleared', keys: named}]);
	expect(changesBetween({keys: [key]}, {keys: []})).toEqual([{what: 'deleted', keys: named}]);
});

test('the steps of a rotation are told as such, not as the edits that they are made of', () => {
	const replacement = storedKey({id: 'b', name: 'grid-new', credential: credentialWith({apiKey: 'other'})});
	const begun = {keys: [key, replacement], operations: [rotation]};
	const handed = {
		keys: [
			{...key, name: 'grid-old', status: 'frozen' as const, freeze: {at: 1}},
			{...replacement, name: 'grid'},
		],
		operations: [{...rotation, step: 'handed-over' as const}],
	};
	const ended = {keys: [{...handed.keys[0]!, name: 'grid', trashedAt: 7}, handed.keys[1]!]};
	const after = [
		{id: 'a', name: 'grid-old'},
		{id: 'b', name: 'grid'},
	];
	expect(changesBetween({keys: begun.keys}, begun)).toEqual([
		{what: 'rotation-started', keys: [...named, {id: 'b', name: 'grid-new'}]},
	]);
	expect(changesBetween(begun, handed)).toEqual([{what: 'rotation-handed-over', keys: after}]);
	expect(changesBetween(handed, ended)).toMatchObject([{what: 'rotation-finished'}]);
	expect(changesBetween(begun, {keys: begun.keys})).toMatchObject([{what: 'rotation-aborted'}]);
});

test('many edits of one save are told apart by their values while they are few, and else by their fields', () => {
	const edited = (count: number) => {
		const keysAt = (address: (index: number) => string) =>
			Array.from({length: count}, (_, index) => storedKey({id: `k${index}`, ip: [address(index)]}));
		return changesBetween({keys: keysAt(index => `203.0.113.${index}`)}, {keys: keysAt(() => '198.51.100.7')});
	};
	expect(edited(20)).toHaveLength(20);
	expect(edited(21)).toEqual([{what: 'edited', edits: [{field: 'ip'}], keys: expect.objectContaining({length: 21})}]);
});

test('what is done to many keys alike is one event, of which the record names the first', () => {
	const many = Array.from({length: 10_000}, (_, index) => storedKey({id: `k${index}`, name: `bot${index}`}));
	const [imported, ...others] = changesBetween({keys: []}, {keys: many}, 'imported');
	expect(others).toEqual([]);
	const {keys, count} = boundedEvent(imported!);
	expect(keys).toHaveLength(limits.activity.keys);
	expect(count).toBe(10_000);
	const tested = many.map((one, index) => ({...one, lastTest: {...passed, code: index % 2 === 0 ? 0 : 22}}));
	expect(changesBetween({keys: many}, {keys: tested}).map(({detail, keys}) => [detail, keys?.length])).toEqual([
		['ok', 5000],
		['ipNotAllowed', 5000],
	]);
});
