import type {Exit} from '../exit-status.ts';
import {suggestedCommand} from '../invocation.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

/** `link` leads to the exchange's page, where there is one. */
type Cause = {readonly name: string; readonly link: string | undefined; readonly reason: string; readonly exit: Exit};

export const incidentFailures = {
	'incident-not-cut': ({name, link, reason, exit}: Cause) => ({
		exit,
		sentence: t`${name} is not cut off on the exchange: ${reason}.`,
		hint: t`${again(name, link)} Here nothing is given it.`,
	}),
	'incident-not-ended': ({name, link, reason, exit}: Cause) => ({
		exit,
		sentence: t`It is not certain that ${name} is deleted on the exchange: ${reason}.`,
		hint: again(name, link),
	}),
	'incident-page-only': ({name, link}: {name: string; link: string}) => ({
		exit: 'usage',
		sentence: t`${name} still works on the exchange, where no API can delete it.`,
		hint: t`Delete it on ${link}, then run ${suggestedCommand('incident', name)} to make sure.`,
	}),
} satisfies Failures;

function again(name: string, link: string | undefined): string {
	const command = suggestedCommand('incident', name);
	return link === undefined ? t`Run ${command} again.` : t`Delete it on ${link}, or run ${command} again.`;
}
