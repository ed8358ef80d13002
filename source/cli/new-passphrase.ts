import {vaultPassphraseProblem} from '../actions/setup.ts';
import {AppError} from '../core/errors.ts';
import {Secret} from '../core/secret.ts';
import {textOption, type CommandOption, type ParsedArguments} from './command.ts';
import type {Io} from './io.ts';

/** Where a new passphrase comes from without a terminal. */
export const newPassphraseOptions: readonly CommandOption[] = [
	{
		flags: '--new-passphrase-file <file>',
		summary: 'read the new passphrase from the first line of a file that only you can read',
	},
	{flags: '--new-passphrase-fd <number>', summary: 'read the new passphrase from an open file descriptor'},
];

/**
 * A new passphrase from the options, which the caller wipes; undefined without them. Throws `invalid` for one that is
 * too short.
 */
export async function givenNewPassphrase(io: Io, words: ParsedArguments): Promise<Secret | undefined> {
	const [file, descriptor] = [textOption(words, 'newPassphraseFile'), textOption(words, 'newPassphraseFd')];
	const given =
		descriptor === undefined
			? file === undefined
				? undefined
				: io.files.passphrase(file)
			: await io.files.passphraseFrom(descriptor);
	return given && good(given);
}

/**
 * Asks for a new passphrase twice, which the caller wipes. Throws `invalid` when they differ or it is too short,
 * before anything is done with it.
 */
export async function askNewPassphrase(
	io: Io,
	question: string,
	instead = '--new-passphrase-file or --new-passphrase-fd',
): Promise<Secret> {
	const askFor = async (words: string) =>
		new Secret(await io.ask(words, {secret: true, what: 'a new passphrase', instead}));
	return sameTwice(good(await askFor(question)), async () => askFor('The same again: '), 'nothing was changed');
}

/**
 * Gives the first passphrase once the second is the same. Throws `invalid`, with `outcome` as what it means; wipes
 * all that it does not give.
 */
export async function sameTwice(first: Secret, askAgain: () => Promise<Secret>, outcome: string): Promise<Secret> {
	let second: Secret | undefined;
	try {
		second = await askAgain();
		if (!first.equals(second))
			throw new AppError('invalid', {
				problem: `The two passphrases differ; ${outcome}.`,
				fix: 'Run it again and type the same twice.',
			});
		return first;
	} catch (error) {
		first.wipe();
		throw error;
	} finally {
		second?.wipe();
	}
}

function good(passphrase: Secret): Secret {
	const problem = vaultPassphraseProblem(passphrase.reveal());
	if (!problem) return passphrase;
	passphrase.wipe();
	throw new AppError('invalid', problem);
}
