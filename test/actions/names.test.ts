import {describe, expect, test} from 'vitest';
import {addKey, type AddInput} from '../../source/actions/add.ts';
import {editKey} from '../../source/actions/edit.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {keyByName} from '../../source/actions/keys.ts';
import {removeKey} from '../../source/actions/trash.ts';
import {Secret} from '../../source/core/secret.ts';
import {fakeContext, failureOf} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';

const input = (name: string): AddInput => ({
	name,
	description: '',
	type: 'api',
	environment: 'live',
	site: 'sandbox',
	tags: [],
	credential: {
		apiKey: '7e5f0a11-2b3c-4d5e-8f90-000000000001',
		secretKey: new Secret('9F86D081884C7D659A2FEAA0C55AD016'),
		passphrase: new Secret('Correct-Horse9!'),
	},
});

describe('a name that looks like another', () => {
	test.each([
		['é', 'e\u{301}'],
		['a b', 'a\u{A0}b'],
		['a b', 'a  b'],
		['main', 'ｍａｉｎ'],
	])('look-alike: beside %j, %j is taken', async (there, name) => {
		const {context, vault} = fakeContext({keys: [storedKey({name: there})], sandbox: {}});
		expect(await failureOf(addKey(context, input(name), {test: false}))).toBe('name-taken');
		expect(vault.writes).toBe(0);
	});

	test('is stored composed and with plain spaces, and found however it is typed', async () => {
		const {context, vault} = fakeContext();
		const {key} = await addKey(context, input('e\u{301}\u{A0}1'), {test: false});
		expect(key.name).toBe('é 1');
		for (const typed of ['é 1', 'e\u{301} 1', 'é\u{A0}1']) expect(keyByName(vault.read(), typed).id).toBe(key.id);
	});

	test('that a vault holds already can be named as it is shown, renamed and removed', async () => {
		const {context, vault} = fakeContext({
			keys: [
				storedKey({id: '1', name: 'main'}),
				storedKey({id: '2', name: 'main\u{FE0F}'}),
				storedKey({id: '3', name: '\u{2800}'}),
			],
			sandbox: {},
		});
		expect(keyByName(vault.read(), 'main').id).toBe('1');
		expect(keyByName(vault.read(), 'main\u{FE0F}').id).toBe('2');
		expect(keyByName(vault.read(), String.raw`main\u{fe0f}`).id).toBe('2');
		expect(() => keyByName(vault.read(), 'ma\u{200B}in')).toThrow('There is no key called');
		expect(await editKey(context, await planEdit(context, '2', {name: 'second'}))).toMatchObject({
			id: '2',
			name: 'second',
		});
		await removeKey(context, keyByName(vault.read(), String.raw`\u{2800}`).id);
		expect(vault.read().keys.find(({id}) => id === '3')!.trashedAt).not.toBe(null);
	});

	test('is refused to an edit too, but a key may keep its own', async () => {
		const {context} = fakeContext({
			keys: [storedKey({id: '1', name: 'é'}), storedKey({id: '2', name: 'b'})],
			sandbox: {},
		});
		expect(await failureOf(planEdit(context, '2', {name: 'e\u{301}'}))).toBe('name-taken');
		expect((await planEdit(context, '1', {name: 'e\u{301}'})).changes).toEqual([]);
	});
});
