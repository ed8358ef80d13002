import type {Exit} from '../exit-status.ts';
import {suggestedCommand} from '../invocation.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

export const incidentFailures = {
	'incident-not-cut': ({name, link, reason, exit}: {name: string; link: string; reason: string; exit: Exit}) => ({
		exit,
		sentence: t`${name} is not cut off on the exchange: ${reason}.`,
		hint: t`Delete it on ${link}, or run ${suggestedCommand('incident', name)} again. Here nothing is given it.`,
	}),
	'incident-not-ended': ({name, link, reason, exit}: {name: string; link: string; reason: string; exit: Exit}) => ({
		exit,
		sentence: t`It is not certain that ${name} is deleted on the exchange: ${reason}.`,
		hint: t`Delete it on ${link}, or run ${suggestedCommand('incident', name)} again.`,
	}),
	'incident-page-only': ({name, link}: {name: string; link: string}) => ({
		exit: 'usage',
		sentence: t`${name} still works on the exchange, where no API can delete it.`,
		hint: t`Delete it on ${link}, then run ${suggestedCommand('incident', name)} to make sure.`,
	}),
} satisfies Failures;
