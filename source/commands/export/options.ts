import {AppError} from '../../core/errors.ts';
import {isOfVariables} from '../../actions/export.ts';
import {dialectNames} from '../../formats/env-dialects.ts';
import {flavourNamed, flavourNames, variableNamed} from '../../formats/flavours.ts';
import {printedNames} from '../../formats/index.ts';
import {msg, t} from '../../language/translate.ts';
import {flag, oneOf, parsed, repeatable, text, type ValuesOf} from '../../cli/option.ts';
import {agePassphraseFileOption} from '../../cli/options.ts';

export const exportOptions = {
	all: flag('--all', msg`all keys of the vault`),
	format: oneOf(
		'--format <format>',
		[...printedNames, 'age'],
		msg`the format: json (default), age for encrypted json, or that of a program`,
	),
	reveal: flag('--reveal', msg`confirm that the secrets are written unencrypted`),
	dialect: oneOf(
		'--dialect <dialect>',
		dialectNames,
		msg`the program that reads the .env file (default: only values
		that all read alike)`,
	),
	flavour: parsed(
		text('--flavour <name>', msg`the names of the variables in a .env file: ${flavourNames.join(', ')}`, flavourNames),
		flavourNamed,
	),
	prefixes: repeatable('--prefix <text>', msg`prefix of the variables, one for each key`),
	recipients: repeatable('--age-recipient <recipient>', msg`encrypt for this public key, age1…; repeatable`),
	asksPassphrase: flag('--age-passphrase', msg`encrypt with a passphrase, asked for twice`),
	passphraseFile: agePassphraseFileOption,
	armor: flag('--armor', msg`write text that can be pasted (default on a terminal)`),
	output: parsed(
		text(
			'--output <file>',
			msg`write to this file, with mode 0600; a profile for okx-cli is added to an existing file; - is standard
				output`,
		),
		file => (file === '-' || file === '/dev/stdout' ? undefined : file),
	),
	force: flag('--force', msg`overwrite a file that okx-keys did not write`),
	noRecord: flag('--no-record', msg`do not record the export with the key`),
};
export type ExportGiven = ValuesOf<typeof exportOptions>;

export function isEncrypted({recipients, asksPassphrase, passphraseFile}: ExportGiven): boolean {
	return recipients.length > 0 || asksPassphrase || passphraseFile !== undefined;
}

/** Throws `usage` for options that do not go together. */
export function refuseUnclear(names: readonly string[], given: ExportGiven): void {
	const {all, format, recipients, asksPassphrase, passphraseFile, reveal, armor} = given;
	const refuse = (problem: string, hint?: string) => new AppError('usage', {problem, ...(hint && {hint})});
	if (!all && names.length === 0) throw refuse(t`No key given.`, t`Name one or more, or use --all.`);
	if (all && names.length > 0) throw refuse(t`--all and names exclude each other.`);
	if (recipients.length > 0 && (asksPassphrase || passphraseFile !== undefined))
		throw refuse(
			t`An age file is for recipients or has a passphrase; it cannot be both.`,
			t`Leave one of them out, or make two files.`,
		);
	if (reveal && isEncrypted(given))
		throw refuse(t`--reveal writes the keys in clear, and --age-… encrypts them.`, t`Leave one of them out.`);
	if (!isEncrypted(given) && (format === 'age' || armor))
		throw refuse(t`Nothing says who can open the age file.`, t`Give --age-recipient age1…, or --age-passphrase.`);
	if (!isEncrypted(given) && !reveal)
		throw refuse(
			t`An export holds the secrets of the keys, and nothing says that they may be written in clear.`,
			t`Give --reveal for a file that a program reads, or encrypt it: --age-recipient age1…, or --age-passphrase.`,
		);
	refuseNoVariables(given);
}

function refuseNoVariables({format = 'json', dialect, flavour, prefixes}: ExportGiven): void {
	const given = dialect ? '--dialect' : flavour ? '--flavour' : prefixes.length > 0 ? '--prefix' : undefined;
	if (given !== undefined && (format === 'age' || !isOfVariables(format)))
		throw new AppError('usage', {
			problem: t`${given} is for files of variables, and ${format} is not one.`,
			hint: t`Use it with --format env.`,
		});
	if (flavour !== undefined && format === 'python-okx')
		throw new AppError('usage', {
			problem: t`The format python-okx says which names the variables have.`,
			hint: t`Use --flavour with --format env.`,
		});
	if (flavour === 'custom')
		throw new AppError('usage', {
			problem: t`The flavour custom has no variables of its own.`,
			hint: t`Use exec with --set.`,
		});
	for (const prefix of prefixes) variableNamed(prefix, '--prefix');
}
