import {expect, test} from 'vitest';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

const ways =
	'okx-keys add NAME stores a key that was made on the exchange’s page, and okx-keys import FILE takes those of a ' +
	'bot from its file. okx-keys --sandbox is for trying without an account.';
const trash = 'okx-keys list --trash shows the trash, and okx-keys restore-key NAME brings a key back.';
const vaults = {
	new: [],
	trashed: [storedKey({trashedAt: 1})],
	revoked: [storedKey({status: 'revoked'})],
} as const;

test.each<readonly [string, keyof typeof vaults, string]>([
	['list', 'new', `The vault holds no keys yet. ${ways}`],
	['list', 'trashed', `The only key of this vault is in its trash. ${trash} ${ways}`],
	['list words', 'new', `The vault holds no keys yet. ${ways}`],
	['list --trash', 'new', 'The trash is empty.'],
	['profiles', 'new', `The vault holds no keys yet. ${ways}`],
	['profiles words', 'revoked', 'No key matches words. okx-keys profiles shows all keys.'],
	['list helath:bad', 'revoked', 'No key matches helath:bad. Did you mean health:bad? okx-keys list shows all keys.'],
	['test --all', 'new', 'There is no key to test. The vault holds no keys yet.'],
	['test --all', 'trashed', 'There is no key to test. The only key of this vault is in its trash.'],
	['test --all', 'revoked', 'There is no key to test. The keys of this vault are revoked, or were never finished.'],
	['check', 'new', 'There is no key to test. The vault holds no keys yet.'],
])('%s in a vault of which all keys are %s says: %s', async (line, keys, note) => {
	const {context} = await world({sandbox: false, keys: vaults[keys]});
	const {io, printed} = printing();
	expect(await commandLine({context, io}, ...line.split(' '))).toBe('ok');
	expect(printed).toMatchObject({out: [], note: [note]});
	const asJson = printing({json: true});
	await commandLine({context, io: asJson.io}, ...line.split(' '));
	expect(JSON.parse(asJson.printed.out.join(''))).toEqual([]);
});

test('an empty sandbox, which makes keys, says so', async () => {
	const {context} = await world();
	await context.vault.change(content => ({...content, keys: []}));
	const {io, printed} = printing();
	await commandLine({context, io}, 'list');
	expect(printed.note).toEqual([
		'The vault holds no keys yet. okx-keys create NAME makes a key, and okx-keys import FILE takes those of a bot ' +
			'from its file.',
	]);
});
