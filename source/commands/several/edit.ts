import {editKeys, planEdits} from '../../actions/edit-many.ts';
import type {EditPlan} from '../../actions/edit-plan.ts';
import type {KeyChange} from '../../actions/key-change.ts';
import type {Exit} from '../../core/exit-status.ts';
import {unreachableProblem} from '../../core/ip/unreachable.ts';
import type {Problem} from '../../core/problem.ts';
import type {Session} from '../../cli/command.ts';
import {keyJson} from '../../cli/print.ts';
import {showProgress} from '../../cli/test-report.ts';
import {changeEach} from './change-each.ts';
import {t} from '../../language/translate.ts';

/** Changes each key by itself: one that cannot be changed does not stop the others. Gives the worst exit status. */
export async function editSeveral(
	session: Session,
	ids: readonly string[],
	wanted: KeyChange,
	options: {readonly yes: boolean},
): Promise<Exit> {
	const {context, io} = session;
	const show = showProgress(session);
	const planned = await planEdits(context, ids, wanted, {
		signal: io.stopSignal(),
		onDone(done) {
			show({done, total: ids.length});
		},
	});
	io.progress('');
	const warnings = new Map(planned.flatMap(({plan}) => warningOf(plan)).map(warning => [warning.problem, warning]));
	const plans = planned.flatMap(({plan}) => (plan && plan.changes.length > 0 ? [plan] : []));
	return changeEach(
		session,
		planned.map(({key, plan, error}) => ({key, changes: plan?.changes ?? [], error})),
		{
			warnings: [...warnings.values()],
			question: live =>
				live === 1
					? t`This changes ${live} key on the exchange. Type ${live} to go on: `
					: t`This changes ${live} keys on the exchange. Type ${live} to go on: `,
			act: async steps => editKeys(context, plans, steps),
			summary(results) {
				const changed = results.filter(({error}) => !error).length;
				return changed === 0 ? t`Nothing changes.` : t`${changed} of ${ids.length} keys are changed.`;
			},
			outcomeOf: ({changes}) => (changes.length === 0 ? 'unchanged' : 'changed'),
			detailsOf({key, changes}) {
				const present = context.vault.read().keys.find(({id}) => id === key.id) ?? key;
				return {
					name: present.name,
					changes: changes.map(({field, where}) => ({field, where})),
					key: keyJson(present, context.clock()),
				};
			},
		},
		options,
	);
}

/** Addresses that the exchange can never see. */
export function warningOf(plan: EditPlan | undefined): readonly Problem[] {
	if (plan?.patch.ip === undefined) return [];
	const warning = unreachableProblem({ip: plan.patch.ip, site: plan.patch.site ?? plan.base.site});
	return warning ? [warning] : [];
}
