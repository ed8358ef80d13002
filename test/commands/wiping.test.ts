import {afterEach, describe, expect, test, vi} from 'vitest';
import {addSlotCommand} from '../../source/commands/add-slot.ts';
import type {Command, ParsedArguments} from '../../source/cli/command.ts';
import type {Io} from '../../source/cli/io.ts';
import {processFiles} from '../../source/system/files.ts';
import {init} from '../../source/commands/init.ts';
import {list} from '../../source/commands/list.ts';
import {passwd} from '../../source/commands/passwd.ts';
import {rekeyCommand} from '../../source/commands/rekey.ts';
import {restore} from '../../source/commands/restore.ts';
import {Secret} from '../../source/core/secret.ts';
import {world, worldPassphrase, type World} from '../helpers/world.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

/** A terminal at which somebody gives these answers, one after the other. */
function answering(...answers: readonly string[]): Io {
	const left = [...answers];
	return {
		files: processFiles,
		out() {},
		write: async () => {},
		deliver() {},
		isUnseen: false,
		note() {},
		progress() {},
		json: false,
		columns: undefined,
		stdinIsTerminal: true,
		readStdin: async () => '',
		ask: async () => left.shift()!,
		hold() {},
		release: async () => {},
		givenPassphrase: async () => undefined,
		givenKeyFile: () => undefined,
		stopped: async () => {},
		stopSignal: () => new AbortController().signal,
	};
}

/** The texts that were kept as secrets while a command ran, and were not wiped when it had ended. */
async function leftAfter(
	command: Command,
	{context}: World,
	words: ParsedArguments,
	answers: readonly string[],
): Promise<{readonly left: readonly string[]; readonly exit: unknown}> {
	const revealed = new Set<Secret>();
	const reveal = Secret.prototype.reveal;
	vi.spyOn(Secret.prototype, 'reveal').mockImplementation(function (this: Secret) {
		revealed.add(this);
		return reveal.call(this);
	});
	const exit = await command
		.run({context, io: answering(...answers)}, words)
		.catch((error: unknown) => (error as {readonly code: unknown}).code);
	vi.restoreAllMocks();
	return {
		exit,
		left: [...revealed].flatMap(secret => {
			try {
				return [secret.reveal()];
			} catch {
				return [];
			}
		}),
	};
}

const none: ParsedArguments = {operands: [], options: {}};
const yes: ParsedArguments = {operands: [], options: {yes: true}};
const fresh = 'another long passphrase';

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

	test('init', async () => {
		const here = await world({isOpen: false});
		const after = await leftAfter(init, here, none, [fresh, fresh]);
		expect(after.exit).toBe('ok');
		expect(after.left.filter(text => text === fresh)).toEqual([]);
	});
});
