import {suggestedCommand, suggestedWithoutOpener} from '../invocation.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

export const unlockFailures = {
	locked: () => ({
		exit: 'locked',
		sentence: t`The vault is locked.`,
		hint: t`Unlock it first.`,
	}),
	'locked-noninteractive': ({why, hasAgent}: {why: string; hasAgent: boolean}) => ({
		exit: 'locked',
		sentence: t`The vault is locked, and ${why}.`,
		hint: hasAgent
			? t`Give --passphrase-file, --passphrase-fd or --key-file, or let the agent open it:
				${suggestedCommand('agent')}.`
			: t`Give --passphrase-file, --passphrase-fd or --key-file.`,
	}),
	'wrong-passphrase': () => ({
		exit: 'locked',
		sentence: t`Wrong passphrase; nothing was changed.`,
		hint: t`Try again, or use the recovery key. If you are sure of it, the vault may be damaged: see
			${suggestedWithoutOpener('restore', '--dry-run')}.`,
	}),
	'wrong-passphrase-older': ({rev, seen}: {rev: number; seen: number}) => ({
		exit: 'locked',
		sentence: t`Wrong passphrase; nothing was changed. The vault is an older copy, save number ${rev} where this
			machine has seen number ${seen}: it may open with an earlier passphrase.`,
		hint: t`Try that one; or bring the newest save back with ${suggestedWithoutOpener('restore')}.`,
	}),
	'wrong-recovery-key': ({problem}: {problem: string}) => ({
		exit: 'locked',
		sentence: t`This recovery key does not open the vault: ${problem}.`,
		hint: t`Compare it with the copy you wrote down, group by group.`,
	}),
	'wrong-key-file': ({problem}: {problem: string}) => ({
		exit: 'locked',
		sentence: t`This key file does not open the vault: ${problem}.`,
		hint: t`Use the file that add-slot key-file made for it.`,
	}),
	'wrong-vault-key': () => ({
		exit: 'locked',
		sentence: t`The key that the agent holds does not open the vault any more.`,
		hint: t`Give the passphrase.`,
	}),
	'passphrase-file': ({path, problem, fix}: {path: string; problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`The passphrase file ${path} ${problem}.`,
		hint: fix,
	}),
	'key-file': ({path, problem, fix}: {path: string; problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`The key file ${path} ${problem}.`,
		hint: fix,
	}),
	agent: ({problem, fix, exit}: {problem: string; fix: string; exit?: 'usage'}) => ({
		exit: exit ?? 'unexpected',
		sentence: problem,
		hint: fix,
	}),
	'ssh-agent': ({problem, fix, isVaultOpen}: {problem: string; fix: string; isVaultOpen?: boolean}) => ({
		exit: isVaultOpen ? 'unexpected' : 'locked',
		sentence: problem,
		hint: fix,
	}),
	'no-such-slot': ({id}: {id: string}) => ({
		exit: 'usage',
		sentence: t`This vault has no slot ${id}.`,
		hint: t`${suggestedCommand('slots')} shows them all.`,
	}),
	'slot-changed': () => ({
		exit: 'busy',
		sentence: t`Another program has changed this slot of the vault meanwhile; nothing was changed here.`,
		hint: t`Look at ${suggestedCommand('slots')} and repeat your change.`,
	}),
	'last-slot': ({what}: {what: string}) => ({
		exit: 'usage',
		sentence: t`${what}; it stays.`,
		hint: t`Add another first: ${suggestedCommand('add-slot', 'passphrase')} or
			${suggestedCommand('add-slot', 'recovery')}.`,
	}),
	'slots-full': () => ({
		exit: 'usage',
		sentence: t`This vault has as many slots as a vault can have.`,
		hint: t`Remove one with ${suggestedCommand('remove-slot', 'ID')}.`,
	}),
	'no-passphrase-slot': ({problem}: {problem: string}) => ({
		exit: 'usage',
		sentence: problem,
		hint: t`${suggestedCommand('slots')} shows them all; name one with --slot.`,
	}),
} satisfies Failures;
