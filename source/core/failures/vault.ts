import {suggestedCommand} from '../invocation.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

/** A `fix` comes from the store, which knows what it keeps the vault on. */
type NotSaved = {path: string; reason: string; isNew?: boolean; fix?: string | undefined};

export const vaultFailures = {
	'vault-missing': ({path}: {path: string}) => ({
		exit: 'missing',
		sentence: t`There is no vault at ${path}.`,
		hint: t`Make one with ${suggestedCommand('init')}, or bring one back with ${suggestedCommand('restore')}.`,
	}),
	'vault-exists': ({path}: {path: string}) => ({
		exit: 'usage',
		sentence: t`There is already a vault at ${path}.`,
		hint: t`Use it, or name another vault with --vault.`,
	}),
	'vault-vanished': ({path}: {path: string}) => ({
		exit: 'missing',
		sentence: t`The vault ${path} has disappeared since it was opened; nothing was written.`,
		hint: t`If it was moved, move it back; otherwise bring the newest earlier save back with
			${suggestedCommand('restore')}.`,
	}),
	'vault-replaced': ({path}: {path: string}) => ({
		exit: 'locked',
		sentence: t`${path} was given a new key by rekey, or was replaced by another vault; nothing was written.`,
		hint: t`Unlock it again with its current passphrase.`,
	}),
	'not-a-vault': ({path, what, isCopy}: {path: string; what: string; isCopy?: boolean}) => ({
		exit: isCopy ? 'usage' : 'damaged',
		sentence: t`${path} is not a vault: ${what}.`,
		hint: isCopy
			? t`Name a file that backup made, or an earlier save of a vault.`
			: t`Name the right vault with --vault. This one was left as it is.`,
	}),
	'vault-damaged': ({path, what}: {path: string; what: string}) => ({
		exit: 'damaged',
		sentence: t`The vault ${path} is damaged: ${what}.`,
		hint: t`${suggestedCommand('restore')} shows the newest earlier save that opens, and brings it back. The damaged
			vault was left as it is.`,
	}),
	'vault-newer': ({path, version}: {path: string; version: number}) => ({
		exit: 'newer',
		sentence: t`The vault ${path} has format ${version}, which this program does not know.`,
		hint: t`Install a newer okx-keys; the vault was left as it is.`,
	}),
	'vault-older': ({path, rev, seen}: {path: string; rev: number; seen: number}) => ({
		exit: 'unexpected',
		sentence:
			rev === seen
				? t`${path} is not the save number ${seen} that this machine has seen: it was replaced by another.`
				: t`${path} is an older copy: it is save number ${rev}, and this machine has seen number ${seen}.`,
		hint: t`If you put it there yourself, run ${suggestedCommand('verify', '--accept-older')}; otherwise
			${suggestedCommand('restore')} shows the newest save that is kept.`,
	}),
	'vault-busy': ({path}: {path: string}) => ({
		exit: 'busy',
		sentence: t`Another program holds the vault ${path}.`,
		hint: t`Wait a moment and try again.`,
	}),
	'vault-unsafe': ({path, problem, fix}: {path: string; problem: string; fix: string}) => ({
		exit: 'unexpected',
		sentence: t`${path} ${problem}, so it is not used.`,
		hint: fix,
	}),
	'vault-unreadable': ({path, reason, fix}: {path: string; reason: string; fix: string}) => ({
		exit: 'unexpected',
		sentence: t`The vault ${path} cannot be read (${reason}).`,
		hint: fix,
	}),
	'vault-too-large': ({path, mebibytes}: {path: string; mebibytes: number}) => ({
		exit: 'usage',
		sentence: t`The vault ${path} would be larger than ${mebibytes} MiB, the most that a vault can hold; nothing was
			saved.`,
		hint: t`Shorten what you were adding, or store it in another vault.`,
	}),
	'not-saved': ({path, reason, isNew, fix}: NotSaved) => ({
		exit: 'unexpected',
		sentence: t`Not saved: ${path} could not be written (${reason}).
			${isNew ? t`No vault was made.` : t`The earlier vault is kept.`}`,
		hint: fix ?? t`Repeat the change.`,
	}),
	'saved-not-durable': ({path, reason, fix}: {path: string; reason: string; fix: string}) => ({
		exit: 'unexpected',
		sentence: t`The change is in ${path}, but it is not confirmed that it will last (${reason}).`,
		hint: fix,
	}),
	'save-state-unknown': ({path, backup, fix}: {path: string; backup: string; fix: string}) => ({
		exit: 'unexpected',
		sentence: t`It is not known whether the change is in ${path}: saving failed, and so did putting the earlier save
			back; that one is ${backup}.`,
		hint: fix,
	}),
	'restore-conflict': ({path}: {path: string}) => ({
		exit: 'busy',
		sentence: t`Another program has saved ${path} meanwhile; nothing was restored.`,
		hint: t`Look at the difference again.`,
	}),
	'no-usable-backup': ({path, kept, former}: {path: string; kept: number; former?: string | undefined}) => ({
		exit: kept === 0 ? 'usage' : 'damaged',
		sentence:
			kept === 0
				? t`No earlier saves of ${path} are kept.`
				: t`None of the earlier saves that are kept of ${path} opens with this.`,
		hint:
			former === undefined
				? t`If you have a backup, name its file: ${suggestedCommand('restore', 'FILE')}.`
				: t`If you have a backup elsewhere, or saves of a former vault in ${former}, name one:
					${suggestedCommand('restore', 'FILE')}.`,
	}),
} satisfies Failures;
