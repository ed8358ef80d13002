import type {Exit} from '../exit-status.ts';
import {suggestedCommand} from '../invocation.ts';
import {didYouMean} from '../text/similar.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

export const keyFailures = {
	'no-such-key': ({name, near = [], isInTrash}: {name: string; near?: readonly string[]; isInTrash?: boolean}) => ({
		exit: 'noSuchKey',
		sentence: t`There is no key called ${name} in this vault.`,
		hint: isInTrash
			? t`It is in the trash; ${suggestedCommand('restore-key', name)} brings it back.`
			: t`${near.length === 0 ? '' : `${didYouMean(near)} `}${suggestedCommand('list')} shows all keys.`,
	}),
	'not-in-trash': ({name, near = [], isInUse}: {name: string; near?: readonly string[]; isInUse: boolean}) => ({
		exit: 'noSuchKey',
		sentence: t`There is no key called ${name} in the trash.`,
		hint: isInUse
			? t`It is in use: ${suggestedCommand('show', name)} shows it.`
			: t`${near.length === 0 ? '' : `${didYouMean(near)} `}${suggestedCommand('list', '--trash')} shows what is in
				it.`,
	}),
	'key-gone': () => ({
		exit: 'noSuchKey',
		sentence: t`This key is no longer in the vault: another program removed it.`,
		hint: t`${suggestedCommand('restore-key', 'NAME')} brings a removed key back.`,
	}),
	'name-taken': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`A key called ${name} is already in this vault.`,
		hint: t`Choose another name.`,
	}),
	'key-already-stored': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`This API key is already stored here as ${name}.`,
		hint: t`Use ${suggestedCommand('edit', name)}, or remove it first.`,
	}),
	'key-stored-otherwise': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`This API key is stored here as ${name}, with another secret key or passphrase.`,
		hint: t`${suggestedCommand('test', name)} says whether that one works. If it does not, remove it, and import this
			one.`,
	}),
	'edit-conflict': ({name, fields}: {name: string; fields: string}) => ({
		exit: 'busy',
		sentence: t`${name} was changed by another program meanwhile: ${fields}.`,
		hint: t`Look at the key again and repeat your change; nothing was overwritten.`,
	}),
	'key-frozen': ({name, mayTest = false}: {name: string; mayTest?: boolean}) => ({
		exit: 'frozen',
		sentence: t`${name} is frozen, so nothing may use it.`,
		hint: mayTest
			? t`${suggestedCommand('thaw', name)} ends that; ${suggestedCommand('test', name, '--frozen')} tests it all the
				same.`
			: t`${suggestedCommand('thaw', name)} ends that.`,
	}),
	'freeze-unfinished': ({name, reason, exit}: {name: string; reason: string; exit: Exit}) => ({
		exit,
		sentence: t`${name} is frozen here, but setting Read only on the exchange was not finished: ${reason}.`,
		hint: t`Run ${suggestedCommand('freeze', name, '--read-only')} to go on.`,
	}),
	'thaw-unfinished': ({name, reason, exit}: {name: string; reason: string; exit: Exit}) => ({
		exit,
		sentence: t`${name} is still frozen, because setting its permissions back was not finished: ${reason}.`,
		hint: t`Run ${suggestedCommand('thaw', name)} to go on; ${suggestedCommand('thaw', name, '--keep-read-only')}
			leaves the exchange as it is.`,
	}),
	'nothing-to-undo': () => ({
		exit: 'usage',
		sentence: t`There is nothing to undo.`,
		hint: t`Only changes of keys in this vault are undone, the last 20 of them.`,
	}),
	'undo-too-large': () => ({
		exit: 'usage',
		sentence: t`The last change was too large to be undone.`,
		hint: t`The next undo is about the change before it.`,
	}),
	'undo-conflict': ({reasons}: {reasons: readonly string[]}) => ({
		exit: 'busy',
		sentence: t`Nothing was undone: ${reasons.join(' ')}`,
		hint: t`The next undo is about the change before it.`,
	}),
	'undo-live': ({changes}: {changes: string}) => ({
		exit: 'usage',
		sentence: t`The last change was made on the exchange, where undo does not reach: ${changes}.`,
		hint: t`The next undo is about the change before it.`,
	}),
	'key-not-active': ({name, status}: {name: string; status: string}) => ({
		exit: 'usage',
		sentence: t`${name} is ${status}, so no program is given it.`,
		hint: t`${suggestedCommand('list')} shows the keys in use.`,
	}),
} satisfies Failures;
