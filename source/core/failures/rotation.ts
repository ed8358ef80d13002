import type {Exit} from '../exit-status.ts';
import {suggestedCommand} from '../invocation.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

export const rotationFailures = {
	'rotation-under-way': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`${name} is being rotated already.`,
		hint: t`${suggestedCommand('rotate', name, '--continue')} goes on; ${suggestedCommand('rotate', name, '--abort')}
			undoes it.`,
	}),
	'no-rotation': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`${name} is not being rotated.`,
		hint: t`${suggestedCommand('rotate', name)} begins it.`,
	}),
	'replacement-fails': ({name, cause, exit}: {name: string; cause: string; exit: Exit}) => ({
		exit,
		sentence: t`The new key for ${name} does not pass its test, so ${name} is still the old one: ${cause}`,
		hint: t`${suggestedCommand('rotate', name, '--continue')} tests it again, with --no-test it goes on without, and
			${suggestedCommand('rotate', name, '--abort')} deletes the new key.`,
	}),
	'rotation-aborting': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`The rotation of ${name} is being undone, so it cannot go on.`,
		hint: t`Run ${suggestedCommand('rotate', name, '--abort')} to finish that.`,
	}),
	'replacement-gone': ({name}: {name: string}) => ({
		exit: 'keyMissing',
		sentence: t`The exchange does not have the new key of ${name}, so the old one was left as it is.`,
		hint: t`Run ${suggestedCommand('rotate', name, '--abort')}, then rotate it again.`,
	}),
	'rotation-past-abort': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`The old key of ${name} is gone on the exchange, so the rotation cannot be undone.`,
		hint: t`Run ${suggestedCommand('rotate', name, '--continue')} to finish it.`,
	}),
	'old-key-alive': ({name, link}: {name: string; link: string}) => ({
		exit: 'usage',
		sentence: t`The exchange still has the old key of ${name}, and no API deletes it.`,
		hint: t`Delete it on ${link}, then run ${suggestedCommand('rotate', name, '--continue')}.`,
	}),
} satisfies Failures;
