import {editKeys, planEdits, type PlannedEdit} from '../../actions/edit-many.ts';
import {failureWords} from '../../actions/several.ts';
import type {Change, EditPlan} from '../../actions/edit-plan.ts';
import type {KeyChange} from '../../actions/key-change.ts';
import {keyById} from '../../actions/keys.ts';
import type {StatusDifference} from '../../actions/statuses.ts';
import {isAppError, type AppError} from '../../core/errors.ts';
import {exits, worstExit, type Exit} from '../../core/exit-status.ts';
import {unreachableProblem} from '../../core/ip/unreachable.ts';
import type {Problem} from '../../core/problem.ts';
import {fieldWord} from '../../core/key/field-words.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Session} from '../../cli/command.ts';
import {jsonText, keyJson, noteWarning, requireTypedName} from '../../cli/print.ts';
import {showProgress} from '../../cli/test-report.ts';
import {t} from '../../language/translate.ts';

const whereWords = {
	vault: (change: string) => change,
	exchange: (change: string) => t`${change} (to be changed on the exchange)`,
	declared: (change: string) => t`${change} (declared only: change it on the exchange too)`,
} as const;

/** Such as `ip: 203.0.113.7 → 198.51.100.7 (to be changed on the exchange)`. */
export function changeWords({field, from, to, where}: Change | StatusDifference): string {
	return whereWords[where](t`${fieldWord(field)}: ${sanitize(from) || '-'} → ${sanitize(to) || '-'}`);
}

/** Changes each key by itself: one that cannot be changed does not stop the others. Gives the worst exit status. */
export async function editSeveral(
	session: Session,
	ids: readonly string[],
	wanted: KeyChange,
	options: {readonly yes: boolean},
): Promise<Exit> {
	const {context, io} = session;
	const signal = io.stopSignal();
	const show = showProgress(session);
	const planned = await planEdits(context, ids, wanted, {
		signal,
		onDone(done) {
			show({done, total: ids.length});
		},
	});
	io.progress('');
	io.keep(planned.map(({key}) => key.name));
	for (const one of planned) for (const line of linesOf(one)) io.note(line);
	const warnings = new Map(planned.flatMap(({plan}) => warningOf(plan)).map(warning => [warning.problem, warning]));
	for (const warning of warnings.values()) noteWarning(io, warning);
	const plans = planned.flatMap(({plan}) => (plan && plan.changes.length > 0 ? [plan] : []));
	const live = plans.filter(({changes}) => changes.some(({where}) => where === 'exchange')).length;
	if (live > 0) {
		await io.release();
		const question =
			live === 1
				? t`This changes ${live} key on the exchange. Type ${live} to go on: `
				: t`This changes ${live} keys on the exchange. Type ${live} to go on: `;
		await requireTypedName(io, options, question, String(live));
	}

	const showEdits = showProgress(session);
	const results = await editKeys(context, plans, {
		signal,
		onDone(done) {
			showEdits({done, total: plans.length});
		},
	});
	io.progress('');
	const failures = new Map([
		...planned.flatMap(({key, error}) => (error ? [[key.id, error] as const] : [])),
		...results.flatMap(({id, error}) => (error ? [[id, error] as const] : [])),
	]);
	const changed = new Set(results.filter(({error}) => !error).map(({id}) => id));
	if (io.json) io.out(jsonText(planned.map(one => resultJson(session, one, failures.get(one.key.id)))));
	else {
		for (const {name, error} of results) if (error) io.note(failureWords(name, error));
		io.out(changed.size === 0 ? t`Nothing changes.` : t`${changed.size} of ${ids.length} keys are changed.`);
	}

	return worstExit([...failures.values()].map(({exit}) => exits[exit].status));
}

/** Addresses that the exchange can never see. */
export function warningOf(plan: EditPlan | undefined): readonly Problem[] {
	if (plan?.patch.ip === undefined) return [];
	const warning = unreachableProblem({ip: plan.patch.ip, site: plan.patch.site ?? plan.base.site});
	return warning ? [warning] : [];
}

function linesOf({key: {name}, plan, error}: PlannedEdit): readonly string[] {
	const shown = sanitize(name);
	if (error) return [failureWords(name, error)];
	if (plan.changes.length === 0) return [t`${shown}: nothing changes`];
	return plan.changes.map(change => `${shown}: ${changeWords(change)}`);
}

function resultJson({context}: Session, {key, plan}: PlannedEdit, error: AppError | undefined) {
	const present = context.vault.read().keys.some(({id}) => id === key.id) ? keyById(context.vault.read(), key.id) : key;
	const changes = plan?.changes ?? [];
	return {
		name: present.name,
		outcome: error
			? isAppError(error, 'aborted')
				? 'cancelled'
				: 'failed'
			: changes.length === 0
				? 'unchanged'
				: 'changed',
		code: error ? exits[error.exit].status : exits.ok.status,
		cause: error?.message ?? null,
		changes: changes.map(({field, where}) => ({field, where})),
		key: keyJson(present, context.clock()),
	};
}
