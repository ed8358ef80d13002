import {hash} from 'node:crypto';
import {importKeys, wipeEntries, type ImportOptions} from '../actions/import.ts';
import type {ImportOutcome} from '../actions/import-draft.ts';
import {
	importedText,
	mostSealedBytes,
	importFormatNamed,
	importFormats,
	readImport,
	type ImportContent,
} from '../actions/import-text.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {readNames} from '../formats/index.ts';
import {worstExit} from '../core/exit-status.ts';
import {padToWidth} from '../core/text/width.ts';
import {msg, t} from '../language/translate.ts';
import {defineCommand, optional, type Session} from '../cli/command.ts';
import {flag, parsed, text} from '../cli/option.ts';
import {jsonText, sourceName} from '../cli/print.ts';
import {showProgress} from '../cli/test-report.ts';
import {unlock} from '../cli/unlock.ts';
import type {Io} from '../cli/io.ts';
import {cleanUp} from './import/clean-up.ts';
import {givenOpener, opened, openerOptions, sealedIn} from './import/age-input.ts';
import {outcomeJson, outcomeLine, summary} from './import/outcome.ts';

export const importCommand = defineCommand({
	name: 'import',
	summary: msg`import keys from an age file, an export, or the configuration of a bot; from standard input without a
		file. Each key is tested first`,
	examples: [
		msg`okx-keys import keys.age --dry-run`,
		msg`okx-keys import ~/.okx/config.toml`,
		msg`age -d -i key.txt keys.age | okx-keys import`,
	],
	operand: optional('file'),
	options: {
		format: parsed(
			text('--format <format>', msg`the format, if it is not recognised; list shows all formats`, [
				'list',
				...readNames,
			]),
			name => (name === 'list' ? name : importFormatNamed(name)),
		),
		name: text('--name <name>', msg`the name for the key, if the file has only one`),
		...openerOptions,
		isDryRun: flag('--dry-run', msg`only show what would be stored`),
		isShredded: flag('--shred', msg`overwrite and delete the file when all its keys are in the vault`),
		noTest: flag('--no-test', msg`store all keys without a test`),
	},
	async run(session, {operand: file = '-', options}) {
		const {io} = session;
		const {format, name, isDryRun, noTest, isShredded} = options;
		if (format === 'list') return listFormats(session);
		refuseShredding(file, options, io);
		const opener = await givenOpener(io, options);
		if (file === '-' && io.stdinIsTerminal)
			throw new AppError('usage', {
				problem: t`No file was named, and nothing is piped in.`,
				hint: t`Use it like this: ${suggestedCommand('import', 'keys.age')}.`,
			});
		const from = sourceName(file);
		const bytes = await io.files.read(file, mostSealedBytes);
		const sealed = await sealedIn(bytes, opener, from);
		if (sealed?.isSurrounded) io.note(t`${from} holds more than the age file; only that is read.`);
		const isKept = io.files.staysBehind(file);
		const sha256 = hash('sha256', bytes);
		const read = async (content: Buffer) =>
			readImport({text: importedText(content, from), from, file: isKept ? file : undefined, format, name});
		// What is no list of keys is said before a passphrase is asked for.
		const inClear = sealed ? undefined : await read(bytes);

		await unlock(session).catch((error: unknown) => {
			wipeEntries(inClear?.entries ?? []);
			throw error;
		});
		// From here on Ctrl+C and SIGTERM end the import in order. Before, they end it at once, even while it waits for
		// an agent.
		const signal = io.stopSignal();
		const {entries, format: found} = inClear ?? (await read(await opened(sealed!, opener, io, signal)));
		await io.release();
		const outcomes = await imported(session, entries, {test: !noTest, isDryRun, signal});
		if (outcomes === 'aborted') return outcomes;
		io.note(summary(outcomes, isDryRun));
		if (inClear && isKept && !isDryRun)
			await cleanUp(io, {file, sha256, isConfiguration: found !== 'json'}, outcomes, isShredded);
		if (sealed && isShredded) io.note(t`${from} is kept: it is encrypted.`);
		return worstExit(outcomes.map(({code}) => code));
	},
});

function refuseShredding(file: string, {isShredded, isDryRun}: ImportFlags, io: Io): void {
	if (!isShredded) return;
	if (isDryRun) throw new AppError('usage', {problem: t`--shred and --dry-run exclude each other.`});
	if (!io.files.staysBehind(file))
		throw new AppError('usage', {problem: t`--shred needs a file, and the keys come from a pipe.`});
}

type ImportFlags = {readonly isShredded: boolean; readonly isDryRun: boolean};

function listFormats({io}: Session): 'ok' {
	const all = importFormats();
	const width = Math.max(...all.map(({name}) => name.length)) + 2;
	io.out(
		io.json
			? jsonText(all.map(({name, about}) => ({format: name, about})))
			: all.map(({name, about}) => `${padToWidth(name, width)}${about}`).join('\n'),
	);
	return 'ok';
}

/** Prints each outcome as soon as it is certain. */
async function imported(
	session: Session,
	entries: ImportContent['entries'],
	options: Pick<ImportOptions, 'test' | 'isDryRun' | 'signal'>,
): Promise<readonly ImportOutcome[] | 'aborted'> {
	const {context, io} = session;
	const outcomes: ImportOutcome[] = [];
	const show = showProgress(session);
	io.keep(entries.map(({name}) => name));
	try {
		await importKeys(context, entries, {
			...options,
			onProgress: show,
			onOutcome(outcome) {
				outcomes.push(outcome);
				io.progress('');
				if (!io.json) io.out(outcomeLine(outcome));
			},
		});
	} catch (error) {
		if (outcomes.length > 0) io.note(t`Ended after ${outcomes.length} of ${entries.length}; what is stored stays.`);
		if (!isAppError(error, 'aborted') || outcomes.length === 0) throw error;
		return 'aborted';
	} finally {
		io.progress('');
		if (io.json && (outcomes.length > 0 || entries.length === 0))
			io.out(jsonText(outcomes.map(outcome => outcomeJson(outcome))));
	}

	return outcomes;
}
