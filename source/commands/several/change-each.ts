import type {Change} from '../../actions/edit-plan.ts';
import {failureWords, type KeyResult, type Steps} from '../../actions/several.ts';
import type {StatusDifference} from '../../actions/statuses.ts';
import {isAppError, type AppError} from '../../core/errors.ts';
import {exits, worstExit, type Exit} from '../../core/exit-status.ts';
import {fieldWord} from '../../core/key/field-words.ts';
import type {Problem} from '../../core/problem.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Session} from '../../cli/command.ts';
import {jsonText, noteWarning, requireTypedName} from '../../cli/print.ts';
import {showProgress} from '../../cli/test-report.ts';
import {t} from '../../language/translate.ts';

/** What would become of one of several keys; without changes it is so already. */
type Planned = {
	readonly key: {readonly id: string; readonly name: string};
	readonly changes: readonly (Change | StatusDifference)[];
	/** Why it cannot be changed so. */
	readonly error: AppError | undefined;
};

type Way<Plan extends Planned, Result extends KeyResult> = {
	/** Said of all of them, once. */
	readonly warnings?: readonly Problem[];
	/** Asks for the number of keys that the exchange is told about. */
	readonly question: (live: number) => string;
	/** Changes those that have changes. */
	readonly act: (steps: Steps) => Promise<readonly Result[]>;
	readonly summary: (results: readonly Result[], failed: number) => string;
	/** What happened to a key that has not failed, in a word of the JSON. */
	readonly outcomeOf: (planned: Plan, result: Result | undefined) => string;
	/** What else the JSON says of a key. */
	readonly detailsOf: (planned: Plan, result: Result | undefined) => object;
};

const whereWords = {
	vault: (change: string) => change,
	exchange: (change: string) => t`${change} (to be changed on the exchange)`,
	declared: (change: string) => t`${change} (declared only: change it on the exchange too)`,
} as const;

/** Such as `ip: 203.0.113.7 → 198.51.100.7 (to be changed on the exchange)`. */
export function changeWords({field, from, to, where}: Change | StatusDifference): string {
	return whereWords[where](t`${fieldWord(field)}: ${sanitize(from) || '-'} → ${sanitize(to) || '-'}`);
}

/**
 * Says what would become of each key, asks once where the exchange is told, changes each by itself and prints what came
 * of it: one that cannot be changed does not stop the others. Gives the worst exit status.
 */
export async function changeEach<Plan extends Planned, Result extends KeyResult>(
	session: Session,
	planned: readonly Plan[],
	{warnings = [], question, act, summary, outcomeOf, detailsOf}: Way<Plan, Result>,
	options: {readonly yes: boolean},
): Promise<Exit> {
	const {io} = session;
	io.keep(planned.map(({key}) => key.name));
	for (const one of planned) for (const line of linesOf(one)) io.note(line);
	for (const warning of warnings) noteWarning(io, warning);
	const live = planned.filter(({changes}) => changes.some(({where}) => where === 'exchange')).length;
	if (live > 0) {
		await io.release();
		await requireTypedName(io, options, question(live), String(live));
	}

	const show = showProgress(session);
	const total = planned.filter(({changes}) => changes.length > 0).length;
	const results = await act({
		signal: io.stopSignal(),
		onDone(done) {
			show({done, total});
		},
	});
	io.progress('');
	const resultOf = new Map(results.map(result => [result.id, result]));
	const ended = planned.map(one => {
		const result = resultOf.get(one.key.id);
		return {one, result, error: one.error ?? result?.error};
	});
	const failures = ended.flatMap(({error}) => error ?? []);
	if (io.json) io.out(jsonText(ended.map(one => resultJson(one))));
	else {
		for (const {name, error} of results) if (error) io.note(failureWords(name, error));
		io.out(summary(results, failures.length));
	}

	return worstExit(failures.map(({exit}) => exits[exit].status));

	function resultJson({one, result, error}: (typeof ended)[number]) {
		return {
			name: one.key.name,
			outcome: error ? (isAppError(error, 'aborted') ? 'cancelled' : 'failed') : outcomeOf(one, result),
			code: error ? exits[error.exit].status : exits.ok.status,
			cause: error?.message ?? null,
			...detailsOf(one, result),
		};
	}
}

function linesOf({key: {name}, changes, error}: Planned): readonly string[] {
	const shown = sanitize(name);
	if (error) return [failureWords(name, error)];
	if (changes.length === 0) return [t`${shown}: nothing changes`];
	return changes.map(change => `${shown}: ${changeWords(change)}`);
}
