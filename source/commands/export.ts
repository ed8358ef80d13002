import {exportKeys, keysToExport} from '../actions/export.ts';
import {leastPassphraseLength} from '../actions/setup.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {AppError} from '../core/errors.ts';
import {withUnfinished} from '../core/operation.ts';
import {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {graphemes} from '../core/text/width.ts';
import {sealFor} from '../formats/age.ts';
import {formatNames, type FormatName} from '../formats/index.ts';
import {textOption, textOptions, type Command, type ParsedArguments} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {agePassphraseFileOption} from '../cli/options.ts';
import {sameTwice} from '../cli/new-passphrase.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';

export const exportKeysCommand: Command = {
	name: 'export',
	summary:
		'write keys with their secrets into an age file, which age -d opens too; to standard output without --output',
	operands: '[names...]',
	options: [
		{flags: '--all', summary: 'every key of the vault'},
		{flags: '--format <format>', summary: 'what is inside; json without it', choices: formatNames},
		{
			flags: '--age-recipient <recipient>',
			summary: 'encrypt it for the holder of this public key, age1…; may be given several times',
			isRepeatable: true,
		},
		{flags: '--age-passphrase', summary: 'encrypt it with a passphrase, which is asked for twice'},
		agePassphraseFileOption,
		{flags: '--armor', summary: 'as text that can be pasted, which a terminal gets anyway'},
		{flags: '--output <file>', summary: 'write this file, which must not exist yet'},
	],
	async run(session, words) {
		const {context, io} = session;
		refuseUnclear(words);
		const output = textOption(words, 'output');
		if (output !== undefined) io.files.refuseTaken(output);
		const recipients = textOptions(words, 'ageRecipient');
		// A mistyped recipient is told before anybody types a passphrase.
		const forRecipients = recipients.length > 0 ? await sealFor({recipients}) : undefined;
		await unlock(session);
		const isAll = words.options['all'] === true;
		const keys = keysToExport(context, isAll ? 'all' : words.operands);
		if (keys.length === 0)
			throw new AppError('invalid', {
				problem: 'The vault holds no key to export; nothing was written.',
				fix: `${suggestedCommand('list')} shows what it holds.`,
			});

		const passphrase = forRecipients ? undefined : await newAgePassphrase(io, words);
		try {
			const seal = forRecipients ?? (await sealFor({passphrase: passphrase!}));
			const armor = words.options['armor'] === true || (output === undefined && io.columns !== undefined);
			await write(
				io,
				output,
				await exportKeys(keys, (textOption(words, 'format') ?? 'json') as FormatName, async content =>
					seal(content, {armor}),
				),
			);
		} finally {
			passphrase?.wipe();
		}

		if (io.json && output !== undefined) io.out(jsonText({file: output, keys: keys.map(({name}) => name)}));
		const left = isAll ? withUnfinished(context.vault.read()).length - keys.length : 0;
		io.note(
			`${keys.length === 1 ? '1 key was' : `${keys.length} keys were`} encrypted${output === undefined ? '' : ` into ${sanitize(output)}`}${left === 0 ? '' : `; ${left} in the trash or unfinished ${left === 1 ? 'was' : 'were'} left out`}.`,
		);
		return 'ok';
	},
};

/** Throws what is wrong with the words before anything is asked or opened. */
function refuseUnclear(words: ParsedArguments): void {
	const {operands, options} = words;
	const isAll = options['all'] === true;
	if (!isAll && operands.length === 0)
		throw new AppError('usage', {problem: 'No key given.', hint: 'Name one or more, or use --all.'});
	if (isAll && operands.length > 0) throw new AppError('usage', {problem: '--all and names exclude each other.'});
	const hasRecipient = textOptions(words, 'ageRecipient').length > 0;
	const hasPassphrase = options['agePassphrase'] === true || options['agePassphraseFile'] !== undefined;
	if (!hasRecipient && !hasPassphrase)
		throw new AppError('usage', {
			problem: 'An export holds secrets, and this version writes it only encrypted.',
			hint: 'Say who can open it: --age-recipient age1…, or --age-passphrase.',
		});
	if (hasRecipient && hasPassphrase)
		throw new AppError('usage', {
			problem: 'An age file is for recipients or has a passphrase; it cannot be both.',
			hint: 'Leave one of them out, or make two files.',
		});
}

/**
 * A file that leaves this machine can be guessed at for as long as anybody likes, so its passphrase is held to what a
 * vault's is. The caller wipes it.
 */
async function newAgePassphrase(io: Io, words: ParsedArguments): Promise<Secret> {
	const file = textOption(words, 'agePassphraseFile');
	const what = 'a passphrase for the age file';
	const askFor = async (question: string) =>
		new Secret(await io.ask(question, {secret: true, what, instead: '--age-passphrase-file'}));
	const passphrase = file === undefined ? await askFor('New passphrase for the age file: ') : io.files.passphrase(file);
	const length = graphemes(passphrase.reveal()).length;
	if (length < leastPassphraseLength) passphrase.wipe();
	if (length < leastPassphraseLength)
		throw new AppError('invalid', {
			problem: `The passphrase for the age file has ${length} characters, which is too few; nothing was written.`,
			fix: `Use at least ${leastPassphraseLength}; several words are easy to keep in mind.`,
		});
	return file === undefined
		? sameTwice(passphrase, async () => askFor('The same again: '), 'nothing was written')
		: passphrase;
}

async function write(io: Io, output: string | undefined, bytes: Uint8Array): Promise<void> {
	if (output === undefined) await io.write(bytes);
	else io.files.writeNew(output, bytes);
}
