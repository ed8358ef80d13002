import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

export const fileFailures = {
	'no-such-file': ({path, what = 'file'}: {path: string; what?: string}) => ({
		exit: 'usage',
		sentence: t`There is no ${what} ${path}.`,
		hint: t`Check its name.`,
	}),
	'file-unreadable': ({path, reason, fix}: {path: string; reason: string; fix?: string | undefined}) => ({
		exit: 'usage',
		sentence: t`${path} cannot be read (${reason}).`,
		hint: fix ?? t`Check its permissions and those of its folder.`,
	}),
	'file-exists': ({path}: {path: string}) => ({
		exit: 'usage',
		sentence: t`There is already something at ${path}, and it is not overwritten.`,
		hint: t`Choose another name.`,
	}),
	'file-not-written': ({path, reason, fix}: {path: string; reason: string; fix?: string}) => ({
		exit: 'unexpected',
		sentence: t`${path} could not be written (${reason}); nothing was left of it.`,
		hint: fix ?? t`Choose another place, or free some space.`,
	}),
	'file-not-shredded': ({path, reason}: {path: string; reason: string}) => ({
		exit: 'unexpected',
		sentence: t`${path} was not deleted: ${reason}.`,
		hint: t`Its keys are in the vault. Delete it yourself, with shred -u or rm.`,
	}),
	'report-not-written': ({path, reason}: {path: string; reason: string}) => ({
		exit: 'unexpected',
		sentence: t`The report ${path} could not be written (${reason}); one from before is as it was.`,
		hint: t`Check the folder and its free space.`,
	}),
	'not-a-report': ({path}: {path: string}) => ({
		exit: 'usage',
		sentence: t`${path} is not a report of an earlier check, and is not overwritten.`,
		hint: t`Choose another name, or remove it first.`,
	}),
	'not-importable': ({from, problem, fix}: {from: string; problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`${from} ${problem}; nothing was imported.`,
		hint: fix,
	}),
	'not-exportable': ({problem, fix}: {problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: problem,
		hint: fix,
	}),
	'not-own-file': ({path}: {path: string}) => ({
		exit: 'usage',
		sentence: t`${path} was not written by export alone, and is not overwritten.`,
		hint: t`Choose another name, or overwrite it with --force.`,
	}),
	'not-mergeable': ({from, problem, fix}: {from: string; problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`${from} ${problem}; it was left as it is.`,
		hint: fix,
	}),
	'too-much-to-export': ({keys, most}: {keys: number; most: string}) => ({
		exit: 'usage',
		sentence: t`${keys} keys are too much for one file, which holds ${most}; nothing was exported.`,
		hint: t`Name the keys, and make several files.`,
	}),
	'age-recipient': ({problem, fix}: {problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: problem,
		hint: fix,
	}),
	'age-identity': ({path, problem, fix}: {path: string; problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`The identity file ${path} ${problem}.`,
		hint: fix,
	}),
	'age-wrong-passphrase': ({from}: {from: string}) => ({
		exit: 'locked',
		sentence: t`${from} does not open with this passphrase; nothing was imported.`,
		hint: t`It is the passphrase of the file, not that of the vault.`,
	}),
	'age-wrong-identity': ({from}: {from: string}) => ({
		exit: 'locked',
		sentence: t`${from} was not encrypted for this identity; nothing was imported.`,
		hint: t`Name the identity file of one of its recipients.`,
	}),
	'age-damaged': ({from, what, fix}: {from: string; what: string; fix?: string}) => ({
		exit: 'usage',
		sentence: t`${from} is a damaged age file: ${what}; nothing was imported.`,
		hint: fix ?? t`Take another copy of it.`,
	}),
	'age-newer': ({from, fix}: {from: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`${from} is an age file of a version that this program does not know.`,
		hint: fix,
	}),
	'age-work-factor': ({from, fix}: {from: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`${from} asks for more work to try its passphrase than okx-keys does for a file.`,
		hint: fix,
	}),
} satisfies Failures;
