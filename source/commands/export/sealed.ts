import {exportKeys, type ExportForm} from '../../actions/export.ts';
import {leastPassphraseLength} from '../../actions/setup.ts';
import {AppError} from '../../core/errors.ts';
import type {StoredKey} from '../../core/key/key.ts';
import {Secret} from '../../core/secret.ts';
import {graphemes} from '../../core/text/width.ts';
import {sealFor} from '../../formats/age.ts';
import {t} from '../../language/translate.ts';
import type {Session} from '../../cli/command.ts';
import type {Io} from '../../cli/io.ts';
import {requireSameAgain} from '../../cli/slots/new-passphrase.ts';
import type {ExportGiven} from './options.ts';

/**
 * What writes an age file as it was asked for; its passphrase is asked for when the keys are known. Throws
 * `age-recipient` or `file-exists` at once.
 */
export async function sealedExport(
	{io}: Session,
	{recipients, passphraseFile, output, armor: wantsArmor, force}: ExportGiven,
): Promise<(keys: readonly StoredKey[], form: ExportForm) => Promise<void>> {
	if (output !== undefined && !force) io.files.refuseTaken(output);
	// Fail for a mistyped recipient before asking for a passphrase.
	const forRecipients = recipients.length > 0 ? await sealFor({recipients}) : undefined;
	return async (keys, form) => {
		const passphrase = forRecipients ? undefined : await newAgePassphrase(io, passphraseFile);
		try {
			const seal = forRecipients ?? (await sealFor({passphrase: passphrase!}));
			const armor = wantsArmor || (output === undefined && io.columns !== undefined);
			const bytes = await io.wait(t`Encrypting…`, async () =>
				exportKeys(keys, form, async content => seal(content, {armor})),
			);
			if (output === undefined) await io.write(bytes);
			else if (force) io.files.replacePrivate(output, bytes);
			else io.files.writeNew(output, bytes);
		} finally {
			passphrase?.wipe();
		}
	};
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
		? requireSameAgain(passphrase, async () => askFor(t`The same again: `), t`nothing was written`)
		: passphrase;
}
