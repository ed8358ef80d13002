import {vaultPassphraseProblem} from '../../actions/setup.ts';
import {AppError} from '../../core/errors.ts';
import {Secret} from '../../core/secret.ts';
import type {Io} from '../io.ts';
import {text, type ValuesOf} from '../option.ts';
import {msg, t} from '../../language/translate.ts';

export const newPassphraseOptions = {
	newPassphraseFile: text(
		'--new-passphrase-file <file>',
		msg`read the new passphrase from the first line of a file that only you can read`,
	),
	newPassphraseFd: text('--new-passphrase-fd <number>', msg`read the new passphrase from an open file descriptor`),
};

/**
 * A new passphrase from the options, which the caller wipes; undefined without them. Throws `invalid` when it is too
 * short.
 */
export async function givenNewPassphrase(
	{files}: Io,
	{newPassphraseFile, newPassphraseFd}: ValuesOf<typeof newPassphraseOptions>,
): Promise<Secret | undefined> {
	if (newPassphraseFd !== undefined) return good(await files.passphraseFrom(newPassphraseFd));
	return newPassphraseFile === undefined ? undefined : good(files.passphrase(newPassphraseFile));
}

/** Asks for a new passphrase twice; the caller wipes it. Throws `invalid` when the two differ or it is too short. */
export async function askNewPassphrase(
	io: Io,
	question: string,
	instead = t`--new-passphrase-file or --new-passphrase-fd`,
): Promise<Secret> {
	const askFor = async (words: string) =>
		new Secret(await io.ask(words, {secret: true, what: t`a new passphrase`, instead}));
	return requireSameAgain(
		good(await askFor(question)),
		async () => askFor(t`The same again: `),
		t`nothing was changed`,
	);
}

/**
 * Gives the first passphrase when the second one matches. Throws `invalid` with `outcome` as the consequence; wipes
 * every passphrase that it does not return.
 */
export async function requireSameAgain(
	first: Secret,
	askAgain: () => Promise<Secret>,
	outcome: string,
): Promise<Secret> {
	let second: Secret | undefined;
	try {
		second = await askAgain();
		if (!first.equals(second))
			throw new AppError('invalid', {
				problem: t`The two passphrases differ; ${outcome}.`,
				fix: t`Run it again and type the same twice.`,
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
