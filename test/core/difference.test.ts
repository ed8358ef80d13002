import {expect, test} from 'vitest';
import {differenceOf} from '../../source/core/difference.ts';
import {Secret} from '../../source/core/secret.ts';
import {storedKey} from '../helpers/keys.ts';

const grid = storedKey({id: 'grid', name: 'grid'});

test('keys that come, go and stay are told apart by their id, not by their name', () => {
	const renamed = {...grid, name: 'grid 2'};
	const other = storedKey({id: 'other', name: 'grid'});
	expect(differenceOf([grid], [renamed, other])).toEqual({
		added: ['grid'],
		removed: [],
		changed: [{name: 'grid 2', fields: ['name']}],
	});
	expect(differenceOf([grid, other], [])).toEqual({added: [], removed: ['grid', 'grid'], changed: []});
	expect(differenceOf([grid], [grid])).toEqual({added: [], removed: [], changed: []});
});

test('each field that a person cares for counts, by its name', () => {
	const {credential} = grid;
	const others = {
		description: {description: 'x'},
		tags: {tags: ['x']},
		environment: {environment: 'demo'},
		site: {site: 'eea'},
		type: {type: 'app'},
		account: {account: {kind: 'sub', subAccount: 'x'}},
		permissions: {permissions: ['read', 'withdraw']},
		IPs: {ip: ['1.2.3.4']},
		status: {status: 'revoked'},
		trash: {trashedAt: 1},
		'API key': {credential: {...credential, apiKey: 'x'}},
		'secret key': {credential: {...credential, secretKey: new Secret('x')}},
		passphrase: {credential: {...credential, passphrase: new Secret('x')}},
	} as const;
	for (const [field, change] of Object.entries(others))
		expect(differenceOf([grid], [{...grid, ...change}]).changed, field).toEqual([{name: 'grid', fields: [field]}]);
});

test('what is only measured is no difference', () => {
	expect(differenceOf([grid], [{...grid, lastUsedAt: 5, updatedAt: 7}]).changed).toEqual([]);
});

test('secret-in-difference: no value of a secret is in it', () => {
	const changed = {...grid, credential: {...grid.credential, secretKey: new Secret('CANARY-NEW')}};
	expect(JSON.stringify(differenceOf([grid], [changed]))).not.toMatch(
		new RegExp(`CANARY|${grid.credential.secretKey.reveal()}`),
	);
});
