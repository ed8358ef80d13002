import {shownById} from '../../actions/keys.ts';
import {changeStatuses, planStatuses, type StatusChange} from '../../actions/statuses.ts';
import type {Exit} from '../../core/exit-status.ts';
import type {ShownKey} from '../../core/key/operation.ts';
import type {Session} from '../../cli/command.ts';
import {keyJson} from '../../cli/print.ts';
import {changeEach} from './change-each.ts';
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
	const {context} = session;
	const planned = planStatuses(
		context,
		keys.map(({id}) => id),
		change,
	);
	return changeEach(
		session,
		planned,
		{
			question: questions[change.act],
			act: async steps => changeStatuses(context, planned, change, steps),
			summary: (_, failed) => summaries[change.act](planned.length - failed, planned.length),
			outcomeOf: (_, result) => (result ? (result.outcome ?? outcomes[change.act]) : 'unchanged'),
			detailsOf({key: {id}}, result) {
				const isThere = result?.outcome !== 'cleared';
				return {key: isThere ? keyJson(shownById(context.vault.read(), id), context.clock()) : null};
			},
		},
		options,
	);
}
