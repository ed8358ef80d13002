import {suggestedCommand} from '../../core/invocation.ts';
import {AppError} from '../../core/errors.ts';
import {decodeText} from '../../core/text/reading/decode.ts';
import {Secret} from '../../core/secret.ts';
import {ageFile, identitiesIn, type AgeFile, type AgeOpener} from '../../formats/age.ts';
import {withoutKeys} from '../../formats/recognise.ts';
import {sourceOf} from '../../formats/source.ts';
import {msg, t} from '../../language/translate.ts';
import type {Io} from '../../cli/io.ts';
import {text, type ValuesOf} from '../../cli/option.ts';
import {agePassphraseFileOption} from '../../cli/options.ts';

export const openerOptions = {
	passphraseFile: agePassphraseFileOption,
	identity: text('--identity <file>', msg`decrypt the age file with this identity file, as age-keygen makes it`),
};

/** Throws `usage` for two of them, and for what their files hold. */
export async function givenOpener(
	io: Io,
	{passphraseFile, identity}: ValuesOf<typeof openerOptions>,
): Promise<AgeOpener | undefined> {
	if (passphraseFile !== undefined && identity !== undefined)
		throw new AppError('usage', {problem: t`--age-passphrase-file and --identity exclude each other.`});
	if (passphraseFile !== undefined) return {passphrase: io.files.passphrase(passphraseFile)};
	return identity === undefined ? undefined : {identities: await identitiesIn(io.files.identity(identity), identity)};
}

/** The age file in the bytes; undefined for bytes in clear. Throws where the opener does not suit them. */
export async function sealedIn(
	bytes: Buffer,
	opener: AgeOpener | undefined,
	from: string,
): Promise<AgeFile | undefined> {
	const sealed = await ageFile(bytes, from);
	if (sealed) refuseWrongOpener(sealed, opener, from);
	if (!sealed && opener) throw notAnAgeFile(bytes, from);
	return sealed;
}

function refuseWrongOpener({sealedFor}: AgeFile, opener: AgeOpener | undefined, from: string): void {
	if (sealedFor === 'recipients' && !(opener && 'identities' in opener))
		throw new AppError('not-importable', {
			from,
			problem: t`is encrypted for the holder of an identity`,
			fix: t`Name the identity file with --identity, or decrypt it with age itself:
				${`age -d … | ${suggestedCommand('import')}`}`,
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
	return new AppError('not-importable', {
		from,
		problem: other?.looksLike ?? t`is not an age file`,
		fix: other?.fix ?? t`Leave the passphrase or identity out if it is meant to be in clear.`,
	});
}

/** The content, which the caller wipes. Asks for the passphrase where no opener was given, and wipes the opener. */
export async function opened(
	sealed: AgeFile,
	given: AgeOpener | undefined,
	io: Io,
	signal: AbortSignal,
): Promise<Buffer> {
	const opener = given ?? {
		passphrase: new Secret(
			await io.ask(t`Passphrase of the age file: `, {
				secret: true,
				what: t`the passphrase of the age file`,
				instead: t`--age-passphrase-file or --identity`,
			}),
		),
	};
	try {
		return await io.wait(t`Decrypting…`, async () => sealed.open(opener, signal));
	} finally {
		for (const secret of 'passphrase' in opener ? [opener.passphrase] : opener.identities) secret.wipe();
	}
}
