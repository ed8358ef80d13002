import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {generateIdentity, identityToRecipient} from 'age-encryption';
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import type {Io} from '../../source/cli/io.ts';
import {Secret} from '../../source/core/secret.ts';
import {sealedCheaply} from '../helpers/age.ts';
import {storedKey} from '../helpers/keys.ts';
import {commandLine} from '../helpers/command-line.ts';
import {printing} from '../helpers/printing.ts';
import {world, worldPassphrase, type World} from '../helpers/world.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

/** A terminal at which these answers are given, one after the other. */
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
	{context}: World,
	argv: readonly string[],
	answers: readonly string[],
): Promise<{readonly left: readonly string[]; readonly exit: unknown; readonly delivered: readonly string[]}> {
	const delivered: string[] = [];
	const revealed = new Set<Secret>();
	const reveal = Secret.prototype.reveal;
	vi.spyOn(Secret.prototype, 'reveal').mockImplementation(function (this: Secret) {
		revealed.add(this);
		return reveal.call(this);
	});
	const exit = await commandLine({context, io: answering(answers, delivered)}, ...argv).catch(
		(error: unknown) => (error as {readonly code: unknown}).code,
	);
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

const fresh = 'another long passphrase';
const exportedAt = Date.UTC(2026, 0, 1);
const importable = JSON.stringify([{name: 'grid', apiKey: 'key', secretKey: 'CANARY', passphrase: 'Canary-Pass9!'}]);
const exportedKey = () => storedKey({createdAt: exportedAt, updatedAt: exportedAt});

describe('what was typed is wiped when the command has ended', () => {
	test.each<readonly [string, readonly string[], readonly string[], unknown]>([
		['list', ['list'], [worldPassphrase], 'ok'],
		['list with a wrong one', ['list'], [fresh], 'wrong-passphrase'],
		['passwd', ['passwd'], [worldPassphrase, fresh, fresh], 'ok'],
		['passwd with two that differ', ['passwd'], [worldPassphrase, fresh, `${fresh}s`], 'invalid'],
		['passwd with a short one', ['passwd'], [worldPassphrase, 'short'], 'invalid'],
		['passwd with a wrong one', ['passwd'], [fresh], 'wrong-passphrase'],
		['rekey', ['rekey', '--yes'], [worldPassphrase], 'ok'],
		['rekey with a new passphrase', ['rekey', '--yes', '--new-passphrase'], [worldPassphrase, fresh, fresh], 'ok'],
		['add-slot passphrase', ['add-slot', 'passphrase'], [worldPassphrase, fresh, fresh], 'ok'],
		['restore', ['restore', '--yes'], [worldPassphrase], 'ok'],
	])('%s', async (_, argv, answers, exit) => {
		const here = await world();
		await here.context.vault.change(content => ({...content}));
		here.context.vault.lock();
		const after = await leftAfter(here, argv, answers);
		expect(after.exit).toBe(exit);
		const typed = new Set([worldPassphrase, fresh, `${fresh}s`, 'short']);
		expect(after.left.filter(text => typed.has(text))).toEqual([]);
	});

	test('init, and the recovery key that it has shown', async () => {
		const here = await world({isOpen: false});
		const after = await leftAfter(here, ['init'], [fresh, fresh]);
		expect(after.exit).toBe('ok');
		const [recoveryKey] = after.delivered;
		expect(recoveryKey).toMatch(/^[\dA-Z-]{40,}$/);
		expect(after.left.filter(text => text === fresh || text === recoveryKey)).toEqual([]);
	});

	test('rekey, and the recovery key that it has shown', async () => {
		const here = await world();
		here.context.vault.lock();
		const after = await leftAfter(here, ['rekey', '--yes'], [worldPassphrase]);
		const [recoveryKey] = after.delivered;
		expect(recoveryKey).toMatch(/^[\dA-Z-]{40,}$/);
		expect(after.left).not.toContain(recoveryKey);
	});

	test('export and import, with the passphrase of the age file', async () => {
		const [file, other] = ['keys.age', 'other.age'].map(name => join(newFolder(), name)) as [string, string];
		const ofFile = 'the passphrase of a file';
		writeFileSync(other, await sealedCheaply(importable, ofFile));
		const typed = new Set([worldPassphrase, ofFile, `${ofFile}s`]);
		const exported = ['export', '--all', '--age-passphrase', '--output', file];
		const imported = ['import', other, '--no-test'];
		const steps: readonly (readonly [readonly string[], readonly string[], unknown])[] = [
			[exported, [worldPassphrase, ofFile, `${ofFile}s`], 'invalid'],
			[exported, [worldPassphrase, 'short'], 'invalid'],
			[exported, [worldPassphrase, ofFile, ofFile], 'ok'],
			[imported, [worldPassphrase, `${ofFile}s`], 'age-wrong-passphrase'],
			[imported, [worldPassphrase, ofFile], 'ok'],
		];
		for (const [argv, answers, exit] of steps) {
			const here = await world({sandbox: false, keys: argv === exported ? [exportedKey()] : []});
			here.context.vault.lock();
			const after = await leftAfter(here, argv, answers);
			expect([after.exit, after.left.filter(text => typed.has(text) || text === 'short')]).toEqual([exit, []]);
		}
	}, 60_000);

	test('export and import, with a passphrase out of a file or an identity', async () => {
		const folder = newFolder();
		const [file, other, forIdentity, passphraseFile, identityFile] = [
			'keys.age',
			'other.age',
			'identity.age',
			'passphrase',
			'identity',
		].map(name => join(folder, name)) as [string, string, string, string, string];
		const ofFile = 'the passphrase of a file';
		writeFileSync(other, await sealedCheaply(importable, ofFile));
		const identity = await generateIdentity();
		writeFileSync(passphraseFile, `${ofFile}\n`, {mode: 0o600});
		writeFileSync(identityFile, `${identity}\n`, {mode: 0o600});
		const recipient = await identityToRecipient(identity);
		const steps: readonly (readonly [string, ...string[]])[] = [
			['export', '--all', '--age-passphrase-file', passphraseFile, '--output', file],
			['export', '--all', '--age-recipient', recipient, '--output', forIdentity],
			['import', other, '--no-test', '--age-passphrase-file', passphraseFile],
			['import', forIdentity, '--no-test', '--identity', identityFile],
		];
		for (const argv of steps) {
			const here = await world({sandbox: false, keys: argv[0] === 'export' ? [exportedKey()] : []});
			here.context.vault.lock();
			const {exit, left} = await leftAfter(here, argv, [worldPassphrase]);
			expect([exit, left.filter(text => [worldPassphrase, ofFile, identity].includes(text))]).toEqual(['ok', []]);
		}
	}, 60_000);
});
