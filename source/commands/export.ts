import {exportKeys, keysToExport} from '../actions/export.ts';
import {leastPassphraseLength} from '../actions/setup.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {AppError} from '../core/errors.ts';
import {withUnfinished} from '../core/key/operation.ts';
import {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {graphemes} from '../core/text/width.ts';
import {sealFor} from '../formats/age.ts';
import {printedNames} from '../formats/index.ts';
import {defineCommand, several} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {flag, oneOf, repeatable, text, type ValuesOf} from '../cli/option.ts';
import {agePassphraseFileOption} from '../cli/options.ts';
import {sameTwice} from '../cli/new-passphrase.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

const options = {
	all: flag('--all', msg`every key of the vault`),
	format: oneOf('--format <format>', printedNames, msg`what is inside; json without it`),
	recipients: repeatable(
		'--age-recipient <recipient>',
		msg`encrypt it for the holder of this public key, age1…; may be given several times`,
	),
	asksPassphrase: flag('--age-passphrase', msg`encrypt it with a passphrase, which is asked for twice`),
	passphraseFile: agePassphraseFileOption,
	armor: flag('--armor', msg`as text that can be pasted, which a terminal gets anyway`),
	output: text('--output <file>', msg`write this file, which must not exist yet`),
};
type Given = ValuesOf<typeof options>;

export const exportCommand = defineCommand({
	name: 'export',
	summary: msg`write keys with their secrets into an age file, which age -d opens too; to standard output without
		--output`,
	operand: several('names'),
	options,
	async run(session, {operand: names, options}) {
		const {context, io} = session;
		refuseUnclear(names, options);
		const {all, format = 'json', recipients, passphraseFile, output} = options;
		if (output !== undefined) io.files.refuseTaken(output);
		// Fail for a mistyped recipient before asking for a passphrase.
		const forRecipients = recipients.length > 0 ? await sealFor({recipients}) : undefined;
		await unlock(session);
		const keys = keysToExport(context, all ? 'all' : names);
		if (keys.length === 0)
			throw new AppError('invalid', {
				problem: t`The vault holds no key to export; nothing was written.`,
				fix: t`${suggestedCommand('list')} shows what it holds.`,
			});

		const passphrase = forRecipients ? undefined : await newAgePassphrase(io, passphraseFile);
		try {
			const seal = forRecipients ?? (await sealFor({passphrase: passphrase!}));
			const armor = options.armor || (output === undefined && io.columns !== undefined);
			await write(io, output, await exportKeys(keys, format, async content => seal(content, {armor})));
		} finally {
			passphrase?.wipe();
		}

		if (io.json && output !== undefined) io.out(jsonText({file: output, keys: keys.map(({name}) => name)}));
		const left = all ? withUnfinished(context.vault.read()).length - keys.length : 0;
		io.note(
			t`${keys.length === 1 ? t`1 key was` : t`${keys.length} keys were`}
				encrypted${
					output === undefined
						? ''
						: t` into
					${sanitize(output)}`
				}${
					left === 0
						? ''
						: t`; ${left} in the trash or unfinished
						${left === 1 ? t`was` : t`were`} left out`
				}.`,
		);
		return 'ok';
	},
});

function refuseUnclear(names: readonly string[], {all, recipients, asksPassphrase, passphraseFile}: Given): void {
	if (!all && names.length === 0)
		throw new AppError('usage', {problem: t`No key given.`, hint: t`Name one or more, or use --all.`});
	if (all && names.length > 0) throw new AppError('usage', {problem: t`--all and names exclude each other.`});
	const hasRecipient = recipients.length > 0;
	const hasPassphrase = asksPassphrase || passphraseFile !== undefined;
	if (!hasRecipient && !hasPassphrase)
		throw new AppError('usage', {
			problem: t`An export holds secrets, and this version writes it only encrypted.`,
			hint: t`Say who can open it: --age-recipient age1…, or --age-passphrase.`,
		});
	if (hasRecipient && hasPassphrase)
		throw new AppError('usage', {
			problem: t`An age file is for recipients or has a passphrase; it cannot be both.`,
			hint: t`Leave one of them out, or make two files.`,
		});
}

/**
 * An exported file can be attacked offline without limit, so its passphrase must meet the rules of a vault's. The
 * caller wipes it.
 */
async function newAgePassphrase(io: Io, file: string | undefined): Promise<Secret> {
	const what = t`a passphrase for the age file`;
	const askFor = async (question: string) =>
		new Secret(await io.ask(question, {secret: true, what, instead: '--age-passphrase-file'}));
	const passphrase =
		file === undefined ? await askFor(t`New passphrase for the age file: `) : io.files.passphrase(file);
	const length = graphemes(passphrase.reveal()).length;
	if (length < leastPassphraseLength) passphrase.wipe();
	if (length < leastPassphraseLength)
		throw new AppError('invalid', {
			problem: t`The passphrase for the age file has ${length} characters, which is too few; nothing was written.`,
			fix: t`Use at least ${leastPassphraseLength}; several words are easy to keep in mind.`,
		});
	return file === undefined
		? sameTwice(passphrase, async () => askFor(t`The same again: `), t`nothing was written`)
		: passphrase;
}

async function write(io: Io, output: string | undefined, bytes: Uint8Array): Promise<void> {
	if (output === undefined) await io.write(bytes);
	else io.files.writeNew(output, bytes);
}
