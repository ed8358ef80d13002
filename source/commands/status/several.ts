import {failureWords} from '../../actions/several.ts';
import {shownById} from '../../actions/keys.ts';
import {
	changeStatuses,
	isLive,
	planStatuses,
	type PlannedStatus,
	type StatusChange,
	type StatusResult,
} from '../../actions/statuses.ts';
import {isAppError, type AppError} from '../../core/errors.ts';
import type {ShownKey} from '../../core/key/operation.ts';
import {exits, worstExit, type Exit} from '../../core/exit-status.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Session} from '../../cli/command.ts';
import {jsonText, keyJson, requireTypedName} from '../../cli/print.ts';
import {showProgress} from '../../cli/test-report.ts';
import {changeWords} from '../edit/several.ts';
import {t} from '../../language/translate.ts';

const questions: Readonly<Record<StatusChange['act'], (count: number) => string>> = {
	freeze: count =>
		count === 1
			? t`This takes every permission but Read from ${count} key on the exchange. Type ${count} to go on: `
			: t`This takes every permission but Read from ${count} keys on the exchange. Type ${count} to go on: `,
	thaw: count =>
		count === 1
			? t`This sets the permissions of ${count} key back on the exchange. Type ${count} to go on: `
			: t`This sets the permissions of ${count} keys back on the exchange. Type ${count} to go on: `,
	revoke: count =>
		count === 1
			? t`This deletes ${count} key on the exchange and cannot be undone. Type ${count} to go on: `
			: t`This deletes ${count} keys on the exchange and cannot be undone. Type ${count} to go on: `,
};

const summaries: Readonly<Record<StatusChange['act'], (done: number, count: number) => string>> = {
	freeze: (done, count) => t`${done} of ${count} keys are frozen.`,
	thaw: (done, count) => t`${done} of ${count} keys can be used again.`,
	revoke: (done, count) => t`${done} of ${count} keys are no longer on the exchange.`,
};

const outcomes = {freeze: 'frozen', thaw: 'thawed', revoke: 'revoked'} as const;

/**
 * Says what would become of each key, asks once where the exchange is told, and gives the worst exit status. Keys that
 * are as wanted already count as done.
 */
export async function changeSeveral(
	session: Session,
	keys: readonly ShownKey[],
	change: StatusChange,
	options: {readonly yes: boolean},
): Promise<Exit> {
	const {context, io} = session;
	const planned = planStatuses(
		context,
		keys.map(({id}) => id),
		change,
	);
	io.keep(planned.map(({key}) => key.name));
	for (const one of planned) for (const line of linesOf(one)) io.note(line);
	const live = planned.filter(one => isLive(one)).length;
	if (live > 0) {
		await io.release();
		await requireTypedName(io, options, questions[change.act](live), String(live));
	}

	const show = showProgress(session);
	const total = planned.filter(({changes}) => changes.length > 0).length;
	const results = await changeStatuses(context, planned, change, {
		signal: io.stopSignal(),
		onDone(done) {
			show({done, total});
		},
	});
	io.progress('');
	const byId = new Map(results.map(result => [result.id, result]));
	const failures = planned.flatMap(({key, error}) => error ?? byId.get(key.id)?.error ?? []);
	if (io.json) io.out(jsonText(planned.map(one => resultJson(session, one, change, byId.get(one.key.id)))));
	else {
		for (const {name, error} of results) if (error) io.note(failureWords(name, error));
		io.out(summaries[change.act](planned.length - failures.length, planned.length));
	}

	return worstExit(failures.map(({exit}) => exits[exit].status));
}

function linesOf({key: {name}, changes, error}: PlannedStatus): readonly string[] {
	const shown = sanitize(name);
	if (error) return [failureWords(name, error)];
	if (changes.length === 0) return [t`${shown}: nothing changes`];
	return changes.map(change => `${shown}: ${changeWords(change)}`);
}

function resultJson(
	{context}: Session,
	{key: {id, name}, error: refused}: PlannedStatus,
	{act}: StatusChange,
	result: StatusResult | undefined,
) {
	const error = refused ?? result?.error;
	const content = context.vault.read();
	const isThere = result?.outcome !== 'cleared';
	return {
		name,
		outcome: outcomeOf(error, result, act),
		code: error ? exits[error.exit].status : exits.ok.status,
		cause: error?.message ?? null,
		key: isThere ? keyJson(shownById(content, id), context.clock()) : null,
	};
}

function outcomeOf(error: AppError | undefined, result: StatusResult | undefined, act: StatusChange['act']): string {
	if (error) return isAppError(error, 'aborted') ? 'cancelled' : 'failed';
	if (!result) return 'unchanged';
	return result.outcome ?? outcomes[act];
}
