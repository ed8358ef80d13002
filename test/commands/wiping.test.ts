import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {generateIdentity, identityToRecipient} from 'age-encryption';
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {addSlotCommand} from '../../source/commands/add-slot.ts';
import type {Command, ParsedArguments} from '../../source/cli/command.ts';
import type {Io} from '../../source/cli/io.ts';
import {exportKeysCommand} from '../../source/commands/export.ts';
import {importCommand} from '../../source/commands/import.ts';
import {init} from '../../source/commands/init.ts';
import {list} from '../../source/commands/list.ts';
import {passwd} from '../../source/commands/passwd.ts';
import {rekeyCommand} from '../../source/commands/rekey.ts';
import {restore} from '../../source/commands/restore.ts';
import {Secret} from '../../source/core/secret.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world, worldPassphrase, type World} from '../helpers/world.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

/** A terminal at which somebody gives these answers, one after the other. */
function answering(answers: readonly string[], delivered: string[]): Io {
	const left = [...answers];
	return printing({
		deliver(text) {
			delivered.push(text);
		},
		stdinIsTerminal: true,
		ask: async () => left.shift()!,
		givenPassphrase: async () => undefined,
	}).io;
}

/** The texts that were kept as secrets while a command ran, and were not wiped when it had ended. */
async function leftAfter(
	command: Command,
	{context}: World,
	words: ParsedArguments,
	answers: readonly string[],
): Promise<{readonly left: readonly string[]; readonly exit: unknown; readonly delivered: readonly string[]}> {
	const delivered: string[] = [];
	const revealed = new Set<Secret>();
	const reveal = Secret.prototype.reveal;
	vi.spyOn(Secret.prototype, 'reveal').mockImplementation(function (this: Secret) {
		revealed.add(this);
		return reveal.call(this);
	});
	const exit = await command
		.run({context, io: answering(answers, delivered)}, words)
		.catch((error: unknown) => (error as {readonly code: unknown}).code);
	vi.restoreAllMocks();
	return {
		exit,
		delivered,
		left: [...revealed].flatMap(secret => {
			try {
				return [secret.reveal()];
			} catch {
				return [];
			}
		}),
	};
}

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-wiping-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	return folder;
}

const none: ParsedArguments = {operands: [], options: {}};
const yes: ParsedArguments = {operands: [], options: {yes: true}};
const fresh = 'another long passphrase';
const exportedAt = Date.UTC(2026, 0, 1);
const exportedKey = () => storedKey({createdAt: exportedAt, updatedAt: exportedAt});

describe('what was typed is wiped when the command has ended', () => {
	test.each<readonly [string, Command, ParsedArguments, readonly string[], unknown]>([
		['list', list, none, [worldPassphrase], 'ok'],
		['list with a wrong one', list, none, [fresh], 'wrong-passphrase'],
		['passwd', passwd, none, [worldPassphrase, fresh, fresh], 'ok'],
		['passwd with two that differ', passwd, none, [worldPassphrase, fresh, `${fresh}s`], 'invalid'],
		['passwd with a short one', passwd, none, [worldPassphrase, 'short'], 'invalid'],
		['passwd with a wrong one', passwd, none, [fresh], 'wrong-passphrase'],
		['rekey', rekeyCommand, yes, [worldPassphrase], 'ok'],
		[
			'rekey with a new passphrase',
			rekeyCommand,
			{operands: [], options: {yes: true, newPassphrase: true}},
			[worldPassphrase, fresh, fresh],
			'ok',
		],
		[
			'add-slot passphrase',
			addSlotCommand,
			{operands: ['passphrase'], options: {}},
			[worldPassphrase, fresh, fresh],
			'ok',
		],
		['restore', restore, yes, [worldPassphrase], 'ok'],
	])('%s', async (_, command, words, answers, exit) => {
		const here = await world();
		await here.context.vault.change(content => ({...content}));
		here.context.vault.lock();
		const after = await leftAfter(command, here, words, answers);
		expect(after.exit).toBe(exit);
		const typed = new Set([worldPassphrase, fresh, `${fresh}s`, 'short']);
		expect(after.left.filter(text => typed.has(text))).toEqual([]);
	});

	test('init, and the recovery key that it has shown', async () => {
		const here = await world({isOpen: false});
		const after = await leftAfter(init, here, none, [fresh, fresh]);
		expect(after.exit).toBe('ok');
		const [recoveryKey] = after.delivered;
		expect(recoveryKey).toMatch(/^[\dA-Z-]{40,}$/);
		expect(after.left.filter(text => text === fresh || text === recoveryKey)).toEqual([]);
	});

	test('rekey, and the recovery key that it has shown', async () => {
		const here = await world();
		here.context.vault.lock();
		const after = await leftAfter(rekeyCommand, here, yes, [worldPassphrase]);
		const [recoveryKey] = after.delivered;
		expect(recoveryKey).toMatch(/^[\dA-Z-]{40,}$/);
		expect(after.left).not.toContain(recoveryKey);
	});

	test('export and import, with the passphrase of the age file', async () => {
		const file = join(newFolder(), 'keys.age');
		const ofFile = 'the passphrase of a file';
		const typed = new Set([worldPassphrase, ofFile, `${ofFile}s`]);
		const exported: ParsedArguments = {operands: [], options: {all: true, agePassphrase: true, output: file}};
		const imported: ParsedArguments = {operands: [file], options: {test: false}};
		const steps: readonly (readonly [Command, ParsedArguments, readonly string[], unknown])[] = [
			[exportKeysCommand, exported, [worldPassphrase, ofFile, `${ofFile}s`], 'invalid'],
			[exportKeysCommand, exported, [worldPassphrase, 'short'], 'invalid'],
			[exportKeysCommand, exported, [worldPassphrase, ofFile, ofFile], 'ok'],
			[importCommand, imported, [worldPassphrase, `${ofFile}s`], 'age-wrong-passphrase'],
			[importCommand, imported, [worldPassphrase, ofFile], 'ok'],
		];
		for (const [command, words, answers, exit] of steps) {
			const here = await world({sandbox: false, keys: command === exportKeysCommand ? [exportedKey()] : []});
			here.context.vault.lock();
			const after = await leftAfter(command, here, words, answers);
			expect([after.exit, after.left.filter(text => typed.has(text) || text === 'short')]).toEqual([exit, []]);
		}
	}, 60_000);

	test('export and import, with a passphrase out of a file or an identity', async () => {
		const folder = newFolder();
		const [file, forIdentity, passphraseFile, identityFile] = ['a.age', 'b.age', 'passphrase', 'identity'].map(name =>
			join(folder, name),
		) as [string, string, string, string];
		const ofFile = 'the passphrase of a file';
		const identity = await generateIdentity();
		writeFileSync(passphraseFile, `${ofFile}\n`, {mode: 0o600});
		writeFileSync(identityFile, `${identity}\n`, {mode: 0o600});
		const all = {all: true};
		const steps: readonly (readonly [Command, ParsedArguments])[] = [
			[exportKeysCommand, {operands: [], options: {...all, agePassphraseFile: passphraseFile, output: file}}],
			[
				exportKeysCommand,
				{operands: [], options: {...all, ageRecipient: [await identityToRecipient(identity)], output: forIdentity}},
			],
			[importCommand, {operands: [file], options: {test: false, agePassphraseFile: passphraseFile}}],
			[importCommand, {operands: [forIdentity], options: {test: false, identity: identityFile}}],
		];
		for (const [command, words] of steps) {
			const here = await world({sandbox: false, keys: command === exportKeysCommand ? [exportedKey()] : []});
			here.context.vault.lock();
			const {exit, left} = await leftAfter(command, here, words, [worldPassphrase]);
			expect([exit, left.filter(text => [worldPassphrase, ofFile, identity].includes(text))]).toEqual(['ok', []]);
		}
	}, 60_000);
});
