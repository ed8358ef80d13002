import type {ReactNode} from 'react';
import {editKeys, type PlannedEdit} from '../../../actions/edit-many.ts';
import type {EditPlan} from '../../../actions/edit-plan.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {unreachableProblem} from '../../../core/ip/unreachable.ts';
import type {Row} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {useShell} from '../../shell/shell.ts';
import {changeRows, textRows} from './change-rows.ts';
import {Confirmation} from './confirmation.tsx';
import {t} from '../../../language/translate.ts';

/** The difference of each key, and one confirmation for all. */
export function BulkReview({
	planned,
	onBack,
	onEnd,
}: {
	readonly planned: readonly PlannedEdit[];
	readonly onBack: () => void;
	readonly onEnd: () => void;
}): ReactNode {
	const {context} = useShell();
	const {columns} = useViewport();
	const width = Math.min(columns, 100);
	const plans = planned.flatMap(({plan}) => (plan && plan.changes.length > 0 ? [plan] : []));
	const live = plans.filter(({changes}) => changes.some(({where}) => where === 'exchange'));
	const refused = planned.flatMap(({key: {id, name}, error}) => (error ? [{id, name, error}] : []));
	const unchanged = planned.flatMap(({key: {id}, plan}) => (plan?.changes.length === 0 ? [id] : []));
	return (
		<Confirmation
			title={titleOf(planned, plans, live.length)}
			sections={planned.map(
				({key: {name}, plan, error}) =>
					() =>
						changeRows({name, changes: plan?.changes ?? [], error}, width),
			)}
			warnings={warningRows(plans, width)}
			count={plans.length}
			isTyped={live.length > 0 && plans.length > 1}
			refused={refused}
			unchanged={unchanged}
			words={{
				done: count => (live.length > 0 ? t`${count} keys are changed.` : t`${count} keys are changed in this vault.`),
				one: ({name}) => t`${sanitize(name)} is changed.`,
			}}
			hint={plans.some(({changes}) => changes.some(({where}) => where === 'declared')) ? declaredHint() : undefined}
			act={async steps => editKeys(context, plans, steps)}
			onBack={onBack}
			onEnd={onEnd}
		/>
	);
}

function declaredHint(): string {
	return t`The exchange was not told of what is only declared: change it on its page too; the next test compares.`;
}

function titleOf(planned: readonly PlannedEdit[], plans: readonly EditPlan[], live: number): string {
	const [first] = planned;
	if (planned.length === 1 && plans.length === 1) return t`This would change ${sanitize(first!.key.name)}`;
	const declared = plans.filter(({changes}) => changes.some(({where}) => where === 'declared')).length;
	const parts = [
		...(live > 0 ? [t`${live} on the exchange`] : []),
		...(declared > 0 ? [t`${declared} declared only`] : []),
	];
	const count = t`This would change ${plans.length} of ${planned.length} keys`;
	return parts.length === 0 ? count : t`${count}: ${parts.join(', ')}`;
}

/** Addresses that no call reaches the exchange from; each is told once. */
function warningRows(plans: readonly EditPlan[], width: number): Row[] {
	const problems = plans.flatMap(({patch, base}) => {
		const warning = patch.ip && unreachableProblem({ip: patch.ip, site: patch.site ?? base.site});
		return warning ? [warning.problem] : [];
	});
	return [...new Set(problems)].flatMap(problem => textRows(sanitize(problem), width, 'warn'));
}
