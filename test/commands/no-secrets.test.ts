import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {generateX25519Identity, identityToRecipient} from 'age-encryption';
import {describe, expect, onTestFinished, test} from 'vitest';
import {commands} from '../../source/commands/index.ts';
import {createSecretFilter} from '../../source/core/secret-text/filter.ts';
import {isAppError} from '../../source/core/errors.ts';
import {fakeClipboard} from '../helpers/clipboard.ts';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world, worldPassphrase, type World} from '../helpers/world.ts';

const added = {
	apiKey: '0a1b2c3d-1111-4222-8333-444455556666',
	secretKey: 'CANARY9SECRET9CANARY9SECRET9CANA',
	passphrase: 'Canary-Pass9!',
};

type Files = Readonly<Record<'folder' | 'passphrase' | 'recipient' | 'keys', string>>;

/** What a command is given that says something without secrets, and what it is given that would show one. */
type Invocations = {
	readonly says?: readonly (readonly string[])[];
	readonly reveals?: readonly (readonly string[])[];
};

/** Every command, in an order in which each has something to do. */
function invocations({folder, passphrase, recipient, keys}: Files): Readonly<Record<string, Invocations>> {
	return {
		init: {reveals: [['init']]},
		sandbox: {says: [['sandbox']]},
		create: {says: [['create', 'bot', '--perm', 'trade', '--ip', '127.0.0.1']]},
		add: {says: [['add', 'extra', '--no-test']]},
		list: {says: [['list'], ['list', 'perm:trade']]},
		profiles: {says: [['profiles']]},
		show: {says: [['show', 'bot']], reveals: [['show', 'bot', '--reveal']]},
		edit: {says: [['edit', 'bot', '--description', 'changed']]},
		test: {says: [['test', '--all']]},
		check: {says: [['check'], ['check', '--nagios']]},
		exec: {says: [['exec', 'other', '--', 'true']]},
		copy: {
			says: [
				['copy', 'other', 'link'],
				['copy', 'other', 'address'],
			],
			reveals: [
				['copy', 'other', 'secret-key'],
				['copy', 'other', 'json', '--keep'],
			],
		},
		export: {
			reveals: [
				['export', 'bot', '--age-recipient', recipient],
				['export', '--all', '--age-recipient', recipient, '--armor'],
				['export', 'bot', '--age-passphrase-file', passphrase, '--output', `${folder}/exported.age`],
			],
		},
		import: {
			says: [
				['import', keys, '--no-test'],
				['import', keys, '--dry-run'],
			],
		},
		doctor: {says: [['doctor', '--offline']]},
		scan: {says: [['scan', folder]]},
		activity: {says: [['activity'], ['activity', 'bot', '--json']]},
		slots: {says: [['slots']]},
		'add-slot': {
			says: [
				['add-slot', 'passphrase', '--new-passphrase-file', passphrase],
				['add-slot', 'key-file', '--file', `${folder}/made.key`],
			],
			reveals: [['add-slot', 'recovery']],
		},
		'remove-slot': {says: [['remove-slot', 'nosuch']]},
		passwd: {says: [['passwd', '--new-passphrase-file', passphrase]]},
		rekey: {reveals: [['rekey', '--yes']]},
		backup: {says: [['backup', `${folder}/backup.json`]]},
		verify: {says: [['verify']]},
		restore: {says: [['restore', `${folder}/backup.json`, '--dry-run']]},
		agent: {says: [['agent', 'status']]},
		rotate: {says: [['rotate', 'bot', '--yes']]},
		freeze: {says: [['freeze', 'bot', '--read-only', '--yes']]},
		thaw: {says: [['thaw', 'bot', '--yes']]},
		adopt: {says: [['adopt']]},
		settings: {says: [['settings']]},
		incident: {says: [['incident', 'bot', '--yes', '--report', `${folder}/leak.md`]]},
		revoke: {says: [['revoke', 'bot', '--yes']]},
		remove: {says: [['remove', 'extra', '--yes']]},
		'restore-key': {says: [['restore-key', 'extra']]},
		undo: {says: [['undo']]},
		completion: {
			says: [
				['completion', 'bash'],
				['completion', 'zsh'],
				['completion', 'fish'],
			],
		},
		man: {says: [['man']]},
	};
}

async function files(): Promise<Files> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-no-secrets-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const [passphrase, keys] = [path.join(folder, 'passphrase'), path.join(folder, 'keys.json')];
	fs.writeFileSync(passphrase, `${worldPassphrase}\n`, {mode: 0o600});
	fs.writeFileSync(
		keys,
		JSON.stringify([
			{...added, name: 'imported', apiKey: added.apiKey.replace('1111', '2222'), env: 'live', site: 'sandbox'},
		]),
		{mode: 0o600},
	);
	return {folder, passphrase, keys, recipient: await identityToRecipient(await generateX25519Identity())};
}

/** All that a command says, in every way that it has, and how it ends. */
async function said({context}: World, words: readonly string[], isJson: boolean) {
	const texts: string[] = [];
	const {io, printed} = printing({
		json: isJson,
		readStdin: async () => JSON.stringify(added),
		write: async bytes => void texts.push(Buffer.from(bytes).toString('latin1')),
	});
	const end = await commandLine({context, io}, ...words).catch((error: unknown) => {
		if (!isAppError(error)) throw error;
		texts.push(error.message, error.hint ?? '');
		return error.code;
	});
	return {end, text: [...texts, ...printed.out, ...printed.exact, ...printed.note].join('\n')};
}

/** The text with every secret of the vault covered, in each form that a program may print it in. */
function covered({context, recoveryKey}: World, text: string): string {
	const secrets = context.vault.isOpen()
		? context.vault
				.read()
				.keys.flatMap(({credential}) => [
					credential.apiKey,
					credential.secretKey.reveal(),
					credential.passphrase.reveal(),
				])
		: [];
	const filter = createSecretFilter([...secrets, recoveryKey!.reveal(), worldPassphrase, ...Object.values(added)]);
	return filter.push(Buffer.from(text).toString('latin1')) + filter.end();
}

const isPlain = (here: World, text: string) => covered(here, text) === Buffer.from(text).toString('latin1');

describe.each([[false], [true]])('under --no-secrets, with --json %s', isJson => {
	test('secret-under-no-secrets: every command speaks without a secret, or refuses and does nothing', async () => {
		const made = await world({keys: [storedKey({name: 'other'})]});
		const {clipboard, events} = fakeClipboard();
		const here = {...made, context: {...made.context, noSecrets: true, clipboard}};
		const all = invocations(await files());
		expect(Object.keys(all).toSorted()).toEqual(commands.map(({name}) => name).toSorted());
		const failed: string[] = [];
		for (const {says = [], reveals = []} of Object.values(all)) {
			for (const words of says) {
				const {end, text} = await said(here, words, isJson);
				expect(isPlain(here, text), words.join(' ')).toBe(true);
				if (end === 'no-secrets') failed.push(words.join(' '));
				else if (typeof end === 'string' && end !== 'ok') failed.push(`${words[0]}: ${end}`);
			}

			for (const words of reveals) {
				const before = fs.readFileSync(here.context.vault.path);
				const {end, text} = await said(here, words, isJson);
				expect({end, text}, words.join(' ')).toEqual({
					end: 'no-secrets',
					text:
						'No secret is shown here: --no-secrets, or the variable OKX_KEYS_NO_SECRETS, forbids it.\n' +
						'okx-keys exec NAME -- COMMAND gives a key to a program without showing it.',
				});
				expect(fs.readFileSync(here.context.vault.path).equals(before)).toBe(true);
			}
		}

		expect(events).toEqual(['https://www.okx.com/account/my-api?go-live-trading=1']);
		// What is asked for does not exist, or is not well; what doctor finds is up to this machine.
		expect(failed.filter(one => !one.startsWith('doctor'))).toEqual([
			'test: keyMissing',
			'check: keyMissing',
			...(isJson ? ['check: usage'] : []),
			'copy: nothing-to-copy',
			'scan: policy',
			'remove-slot: no-such-slot',
			'adopt: drift',
		]);
	});
});

test('what a command declares to print a secret prints one where it is allowed, and nothing else does', async () => {
	const all = invocations(await files());
	const declared = commands.filter(({printsSecrets}) => printsSecrets !== undefined).map(({name}) => name);
	expect(declared.toSorted()).toEqual(
		Object.keys(all)
			.filter(name => all[name]!.reveals !== undefined)
			.toSorted(),
	);
	const here = await world();
	await said(here, ['create', 'bot'], false);
	const {text} = await said(here, ['show', 'bot', '--reveal'], false);
	expect(isPlain(here, text)).toBe(false);
	for (const words of [
		['add-slot', 'recovery'],
		['rekey', '--yes'],
	])
		expect((await said(here, words, false)).text).toMatch(/^(?:[\dA-Z]{4}-){12,}[\dA-Z]{4}$/m);
});

test('a command that prints a secret and does not declare it fails', async () => {
	const {defineCommand} = await import('../../source/cli/command.ts');
	const {io, printed} = printing();
	const {context} = await world({isOpen: false});
	const words = {operands: [], options: {}, passed: []};
	for (const way of ['secret', 'deliver'] as const) {
		const command = defineCommand({
			name: 'careless',
			summary: () => '',
			examples: [],
			async run({io}) {
				io[way]('CANARY');
				return 'ok';
			},
		});
		await expect(command.run({context, io}, words)).rejects.toThrow('does not declare that it prints secrets');
	}

	expect(printed.exact).toEqual([]);
});
