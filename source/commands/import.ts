import {importKeys, type ImportOutcome} from '../actions/import.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {worstExit} from '../core/exit-status.ts';
import {decodeText} from '../core/text/decode.ts';
import {Secret} from '../core/secret.ts';
import {ageFile, identitiesIn, type AgeFile, type AgeOpener} from '../formats/age.ts';
import {fileLimits, type ImportEntry} from '../formats/format.ts';
import {formats, readNames, type FormatName} from '../formats/index.ts';
import {formatOf, withoutKeys} from '../formats/recognise.ts';
import {sourceOf, type Source} from '../formats/source.ts';
import {msg, t} from '../language/translate.ts';
import {defineCommand, optional} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {flag, oneOf, text, type ValuesOf} from '../cli/option.ts';
import {agePassphraseFileOption} from '../cli/options.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, sourceName} from '../cli/print.ts';

/** The largest size of the content once encrypted and armored, in bytes. */
const mostSealed = fileLimits.bytes * 1.5;

const openerOptions = {
	passphraseFile: agePassphraseFileOption,
	identity: text('--identity <file>', msg`open the age file with the identity that age-keygen put into this file`),
};

export const importCommand = defineCommand({
	name: 'import',
	summary: msg`take keys from an age file, or from the same in clear; from standard input without a file. Each is
		tested first`,
	operand: optional('file'),
	options: {
		format: oneOf('--format <format>', readNames, msg`what is inside, where it is not recognised`),
		...openerOptions,
		isDryRun: flag('--dry-run', msg`only say what would be stored`),
		noTest: flag('--no-test', msg`store all without asking the exchange`),
	},
	async run(session, {operand: file = '-', options}) {
		const {context, io} = session;
		const {isDryRun, noTest} = options;
		const opener = await givenOpener(io, options);
		if (file === '-' && io.stdinIsTerminal)
			throw new AppError('usage', {
				problem: t`No file was named, and nothing is piped in.`,
				hint: t`Use it like this: ${suggestedCommand('import', 'keys.age')}.`,
			});
		const from = sourceName(file);
		const bytes = await io.files.read(file, mostSealed);
		const sealed = await ageFile(bytes, from);
		if (sealed) refuseWrongOpener(sealed, opener, from);
		if (sealed?.isSurrounded) io.note(t`${from} holds more than the age file; only that is read.`);
		if (!sealed && opener) throw notAnAgeFile(bytes, from);

		await unlock(session);
		// From here on Ctrl+C and SIGTERM end the import in order. Before, they end it at once, even while it waits for
		// an agent.
		const signal = io.stopSignal();
		const content = sealed
			? await opened(
					sealed,
					opener ?? {
						passphrase: new Secret(
							await io.ask(t`Passphrase of the age file: `, {
								secret: true,
								what: t`the passphrase of the age file`,
								instead: t`--age-passphrase-file or --identity`,
							}),
						),
					},
					signal,
				)
			: bytes;
		await io.release();
		const entries = await entriesOf(sourceOf(textOf(content, from), from), options.format);
		if (!sealed && io.files.staysBehind(file))
			io.note(t`${from} holds secrets in clear: once its keys are here, delete it.`);

		const outcomes: ImportOutcome[] = [];
		io.keep(entries.map(({name}) => name));
		try {
			await importKeys(context, entries, {
				test: !noTest,
				isDryRun,
				signal,
				onOutcome(outcome) {
					outcomes.push(outcome);
					io.progress('');
					if (!io.json) io.out(line(outcome));
					if (outcomes.length < entries.length) io.progress(t`${outcomes.length} of ${entries.length} done`);
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

		io.note(summary(outcomes, isDryRun));
		return worstExit(outcomes.map(({code}) => code));
	},
});

async function givenOpener(
	io: Io,
	{passphraseFile, identity}: ValuesOf<typeof openerOptions>,
): Promise<AgeOpener | undefined> {
	if (passphraseFile !== undefined && identity !== undefined)
		throw new AppError('usage', {problem: t`--age-passphrase-file and --identity exclude each other.`});
	if (passphraseFile !== undefined) return {passphrase: io.files.passphrase(passphraseFile)};
	return identity === undefined ? undefined : {identities: await identitiesIn(io.files.identity(identity), identity)};
}

function refuseWrongOpener({sealedFor}: AgeFile, opener: AgeOpener | undefined, from: string): void {
	if (sealedFor === 'recipients' && !(opener && 'identities' in opener))
		throw new AppError('not-importable', {
			from,
			problem: t`is encrypted for the holder of an identity`,
			fix: t`Name the identity file with --identity, or decrypt it with age itself: age -d … |
				${suggestedCommand('import')}`,
		});
	if (sealedFor === 'passphrase' && opener && 'identities' in opener)
		throw new AppError('not-importable', {
			from,
			problem: t`is encrypted with a passphrase, not for an identity`,
			fix: t`Leave --identity out, or give --age-passphrase-file.`,
		});
}

function notAnAgeFile(bytes: Buffer, from: string): AppError {
	const {text, problem} = decodeText(bytes);
	const other =
		text === undefined ? {looksLike: problem, fix: t`Give the age file itself.`} : withoutKeys(sourceOf(text, from));
	const leaveOut = t`Leave the passphrase or identity out if it is meant to be in clear.`;
	return new AppError(
		'not-importable',
		other ? {from, problem: other.looksLike, fix: other.fix} : {from, problem: t`is not an age file`, fix: leaveOut},
	);
}

/** Wipes the opener. */
async function opened(sealed: AgeFile, opener: AgeOpener, signal: AbortSignal): Promise<Buffer> {
	try {
		return await sealed.open(opener, signal);
	} finally {
		for (const secret of 'passphrase' in opener ? [opener.passphrase] : opener.identities) secret.wipe();
	}
}

function textOf(content: Buffer, from: string): string {
	const refuse = (problem: string) =>
		new AppError('not-importable', {from, problem, fix: t`Give a file that export made.`});
	try {
		if (content.length > fileLimits.bytes) throw refuse(t`holds more than ${fileLimits.bytes / 1024 / 1024} MiB`);
		const {text, problem} = decodeText(content);
		if (text === undefined) throw refuse(problem);
		return text;
	} finally {
		content.fill(0);
	}
}

/** Throws `not-importable` where the format is neither given nor known, or `import` does not take it. */
async function entriesOf(source: Source, given: FormatName | undefined): Promise<readonly ImportEntry[]> {
	const {from} = source;
	const other = given === undefined ? withoutKeys(source) : undefined;
	if (other) throw new AppError('not-importable', {from, problem: other.looksLike, fix: other.fix});
	const format = given ?? formatOf(source) ?? 'json';
	const {parse, about} = formats[format];
	if (parse) return parse(source);
	throw new AppError('not-importable', {
		from,
		problem: t`looks like ${about()}, which import does not take`,
		fix: t`Store its keys one by one: ${suggestedCommand('add', 'NAME')} takes ${oneCredential} on standard input, also
			under the names that bots give them.`,
	});
}

const oneCredential = '{"apiKey": "…", "secretKey": "…", "passphrase": "…"}';
const verbs = {
	stored: msg`stored`,
	new: msg`would be stored`,
	skipped: msg`skipped`,
	refused: msg`not stored`,
} as const;

function line({number, name, what, cause, fix}: ImportOutcome): string {
	return [`${number}. ${name === '' ? t`(no name)` : name}: ${verbs[what]()}.`, cause, fix]
		.filter(part => part !== '')
		.join(' ');
}

function outcomeJson({number, name, what, code, cause, fix}: ImportOutcome) {
	return {entry: number, name, outcome: what, code, cause, fix};
}

function summary(outcomes: readonly ImportOutcome[], isDryRun: boolean): string {
	const count = (wanted: ImportOutcome['what']) => outcomes.filter(({what}) => what === wanted).length;
	const first = isDryRun
		? t`${count('new')} of ${outcomes.length} would be stored`
		: t`${count('stored')} of ${outcomes.length} stored`;
	return `${[first, t`${count('skipped')} here already`, t`${count('refused')} refused`].join(', ')}.`;
}
