import {vaultPassphraseProblem} from '../actions/setup.ts';
import {AppError} from '../errors.ts';
import {Secret} from '../core/secret.ts';
import {passphraseIn} from '../io/files.ts';
import {fromDescriptor} from '../io/passphrase.ts';
import {text, type Io, type Option, type Words} from './command.ts';

/** Where a new passphrase comes from without a terminal. */
export const newPassphraseOptions: readonly Option[] = [
	{flags: '--new-passphrase-file <file>', summary: 'read the new passphrase from the first line of a file that only you can read'},
	{flags: '--new-passphrase-fd <number>', summary: 'read the new passphrase from an open file descriptor'},
];

/** A new passphrase from the options; undefined without them. Throws `invalid` for one that is too short. */
export async function givenNewPassphrase(words: Words): Promise<Secret | undefined> {
	const [file, descriptor] = [text(words, 'newPassphraseFile'), text(words, 'newPassphraseFd')];
	const given = descriptor === undefined ? file === undefined ? undefined : passphraseIn(file) : await fromDescriptor(descriptor);
	return given && good(given);
}

/** Asks for a new passphrase twice. Throws `invalid` when they differ or it is too short, before anything is done with it. */
export async function askNewPassphrase(io: Io, question: string, instead = '--new-passphrase-file or --new-passphrase-fd'): Promise<Secret> {
	const first = good(new Secret(await io.ask(question, {secret: true, what: 'a new passphrase', instead})));
	const second = new Secret(await io.ask('The same again: ', {secret: true, what: 'a new passphrase', instead}));
	if (!first.equals(second)) throw new AppError('invalid', {problem: 'The two passphrases differ; nothing was changed.', fix: 'Run it again and type the same twice.'});
	return first;
}

function good(passphrase: Secret): Secret {
	const problem = vaultPassphraseProblem(passphrase.reveal());
	if (problem) throw new AppError('invalid', problem);
	return passphrase;
}
