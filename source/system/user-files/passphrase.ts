import tty from 'node:tty';
import {AppError} from '../../core/errors.ts';
import {firstLineOf, type Decoded} from '../../core/text/reading/decode.ts';
import {suggestedCommand} from '../../core/invocation.ts';
import {Secret} from '../../core/secret.ts';
import {reasonOf} from '../../core/system-error.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {readDescriptor} from './descriptor.ts';
import {mostPrivate, readPrivateFile} from './private-file.ts';
import {t} from '../../language/translate.ts';

/** A passphrase never has several lines, and an editor ends the file with a newline. */
function firstLine(content: string): Secret {
	return new Secret(firstLineOf(content));
}

/** Reads the first line, as `readPrivateFile` does. Throws `passphrase-file`. */
export function fromFile(path: string, uid: number): Secret {
	const passphrase = firstLine(readPrivateFile(path, uid, 'passphrase-file'));
	if (passphrase.reveal() === '')
		throw new AppError('passphrase-file', {
			path: sanitize(path),
			problem: t`has an empty first line`,
			fix: t`Put the passphrase on its first line.`,
		});
	return passphrase;
}

/**
 * Reads the first line of an open file descriptor, such as `3` in `3< <(pass show okx)`, and waits until all of it
 * has come. Throws `usage`.
 */
export async function fromDescriptor(given: string): Promise<Secret> {
	const refuse = (
		problem: string,
		cause?: unknown,
		hint = t`Use it like this: ${suggestedCommand('list', '--passphrase-fd', '3')} 3< file.`,
	) => new AppError('usage', {problem, hint}, {cause});
	if (!/^\d{1,9}$/.test(given)) throw refuse(t`--passphrase-fd takes the number of an open file descriptor.`);
	if (tty.isatty(Number(given)))
		throw refuse(
			t`File descriptor ${given} is the terminal, which would show what is typed.`,
			undefined,
			t`Leave the option out: the passphrase is then asked for, and not shown.`,
		);
	let content: Decoded | undefined;
	try {
		content = await readDescriptor(Number(given), mostPrivate);
	} catch (error) {
		throw refuse(t`File descriptor ${given} cannot be read (${reasonOf(error)}).`, error);
	}

	if (content === undefined) throw refuse(t`File descriptor ${given} gave more than a passphrase.`);
	if (content.problem !== undefined) throw refuse(t`What file descriptor ${given} gave ${content.problem}.`);
	const passphrase = firstLine(content.text);
	if (passphrase.reveal() === '') throw refuse(t`File descriptor ${given} gave no passphrase.`);
	return passphrase;
}
