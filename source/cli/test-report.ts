import type {TestResult} from '../actions/test-result.ts';
import type {RemedyOffer} from '../core/diagnosis/types.ts';
import {fieldWord} from '../core/key/field-words.ts';
import {isAppError} from '../core/errors.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {barCells, progressWords} from '../core/text/progress.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {padToWidth} from '../core/text/width.ts';
import {formatMinute} from '../core/text/time.ts';
import type {Session} from './command.ts';
import type {Io} from './io.ts';
import {t} from '../language/translate.ts';

function offered(offer: RemedyOffer, name: string): string {
	switch (offer.act) {
		// Adds to the exchange's current list and never replaces it: the declared list may lack an address in use.
		case 'add-ip': {
			const command = suggestedCommand('edit', name, '--add-ip', offer.address);
			return offer.where === 'declared' ? t`${command} (declares it here, once it is on the list there)` : command;
		}
		case 'use-environment':
			return suggestedCommand('edit', name, '--env', offer.environment);
		case 'use-site':
			return suggestedCommand('edit', name, '--site', offer.site);
		case 'try-sites':
			return t`${suggestedCommand('test', name, '--other-sites')} (each of them sees a signed call)`;
		case 'accept-live':
			return suggestedCommand('edit', name, '--accept-live');
		default:
			return offer satisfies never;
	}
}

function time(at: number | null): string {
	return at === null ? t`no time named` : t`${formatMinute(at)} UTC`;
}

export function verdict(result: TestResult): string {
	return [
		`${sanitize(result.name)}: ${sanitize(result.cause)}`,
		...(result.fix === '' ? [] : [`  ${sanitize(result.fix)}`]),
		...(result.offer ? [`  ${offered(result.offer, result.name)}`] : []),
		...result.drift.map(
			({field, declared, live}) =>
				`  ${t`${fieldWord(field)}: declared ${sanitize(declared)}, live ${sanitize(live)}`}`,
		),
		...(result.notices ?? []).map(
			({title, state, begin, end}) =>
				`  ${t`The exchange announces: ${sanitize(title)} (${sanitize(state)}), ${time(begin)} to ${time(end)}.`}`,
		),
		...(result.touched && result.daysLeft !== null
			? [
					`  ${t`This test counts as a use: ${result.daysLeft} days from now until the exchange may delete the key, if
						nothing uses it.`}`,
				]
			: []),
		...result.layers
			.filter(({ok}) => ok !== null)
			.map(
				({name, ok, ms, detail}) =>
					`  ${padToWidth(ok === true ? t`ok` : t`fail`, 4)} ${name.padEnd(11)} ` +
					(ms === null ? '' : t`${Math.round(ms)} ms`).padStart(8) +
					`  ${sanitize(detail)}`,
			),
	].join('\n');
}

/** Labels from the exchange are printed without conversion to ASCII. */
export function keepLabels(io: Io, results: readonly TestResult[]): void {
	io.keep(results.flatMap(({live}) => (live ? [live.label] : [])));
}

export function showProgress({
	context: {clock},
	io,
}: Session): (progress: {readonly done: number; readonly total: number}) => void {
	const startedAt = clock();
	const width = 20;
	return ({done, total}) => {
		if (total < 2) return;
		const full = barCells(done, total, width);
		io.progress(
			`[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${progressWords({done, total, startedAt, now: clock()})}`,
		);
	};
}

export function noteNotStored(io: Io, error: unknown): void {
	io.note(
		t`The results were not stored in the vault:
			${isAppError(error) ? error.message : t`something unexpected happened.`}`,
	);
}
