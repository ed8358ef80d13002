import type {ReactNode} from 'react';
import {editKeys, failureWords, type PlannedEdit} from '../../../actions/edit-many.ts';
import type {Change, EditPlan} from '../../../actions/edit-plan.ts';
import {fieldWord} from '../../../core/key/field-words.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {unreachableProblem} from '../../../core/ip/unreachable.ts';
import type {Row} from '../../drawing/rows.tsx';
import {symbols} from '../../drawing/theme.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {useShell} from '../../shell/shell.ts';
import {Confirmation} from './confirmation.tsx';
import {msg, t, type Translatable} from '../../../language/translate.ts';

const whereWords: Readonly<Record<Change['where'], Translatable>> = {
	vault: msg`in this vault`,
	exchange: msg`on the exchange, at once`,
	declared: msg`declared in this vault only`,
};

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
			sections={planned.map(one => () => keyRows(one, width))}
			warnings={warningRows(plans, width)}
			count={plans.length}
			isTyped={live.length > 0 && plans.length > 1}
			refused={refused}
			unchanged={unchanged}
			words={{
				done: count => (live.length > 0 ? t`${count} keys are changed.` : t`${count} keys are changed in this vault.`),
				one: name => t`${name} is changed.`,
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

function keyRows({key, plan, error}: PlannedEdit, width: number): Row[] {
	const name = sanitize(key.name);
	if (error) return textRows(`${symbols.bad} ${failureWords(key.name, error)}`, width, 'bad');
	if (plan.changes.length === 0) return textRows(`${symbols.none} ${t`${name}: nothing changes`}`, width, 'muted');
	return [
		[{text: `  ${name}`, tone: 'plain'}],
		...plan.changes.flatMap(({field, from, to, where}): Row[] => [
			[
				`    ${fieldWord(field)}  `,
				{text: whereWords[where](), tone: where === 'vault' ? 'muted' : where === 'exchange' ? 'warn' : 'accent'},
			],
			...valueRows('-', from, width, 'muted'),
			...valueRows('+', to, width, 'plain'),
		]),
	];
}

function valueRows(sign: string, text: string, width: number, tone: 'muted' | 'plain'): Row[] {
	return wrap(sanitize(text) || t`nothing`, Math.max(8, width - 8)).map((line, index): Row => [
		{text: `      ${index === 0 ? sign : ' '} `, tone: 'muted'},
		{text: line, tone},
	]);
}

function textRows(text: string, width: number, tone: 'bad' | 'muted' | 'warn'): Row[] {
	return wrap(text, width - 2).map((line, index): Row => [{text: `${index === 0 ? '' : '  '}${line}`, tone}]);
}

/** Addresses that no call reaches the exchange from; each is told once. */
function warningRows(plans: readonly EditPlan[], width: number): Row[] {
	const problems = plans.flatMap(({patch, base}) => {
		const warning = patch.ip && unreachableProblem({ip: patch.ip, site: patch.site ?? base.site});
		return warning ? [warning.problem] : [];
	});
	return [...new Set(problems)].flatMap(problem => textRows(sanitize(problem), width, 'warn'));
}
