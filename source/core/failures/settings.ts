import {suggestedCommand} from '../invocation.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

export const settingsFailures = {
	'no-such-setting': ({name, guess}: {name: string; guess?: string | undefined}) => ({
		exit: 'usage',
		sentence: t`There is no setting ${name}.`,
		hint: guess ?? t`${suggestedCommand('settings')} lists all of them.`,
	}),
	'settings-unusable': ({path, problem, fix}: {path: string; problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`The settings in ${path} are not used, and are left as they are: the file ${problem}.`,
		hint: fix,
	}),
	'settings-not-saved': ({path, reason, fix}: {path: string; reason: string; fix?: string | undefined}) => ({
		exit: 'unexpected',
		sentence: t`The settings could not be saved in ${path} (${reason}); they are as they were.`,
		hint: fix ?? t`Free some space or repair the disk, then repeat the change.`,
	}),
	'no-settings-folder': () => ({
		exit: 'usage',
		sentence: t`There is no home folder to keep settings in.`,
		hint: t`Set HOME or XDG_CONFIG_HOME.`,
	}),
} satisfies Failures;
