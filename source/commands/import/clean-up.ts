import {copyWords, areAllStored, shreddedWords} from '../../actions/import-file.ts';
import type {ImportOutcome} from '../../actions/import-draft.ts';
import {isAppError} from '../../core/errors.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {t} from '../../language/translate.ts';
import type {Io} from '../../cli/io.ts';
import {confirm} from '../../cli/print.ts';

export type ImportedFile = {
	readonly file: string;
	/** Of its content as it was read. */
	readonly sha256: string;
	/** Whether it is the configuration of a program, which the program may miss. */
	readonly isConfiguration: boolean;
};

/**
 * Overwrites and deletes the file that the keys came from, if it is asked for or a person at a terminal agrees, and
 * names other copies. Keeps a file with a key that is not in the vault. Throws `file-not-shredded`.
 */
export async function cleanUp(
	io: Io,
	{file, sha256, isConfiguration}: ImportedFile,
	outcomes: readonly ImportOutcome[],
	isWanted: boolean,
): Promise<void> {
	const from = sanitize(file);
	const isDone = areAllStored(outcomes);
	const isAsked = isDone && !isWanted && io.stdinIsTerminal && !io.json;
	const isShredded = isDone && (isWanted || (isAsked && (await agreed(io, from, isConfiguration))));
	if (isShredded) io.files.shred(file, sha256);
	if (isShredded) io.note(shreddedWords(from));
	else if (isWanted) io.note(t`${from} is kept, because not all of its keys are in the vault.`);
	else io.note(t`${from} holds secrets in clear: once its keys are here, delete it.`);
	for (const words of copyWords(file, io.files)) io.note(words);
}

/** An interrupted question means no: the keys are here already. */
async function agreed(io: Io, from: string, isConfiguration: boolean): Promise<boolean> {
	const question = isConfiguration
		? t`Overwrite and delete ${from}? A program that reads it will miss it.`
		: t`Overwrite and delete ${from}?`;
	try {
		return await confirm(io, question);
	} catch (error) {
		if (isAppError(error, 'aborted') || isAppError(error, 'no-tty')) return false;
		throw error;
	}
}
