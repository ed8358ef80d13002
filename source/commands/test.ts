import {keyByName, liveKeys} from '../actions/keys.ts';
import {askOtherSites} from '../actions/sites.ts';
import {testKeys} from '../actions/test-all.ts';
import type {TestResult} from '../actions/test-result.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {worstExit} from '../core/exit-status.ts';
import type {RemedyOffer} from '../core/diagnosis/types.ts';
import type {StoredKey} from '../core/key.ts';
import {barCells, progressWords} from '../core/text/progress.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {formatMinute} from '../core/text/time.ts';
import {defineCommand, several, type Session} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {flag} from '../cli/option.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';

/** The command that does what a result offers; undefined where there is none. */
function offered({offer, name}: TestResult): string | undefined {
	const words: {readonly [Act in RemedyOffer['act']]: (offer: Extract<RemedyOffer, {act: Act}>) => string} = {
		// Only adds, to the list that the exchange has then: what is declared here may lack an address that a bot
		// calls from.
		'add-ip': ({address, where}) =>
			`${suggestedCommand('edit', name, '--add-ip', address)}${where === 'declared' ? ' (declares it here, once it is on the list there)' : ''}`,
		'use-environment': ({environment}) => suggestedCommand('edit', name, '--env', environment),
		'use-site': ({site}) => suggestedCommand('edit', name, '--site', site),
		'try-sites': () => `${suggestedCommand('test', name, '--other-sites')} (each of them sees a signed call)`,
		'accept-live': () => suggestedCommand('edit', name, '--accept-live'),
	};
	return offer === null ? undefined : (words[offer.act] as (offer: RemedyOffer) => string)(offer);
}

function time(at: number | null): string {
	return at === null ? 'no time named' : `${formatMinute(at)} UTC`;
}

/**
 * What a test found, in lines for a person: the cause and the remedy, what differs, what the exchange announces, and
 * the layers.
 */
export function verdict(result: TestResult): string {
	const command = offered(result);
	return [
		`${sanitize(result.name)}: ${sanitize(result.cause)}`,
		...(result.fix === '' ? [] : [`  ${sanitize(result.fix)}`]),
		...(command === undefined ? [] : [`  ${command}`]),
		...result.drift.map(
			({field, declared, live}) => `  ${field}: declared ${sanitize(declared)}, live ${sanitize(live)}`,
		),
		...(result.notices ?? []).map(
			({title, state, begin, end}) =>
				`  The exchange announces: ${sanitize(title)} (${sanitize(state)}), ${time(begin)} to ${time(end)}.`,
		),
		...(result.touched && result.daysLeft !== null
			? [
					`  This test counts as a use: ${result.daysLeft} days from now until the exchange may delete the key, if nothing uses it.`,
				]
			: []),
		...result.layers
			.filter(({ok}) => ok !== null)
			.map(
				({name, ok, ms, detail}) =>
					`  ${ok === true ? 'ok  ' : 'fail'} ${name.padEnd(11)} ${(ms === null ? '' : `${Math.round(ms)} ms`).padStart(8)}  ${sanitize(detail)}`,
			),
	].join('\n');
}

/** What the exchange calls the keys is printed as it is there. */
export function keepLabels(io: Io, results: readonly TestResult[]): void {
	io.keep(results.flatMap(({live}) => (live ? [live.label] : [])));
}

/** A bar on standard error while several keys are tested. */
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

/**
 * Looks for the site of each key that its own does not know. Whoever gives the option has been told that the others
 * see a signed call.
 */
async function withOtherSites(
	{context, io}: Session,
	keys: readonly StoredKey[],
	results: readonly TestResult[],
): Promise<readonly TestResult[]> {
	const found: TestResult[] = [];
	for (const [index, result] of results.entries()) {
		if (result.offer?.act !== 'try-sites') {
			found.push(result);
			continue;
		}

		io.progress(`asking the other sites about ${sanitize(result.name)}`);
		const {site, unclear} = await askOtherSites(context, keys[index]!.id, {signal: io.stopSignal()});
		if (site === null)
			found.push({
				...result,
				offer: null,
				fix:
					unclear.length === 0
						? 'No other site of the exchange knows it either: it was deleted, has expired or is mistyped.'
						: `No other site that answered knows it; not asked with success: ${unclear.join(', ')}.`,
			});
		else
			found.push({...result, offer: {act: 'use-site', site}, fix: `The site ${site} of the exchange knows this key.`});
	}

	io.progress('');
	return found;
}

export const testCommand = defineCommand({
	name: 'test',
	summary: 'ask the exchange what a key can really do, and why it fails',
	operand: several('names'),
	options: {
		all: flag('--all', 'every key of the vault'),
		noTouch: flag(
			'--no-touch',
			'send nothing that is signed: only the way to the exchange and its clock; counts as no use of the key',
		),
		proveTrade: flag('--prove-trade', 'prove Trade too, by asking to cancel an order that does not exist'),
		otherSites: flag(
			'--other-sites',
			'where a key is not known, ask the exchange’s other sites too: each sees a signed call',
		),
	},
	async run(session, {operand: names, options: {all, noTouch, proveTrade, otherSites}}) {
		const {context, io} = session;
		if (!all && names.length === 0)
			throw new AppError('usage', {problem: 'No key given.', hint: 'Name one or more, or use --all.'});
		if (all && names.length > 0) throw new AppError('usage', {problem: '--all and names exclude each other.'});
		if (noTouch && (proveTrade || otherSites))
			throw new AppError('usage', {
				problem: `--no-touch sends nothing signed, and ${proveTrade ? '--prove-trade' : '--other-sites'} must.`,
				hint: 'Give one of them.',
			});
		await unlock(session);
		await io.release();
		const content = context.vault.read();
		const keys = all
			? liveKeys(content).filter(({status}) => status === 'active')
			: [...new Set(names)].map(name => keyByName(content, name));
		const done: TestResult[] = [];
		const show = showProgress(session);
		const results = await testKeys(context, keys, {
			signal: io.stopSignal(),
			noTouch,
			proveTrade,
			onNotStored: error => {
				noteNotStored(io, error);
			},
			onResult(result, _, progress) {
				done.push(result);
				show(progress);
			},
		})
			.then(async tested => (otherSites ? withOtherSites(session, keys, tested) : tested))
			.catch((error: unknown) => {
				if (isAppError(error, 'aborted')) return undefined;
				throw error;
			});
		io.progress('');
		const told = results ?? done;
		keepLabels(io, told);
		if (io.json) io.out(jsonText(told));
		else if (told.length > 0) io.out(told.map(result => verdict(result)).join('\n\n'));
		else if (results) io.note('There is no key to test.');
		if (!results) {
			io.note(`Stopped: ${done.length} of ${keys.length} were tested.`);
			return 'aborted';
		}

		return worstExit(told.map(({code}) => code));
	},
});

/** Says that results were not kept, for they are worth having all the same. */
export function noteNotStored(io: Io, error: unknown): void {
	io.note(
		`The results are not kept in the vault: ${isAppError(error) ? error.message : 'something unexpected happened.'}`,
	);
}
