import type * as Age from 'age-encryption';
import {decodeText} from '../core/text/reading/decode.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {armoredIn, armorWords, type Armored} from './age-armor.ts';
import {passphraseIdentity, passphraseRecipient} from './age-passphrase.ts';
import {msg, t} from '../language/translate.ts';

// An age file (age-encryption.org/v1) is a sealed wrapping of a format, which `age -d` opens everywhere.

const binaryStart = 'age-encryption.org/';
const knownVersion = `${binaryStart}v1\n`;
/** Nonce and tag, bytes. */
const leastPayload = 32;
/** 2^20 takes 1 GiB and some seconds; age itself writes 2^18. */
const mostWork = 20;
const byAge = () => t`Decrypt it with age itself, and hand over the result: age -d … | ${suggestedCommand('import')}`;

export type AgeTarget = {readonly passphrase: Secret} | {readonly recipients: readonly string[]};
export type AgeOpener = {readonly passphrase: Secret} | {readonly identities: readonly Secret[]};
export type Seal = (content: Uint8Array, options: {readonly armor: boolean}) => Promise<Uint8Array>;

async function library(): Promise<typeof Age> {
	return import('age-encryption');
}

/**
 * Throws `age-recipient` before there is anything to seal. A passphrase costs about a second (scrypt, 2^18, 256 MiB).
 */
export async function sealFor(target: AgeTarget): Promise<Seal> {
	const {Encrypter, Stanza, armor} = await library();
	const encrypter = new Encrypter();
	if ('passphrase' in target) {
		encrypter.addRecipient(passphraseRecipient(target.passphrase, Stanza));
	} else {
		for (const recipient of target.recipients) addRecipient(encrypter, recipient);
		refuseMixture(target.recipients);
	}

	return async (content, options) => {
		const sealed = await encrypter.encrypt(content);
		return options.armor ? Buffer.from(armor.encode(sealed)) : sealed;
	};
}

const refuseRecipient = (problem: string, fix: string) => new AppError('age-recipient', {problem, fix});
const isHybrid = (recipient: string) => recipient.startsWith('age1pq1');

function addRecipient(encrypter: Age.Encrypter, recipient: string): void {
	// A text that does not begin like a recipient may be a misplaced secret.
	const shown = recipient.startsWith('age1') ? truncate(sanitize(recipient), 24) : t`That`;
	const makeOne = t`Make an age key with age-keygen, and give the public key that it prints: age1….`;
	if (/^age-(secret-key|plugin)/i.test(recipient))
		throw refuseRecipient(
			t`That is a secret identity, not a recipient.`,
			t`Give its public key, which age-keygen -y prints. The identity is no longer secret: every user of this machine
				can read a command line.`,
		);
	if (recipient.startsWith('ssh-')) throw refuseRecipient(t`An SSH key cannot be a recipient here.`, makeOne);
	// Only the name of a plugin brings a second 1: these texts have none in their letters.
	if (/^age1.*1/s.test(recipient) && !isHybrid(recipient))
		throw refuseRecipient(t`${shown} needs a plugin or a hardware key, and okx-keys knows none.`, makeOne);
	try {
		encrypter.addRecipient(recipient);
	} catch {
		throw refuseRecipient(
			t`${shown} is not an age recipient: it is mistyped or cut short.`,
			t`Copy the whole public key, which begins with age1.`,
		);
	}
}

/** Breaking the classical recipient alone would open the file; age refuses the mixture too. */
function refuseMixture(recipients: readonly string[]): void {
	if (recipients.some(isHybrid) && !recipients.every(isHybrid))
		throw refuseRecipient(
			t`Post-quantum recipients (age1pq1…) cannot be mixed with others: the file would be no safer than its weakest.`,
			t`Make one file for each kind.`,
		);
}

export type AgeFile = {
	/** Not authenticated yet. */
	readonly sealedFor: 'passphrase' | 'recipients';
	/** Whether other text, such as the rest of a mail, stands around it; that text is not read. */
	readonly isSurrounded: boolean;
	/**
	 * Returns the content, which the caller wipes. Throws `age-wrong-passphrase`, `age-wrong-identity` or
	 * `age-damaged`, or the reason of the signal.
	 */
	readonly open: (opener: AgeOpener, signal?: AbortSignal) => Promise<Buffer>;
};

/**
 * Recognises a binary file, or an armored one anywhere in a text; undefined if there is none. Throws `age-newer`,
 * `age-damaged`, or `age-work-factor` if its passphrase would take more work than this machine may have.
 */
export async function ageFile(bytes: Buffer, from: string): Promise<AgeFile | undefined> {
	const damaged = (what: string, fix?: string) =>
		new AppError('age-damaged', {from, what, ...(fix !== undefined && {fix})});
	const cut = () => damaged(t`its end is missing`);
	const found = fileIn(bytes);
	if (!found) return undefined;
	if ('problem' in found) throw damaged(found.problem, found.fix);
	const {file, isSurrounded} = found;
	const {Decrypter} = await library();
	const version = file.toString('latin1', 0, knownVersion.length);
	if (version !== knownVersion)
		throw /^age-encryption\.org\/v\d/.test(version)
			? new AppError('age-newer', {from, fix: byAge()})
			: damaged(t`its first line is not as it was written`);
	const lastLine = file.indexOf('\n--- ');
	const headerEnd = lastLine === -1 ? -1 : file.indexOf('\n', lastLine + 1);
	if (headerEnd === -1 || file.length - headerEnd - 1 < leastPayload) throw cut();

	const stanza = /^-> scrypt \S+ (\d+)$/m.exec(file.toString('latin1', knownVersion.length, lastLine));
	if (stanza && Number(stanza[1]) > mostWork) throw new AppError('age-work-factor', {from, fix: byAge()});
	return {
		sealedFor: stanza ? 'passphrase' : 'recipients',
		isSurrounded,
		async open(opener, signal) {
			const decrypter = new Decrypter();
			if ('passphrase' in opener) decrypter.addIdentity(passphraseIdentity(opener.passphrase, signal));
			else for (const identity of opener.identities) decrypter.addIdentity(identity.reveal());
			// Asked last, so only if no other identity knew the file.
			decrypter.addIdentity({
				unwrapFileKey() {
					throw new AppError('passphrase' in opener ? 'age-wrong-passphrase' : 'age-wrong-identity', {from});
				},
			});
			try {
				const {buffer, byteOffset, byteLength} = await decrypter.decrypt(file);
				return Buffer.from(buffer, byteOffset, byteLength);
			} catch (error) {
				// The library's own error may quote what it was given.
				throw isAppError(error) ? error : damaged(t`something in it was changed, or its end is missing`);
			}
		},
	};
}

const byteOrderMark = Buffer.from('\u{FEFF}');
const replacedBytes = Buffer.from('\u{FFFD}\u{FFFD}');
const wasText = msg`it was rewritten as text on the way, and that destroys a binary file`;
const rewritten = msg`Copy it again as a binary file, or make it as text with age -a or export --armor.`;

function fileIn(given: Buffer): Armored | undefined {
	const bytes = given.subarray(0, byteOrderMark.length).equals(byteOrderMark)
		? given.subarray(byteOrderMark.length)
		: given;
	const start = bytes.toString('latin1', 0, knownVersion.length + 1);
	if (start.startsWith(binaryStart)) {
		if (bytes.includes(replacedBytes)) return {problem: wasText(), fix: rewritten()};
		return start.endsWith('\r\n')
			? {problem: t`its line ends were changed on the way, and that destroys a binary file`, fix: rewritten()}
			: {file: bytes, isSurrounded: false};
	}

	const text = decodeText(bytes).text ?? bytes.toString('latin1');
	// UTF-16 puts a zero beside each letter.
	if (/^[\s\u{FE}\u{FF}]*age-encryption\.org\//u.test(bytes.toString('latin1', 0, 64).replaceAll('\0', '')))
		return {problem: wasText(), fix: rewritten()};
	return armoredIn(text);
}

/** The identities of a file by age-keygen; throws `age-identity`, which quotes none of it. */
export async function identitiesIn(content: Secret, path: string): Promise<readonly Secret[]> {
	const {Decrypter} = await library();
	const refuse = (problem: string, fix = byAge()) => new AppError('age-identity', {path: sanitize(path), problem, fix});
	const text = content.reveal();
	if (text.startsWith(binaryStart) || text.includes(armorWords)) throw refuse(t`is itself encrypted`);
	const identities: Secret[] = [];
	for (const [index, line] of text.split(/\r\n|[\n\r]/).entries()) {
		const identity = line.trim();
		if (identity === '' || identity.startsWith('#')) continue;
		if (identity.startsWith('-----BEGIN ')) throw refuse(t`holds an SSH key, and okx-keys opens none with it`);
		if (identity.startsWith('AGE-PLUGIN-')) throw refuse(t`needs a plugin, and okx-keys knows none`);
		try {
			new Decrypter().addIdentity(identity);
		} catch {
			throw refuse(
				t`has no age identity in line ${index + 1}: it is mistyped or cut short`,
				t`Name the file that age-keygen made.`,
			);
		}

		identities.push(new Secret(identity));
	}

	if (identities.length === 0) throw refuse(t`holds no identity`, t`Name the file that age-keygen made.`);
	return identities;
}
