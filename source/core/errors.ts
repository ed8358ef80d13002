import type {Exit} from './exit-status.ts';
import type {WireFailure} from './wire-failure.ts';
import {seeHelp, suggestedCommand, suggestedWithoutOpener} from './invocation.ts';
import {didYouMean} from './text/similar.ts';

/** One expected failure: its exit status, the sentence that says what is wrong, and what to do about it. */
type Failure<Details> = {
	readonly exit: Exit | ((details: Details) => Exit);
	readonly sentence: (details: Details) => string;
	readonly hint?: (details: Details) => string;
};

/** Gives a row its type; a row without details is called with none. */
function failure<Details = void>(
	exit: Failure<Details>['exit'],
	sentence: Failure<Details>['sentence'],
	hint?: Failure<Details>['hint'],
): Failure<Details> {
	return hint ? {exit, sentence, hint} : {exit, sentence};
}

/**
 * Every failure we expect. Sentences carry names, numbers and paths, never a credential; whatever came from outside
 * has gone through `clean()` before it gets here.
 */
export const failures = {
	// The command line and the terminal
	usage: failure<{readonly problem: string; readonly hint?: string}>(
		'usage',
		({problem}) => problem,
		({hint}) => hint ?? seeHelp(),
	),
	invalid: failure<{readonly problem: string; readonly fix: string}>(
		'usage',
		({problem}) => problem,
		({fix}) => fix,
	),
	aborted: failure('aborted', () => 'Stopped; nothing was changed.'),
	'unsafe-process': failure<{readonly reason: string; readonly fix: string}>(
		'usage',
		({reason}) => `${reason}, so okx-keys does not start.`,
		({fix}) => fix,
	),
	'no-terminal': failure(
		'noTerminal',
		() => 'The full screen needs a terminal, and there is none.',
		() => `Run a command instead, such as ${suggestedCommand('list')}. ${seeHelp()}`,
	),
	'nobody-to-ask': failure<{readonly what: string; readonly instead?: string | undefined}>(
		'noTerminal',
		({what}) => `There is no terminal to ask for ${what}.`,
		({instead}) => `Give ${instead ?? '--passphrase-file or --passphrase-fd, and --yes where a question is asked'}.`,
	),
	readonly: failure(
		'usage',
		() => 'Nothing is changed under --readonly.',
		() => 'Run it again without --readonly.',
	),
	'passphrase-file': failure<{readonly path: string; readonly problem: string; readonly fix: string}>(
		'usage',
		({path, problem}) => `The passphrase file ${path} ${problem}.`,
		({fix}) => fix,
	),
	'port-in-use': failure<{readonly port: number}>(
		'usage',
		({port}) => `Port ${port} is taken by another program.`,
		() => 'Choose another with --port, or 0 for any free one.',
	),

	// The keys
	'no-such-key': failure<{readonly name: string; readonly near?: readonly string[]; readonly isInTrash?: boolean}>(
		'noSuchKey',
		({name}) => `There is no key called ${name} in this vault.`,
		({name, near = [], isInTrash}) =>
			isInTrash
				? `It is in the trash; ${suggestedCommand('restore-key', name)} brings it back.`
				: `${near.length === 0 ? '' : `${didYouMean(near)} `}${suggestedCommand('list')} shows all keys.`,
	),
	'not-in-trash': failure<{readonly name: string; readonly isInUse: boolean}>(
		'noSuchKey',
		({name}) => `There is no key called ${name} in the trash.`,
		({name, isInUse}) =>
			isInUse
				? `It is in use: ${suggestedCommand('show', name)} shows it.`
				: `${suggestedCommand('list', '--trash')} shows what is in it.`,
	),
	'key-gone': failure(
		'noSuchKey',
		() => 'This key is no longer in the vault: another program removed it.',
		() => `${suggestedCommand('restore-key', 'NAME')} brings a removed key back.`,
	),
	'name-taken': failure<{readonly name: string}>(
		'usage',
		({name}) => `A key called ${name} is already in this vault.`,
		() => 'Choose another name.',
	),
	'key-taken': failure<{readonly name: string}>(
		'usage',
		({name}) => `This API key is already stored here as ${name}.`,
		({name}) => `Use ${suggestedCommand('edit', name)}, or remove it first.`,
	),
	'moved-on-exchange': failure<{readonly name: string}>(
		'drift',
		({name}) => `${name} was changed on the exchange meanwhile; nothing was changed here or there.`,
		() => 'Look at the difference again and repeat your change.',
	),
	'gone-on-exchange': failure<{readonly name: string}>(
		'keyMissing',
		({name}) => `The exchange no longer has ${name}: it was deleted there, or has expired.`,
		() => 'Make a new key; this one can only be removed.',
	),
	'edit-unknown': failure<{readonly name: string}>(
		'exchangeDown',
		({name}) => `The exchange did not say whether it changed ${name}; the vault was left as it was.`,
		({name}) => `Run ${suggestedCommand('test', name)}: it shows what the key is now.`,
	),
	'label-taken': failure<{readonly name: string}>(
		'usage',
		({name}) => `The account already has a key called ${name} on the exchange.`,
		() => 'Choose another name.',
	),
	'changed-elsewhere': failure<{readonly name: string; readonly fields: string}>(
		'busy',
		({name, fields}) => `${name} was changed by another program meanwhile: ${fields}.`,
		() => 'Look at the key again and repeat your change; nothing was overwritten.',
	),
	'not-by-api': failure<{readonly name: string; readonly link: string}>(
		'usage',
		({name}) => `OKX has no API for this: ${name} can only be changed on its own page.`,
		({link}) => `Open ${link}, and afterwards test the key here.`,
	),
	'no-manager': failure<{readonly name: string}>(
		'usage',
		({name}) => `No main-account key in this vault can manage the sub-account of ${name}.`,
		() => 'Add a main-account key with Trade permission and an IP allow-list, or use the page of the exchange.',
	),
	'created-not-stored': failure<{readonly name: string; readonly reason: string; readonly undone: boolean}>(
		'unexpected',
		({name, reason, undone}) =>
			undone
				? `The exchange made ${name}, but the vault could not store it (${reason}), so the key was deleted on the exchange again.`
				: `The exchange made ${name}, but the vault could not store it (${reason}), and deleting it there failed too.`,
		({name, undone}) =>
			undone
				? 'Fix the problem, then create it again.'
				: `Its secret is lost: revoke ${name} as soon as the vault can be written.`,
	),
	'creation-undone': failure<{readonly name: string; readonly reason: string}>(
		'exchangeDown',
		({name, reason}) =>
			`The exchange made ${name}, but its answer was lost (${reason}), so the key was deleted there again.`,
		() => 'Nothing is left of it; create it again.',
	),
	'done-not-noted': failure<{readonly name: string; readonly what: string; readonly reason: string}>(
		'unexpected',
		({name, what, reason}) => `${name} was ${what} on the exchange, but the vault could not note it (${reason}).`,
		({name}) => `Fix the problem; ${suggestedCommand('test', name)} then shows what the key is now.`,
	),
	'outcome-unknown': failure<{readonly name: string; readonly reason: string}>(
		'exchangeDown',
		({name, reason}) => `The exchange did not say whether it made ${name} (${reason}).`,
		({name}) =>
			`If it did, its secret is lost. Run ${suggestedCommand('revoke', name)}: it looks, and deletes what is there.`,
	),
	unfinished: failure<{readonly name: string}>(
		'usage',
		({name}) => `${name} was never finished: its creation was cut off before the exchange answered.`,
		({name}) =>
			`Run ${suggestedCommand('revoke', name)} to delete what may exist on the exchange, then create it again.`,
	),

	// The vault
	'wrong-passphrase': failure(
		'locked',
		() => 'Wrong passphrase; nothing was changed.',
		() =>
			`Try again, or use the recovery key. If you are sure of it, the file may be damaged: see ${suggestedWithoutOpener('restore', '--dry-run')}.`,
	),
	'wrong-passphrase-older': failure<{readonly rev: number; readonly seen: number}>(
		'locked',
		({rev, seen}) =>
			`Wrong passphrase; nothing was changed. The file is an older copy, save number ${rev} where this machine has seen number ${seen}: it may open with an earlier passphrase.`,
		() => `Try that one; or bring the newest save back with ${suggestedWithoutOpener('restore')}.`,
	),
	'wrong-recovery-key': failure<{readonly problem: string}>(
		'locked',
		({problem}) => `This recovery key does not open the vault: ${problem}.`,
		() => 'Compare it with the copy you wrote down, group by group.',
	),
	locked: failure(
		'locked',
		() => 'The vault is locked.',
		() => 'Unlock it first.',
	),
	'nothing-opens': failure(
		'locked',
		() => 'The vault is locked, and check never asks for a passphrase.',
		() =>
			`Give --passphrase-file, --passphrase-fd or --key-file, or let the agent open it: ${suggestedCommand('agent')}.`,
	),
	'vault-missing': failure<{readonly path: string}>(
		'missing',
		({path}) => `There is no vault at ${path}.`,
		() => `Make one with ${suggestedCommand('init')}, or bring one back with ${suggestedCommand('restore')}.`,
	),
	'vault-exists': failure<{readonly path: string}>(
		'usage',
		({path}) => `There is already a vault at ${path}.`,
		() => 'Use it, or name another file with --vault.',
	),
	'vault-vanished': failure<{readonly path: string}>(
		'missing',
		({path}) => `The vault ${path} has disappeared since it was opened; nothing was written.`,
		() => `Put the file back, or bring the newest earlier save back with ${suggestedCommand('restore')}.`,
	),
	'vault-replaced': failure<{readonly path: string}>(
		'locked',
		({path}) => `${path} has been given a new key by rekey, or another vault has taken its place; nothing was written.`,
		() => 'Open it anew, with the passphrase that it has now.',
	),
	'not-a-vault': failure<{readonly path: string; readonly what: string; readonly isCopy?: boolean}>(
		({isCopy}) => (isCopy ? 'usage' : 'damaged'),
		({path, what}) => `${path} is not a vault: ${what}.`,
		({isCopy}) =>
			isCopy
				? 'Name a file that backup made, or one in the folder backups beside the vault.'
				: 'Name the right file with --vault. The file was left as it is.',
	),
	'vault-damaged': failure<{readonly path: string; readonly what: string}>(
		'damaged',
		({path, what}) => `The vault ${path} is damaged: ${what}.`,
		() =>
			`${suggestedCommand('restore')} shows the newest earlier save that opens, and brings it back. The damaged file was left as it is.`,
	),
	'vault-newer': failure<{readonly path: string; readonly version: number}>(
		'newer',
		({path, version}) => `The vault ${path} has format ${version}, which this program does not know.`,
		() => 'Install a newer okx-keys; the file was left as it is.',
	),
	'vault-busy': failure<{readonly path: string}>(
		'busy',
		({path}) => `Another program holds the vault ${path}.`,
		() => 'Wait a moment and try again.',
	),
	'vault-unsafe': failure<{readonly path: string; readonly problem: string; readonly fix: string}>(
		'unexpected',
		({path, problem}) => `${path} ${problem}, so it is not used.`,
		({fix}) => fix,
	),
	'vault-unreadable': failure<{readonly path: string; readonly reason: string}>(
		'unexpected',
		({path, reason}) => `The vault ${path} cannot be read (${reason}).`,
		() => 'Check the permissions of the file and of its folder.',
	),
	'not-saved': failure<{
		readonly path: string;
		readonly reason: string;
		readonly isNew?: boolean;
		readonly fix?: string | undefined;
	}>(
		'unexpected',
		({path, reason, isNew}) =>
			`Not saved: ${path} could not be written (${reason}). ${isNew ? 'No vault was made.' : 'The earlier vault is kept.'}`,
		({fix}) => fix ?? 'Free some space or repair the disk, then repeat the change.',
	),
	'vault-too-large': failure<{readonly path: string; readonly mebibytes: number}>(
		'usage',
		({path, mebibytes}) =>
			`The vault ${path} would be larger than ${mebibytes} MiB, the most that a vault can hold; nothing was saved.`,
		() => 'Shorten what you were adding, or store it in another vault.',
	),
	'saved-not-durable': failure<{readonly path: string; readonly reason: string}>(
		'unexpected',
		({path, reason}) =>
			`The change is in ${path}, but the disk did not confirm it (${reason}); a power cut now could undo it.`,
		() => 'Check the disk, then check whether the change is still there.',
	),
	'save-unsure': failure<{readonly path: string; readonly backup: string}>(
		'unexpected',
		({path, backup}) =>
			`It is not known whether the change is in ${path}: saving failed, and so did putting the earlier save back; that one is ${backup}.`,
		() => 'Repair the disk, then check whether the change is there.',
	),

	'vault-older': failure<{readonly path: string; readonly rev: number; readonly seen: number}>(
		'unexpected',
		({path, rev, seen}) =>
			rev === seen
				? `${path} is not the save number ${seen} that this machine has seen: another one has taken its place.`
				: `${path} is an older copy: it is save number ${rev}, and this machine has seen number ${seen}.`,
		() =>
			`If you put it there yourself, run ${suggestedCommand('verify', '--accept-older')}; otherwise ${suggestedCommand('restore')} shows the newest save that is kept.`,
	),
	'vault-moved': failure<{readonly path: string}>(
		'busy',
		({path}) => `Another program has saved ${path} meanwhile; nothing was restored.`,
		() => 'Look at the difference again.',
	),
	'no-good-copy': failure<{readonly path: string; readonly kept: number}>(
		({kept}) => (kept === 0 ? 'usage' : 'damaged'),
		({path, kept}) =>
			kept === 0
				? `No earlier saves of ${path} are kept beside it.`
				: `None of the earlier saves that are kept of ${path} opens with this.`,
		() =>
			`If you have a backup elsewhere, or saves of a former vault in backups/former-1, name one: ${suggestedCommand('restore', 'FILE')}.`,
	),
	'no-such-file': failure<{readonly path: string; readonly what?: string}>(
		'usage',
		({path, what = 'file'}) => `There is no ${what} ${path}.`,
		() => 'Check its name.',
	),
	'copy-unreadable': failure<{readonly path: string; readonly reason: string; readonly fix?: string | undefined}>(
		'usage',
		({path, reason}) => `${path} cannot be read (${reason}).`,
		({fix}) => fix ?? 'Check its permissions and those of its folder.',
	),
	'copy-exists': failure<{readonly path: string}>(
		'usage',
		({path}) => `There is already something at ${path}, and it is not overwritten.`,
		() => 'Choose another name.',
	),
	'report-not-written': failure<{readonly path: string; readonly reason: string}>(
		'unexpected',
		({path, reason}) => `The report ${path} could not be written (${reason}); one from before is as it was.`,
		() => 'Check the folder and its free space.',
	),
	'not-a-report': failure<{readonly path: string}>(
		'usage',
		({path}) => `${path} is not a report of an earlier check, and is not overwritten.`,
		() => 'Choose another name, or remove it first.',
	),
	'copy-not-written': failure<{readonly path: string; readonly reason: string}>(
		'unexpected',
		({path, reason}) => `${path} could not be written (${reason}); nothing was left of it.`,
		() => 'Choose another place, or free some space.',
	),

	// The ways into the vault
	'output-lost': failure<{readonly reason: string}>(
		'unexpected',
		({reason}) => `The output could not be written whole (${reason}): what was received of it is of no use.`,
		() => 'Look at the program or file that it goes to, and run it again.',
	),
	'not-delivered': failure<{readonly what: string; readonly reason: string; readonly fix: string}>(
		'unexpected',
		({what, reason}) => `${what} could not be written to standard output (${reason}), so it was not seen.`,
		({fix}) => fix,
	),
	'no-such-slot': failure<{readonly id: string}>(
		'usage',
		({id}) => `This vault has no slot ${id}.`,
		() => `${suggestedCommand('slots')} shows them all.`,
	),
	'slot-changed': failure(
		'busy',
		() => 'Another program has changed this slot of the vault meanwhile; nothing was changed here.',
		() => `Look at ${suggestedCommand('slots')} and repeat your change.`,
	),
	'last-slot': failure<{readonly what: string}>(
		'usage',
		({what}) => `${what}; it stays.`,
		() =>
			`Add another first: ${suggestedCommand('add-slot', 'passphrase')} or ${suggestedCommand('add-slot', 'recovery')}.`,
	),
	'slots-full': failure(
		'usage',
		() => 'This vault has as many slots as a vault can have.',
		() => `Remove one with ${suggestedCommand('remove-slot', 'ID')}.`,
	),
	'no-passphrase-slot': failure<{readonly problem: string}>(
		'usage',
		({problem}) => problem,
		() => `${suggestedCommand('slots')} shows them all; name one with --slot.`,
	),
	'key-file': failure<{readonly path: string; readonly problem: string; readonly fix: string}>(
		'usage',
		({path, problem}) => `The key file ${path} ${problem}.`,
		({fix}) => fix,
	),
	'wrong-key-file': failure<{readonly problem: string}>(
		'locked',
		({problem}) => `This key file does not open the vault: ${problem}.`,
		() => 'Use the file that add-slot key-file made for it.',
	),
	'wrong-vault-key': failure(
		'locked',
		() => 'The key that the agent holds does not open the vault any more.',
		() => 'Give the passphrase.',
	),
	agent: failure<{readonly problem: string; readonly fix: string; readonly exit?: 'usage'}>(
		({exit}) => exit ?? 'unexpected',
		({problem}) => problem,
		({fix}) => fix,
	),
	'ssh-agent': failure<{readonly problem: string; readonly fix: string; readonly isVaultOpen?: boolean}>(
		({isVaultOpen}) => (isVaultOpen ? 'unexpected' : 'locked'),
		({problem}) => problem,
		({fix}) => fix,
	),

	// Files from and for elsewhere
	'not-importable': failure<{readonly from: string; readonly problem: string; readonly fix: string}>(
		'usage',
		({from, problem}) => `${from} ${problem}; nothing was imported.`,
		({fix}) => fix,
	),
	'too-much-to-export': failure<{readonly keys: number; readonly most: string}>(
		'usage',
		({keys, most}) => `${keys} keys are too much for one file, which holds ${most}; nothing was exported.`,
		() => 'Name the keys, and make several files.',
	),
	'age-recipient': failure<{readonly problem: string; readonly fix: string}>(
		'usage',
		({problem}) => problem,
		({fix}) => fix,
	),
	'age-identity': failure<{readonly path: string; readonly problem: string; readonly fix: string}>(
		'usage',
		({path, problem}) => `The identity file ${path} ${problem}.`,
		({fix}) => fix,
	),
	'age-passphrase': failure<{readonly from: string}>(
		'locked',
		({from}) => `${from} does not open with this passphrase; nothing was imported.`,
		() => 'It is the passphrase of the file, not that of the vault.',
	),
	'age-not-for-you': failure<{readonly from: string}>(
		'locked',
		({from}) => `${from} was not encrypted for this identity; nothing was imported.`,
		() => 'Name the identity file of one of its recipients with --identity.',
	),
	'age-damaged': failure<{readonly from: string; readonly what: string; readonly fix?: string}>(
		'usage',
		({from, what}) => `${from} is a damaged age file: ${what}; nothing was imported.`,
		({fix}) => fix ?? 'Take another copy of it.',
	),
	'age-newer': failure<{readonly from: string; readonly fix: string}>(
		'usage',
		({from}) => `${from} is an age file of a version that this program does not know.`,
		({fix}) => fix,
	),
	'age-costly': failure<{readonly from: string; readonly fix: string}>(
		'usage',
		({from}) => `${from} asks for more work to try its passphrase than okx-keys does for a file.`,
		({fix}) => fix,
	),

	// The exchange
	exchange: failure<{
		readonly cause: string;
		readonly fix: string;
		readonly exit: Exit;
		readonly failure?: WireFailure;
	}>(
		({exit}) => exit,
		({cause}) => cause,
		({fix}) => fix,
	),
	'site-unknown': failure<{readonly site: string; readonly known: string; readonly guess?: string | undefined}>(
		'usage',
		({site}) => `${site} is not a site of the exchange.`,
		({known, guess}) =>
			`${guess === undefined ? '' : `${guess} `}Use ${known}, or http:// or https:// on a loopback address. A credential is sent nowhere else.`,
	),
	'sandbox-only': failure<{readonly what: string}>(
		'usage',
		({what}) => `${what} exists only in the sandbox.`,
		() => 'Run it with --sandbox.',
	),
} as const;

export type FailureCode = keyof typeof failures;
type DetailsOf<Code extends FailureCode> = (typeof failures)[Code] extends Failure<infer Details> ? Details : never;

/**
 * An expected failure. `message` is the sentence for people, `hint` says what to do, `exit` names the exit status.
 * Whatever is not an AppError is unexpected and goes untouched to the one printer in cli.ts, which shows no values.
 */
export class AppError<Code extends FailureCode = FailureCode> extends Error {
	override readonly name = 'AppError';
	readonly code: Code;
	readonly details: DetailsOf<Code>;
	readonly exit: Exit;
	readonly hint: string | undefined;

	constructor(
		code: Code,
		...[details, options]: DetailsOf<Code> extends void
			? [details?: undefined, options?: ErrorOptions]
			: [details: DetailsOf<Code>, options?: ErrorOptions]
	) {
		const row = failures[code] as unknown as Failure<unknown>;
		super(row.sentence(details), options);
		this.code = code;
		this.details = details as DetailsOf<Code>;
		this.exit = typeof row.exit === 'function' ? row.exit(details) : row.exit;
		this.hint = row.hint?.(details);
	}
}

/**
 * Whether `error` is the expected failure `code` (or any, without one). Safe across bundles: it asks for the name,
 * not the class.
 */
export function isAppError<Code extends FailureCode>(error: unknown, code?: Code): error is AppError<Code> {
	return (
		error instanceof Error && error.name === 'AppError' && (code === undefined || (error as AppError).code === code)
	);
}
