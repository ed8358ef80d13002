import {useEffect, useEffectEvent, useState, type ReactNode} from 'react';
import type {EditPlan} from '../../actions/edit-plan.ts';
import {Rows} from '../drawing/rows.tsx';
import {useBusyWords, useTask} from '../shell/hooks.ts';
import {useShell, type StatusMessage} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {PlanReview} from './plan-review.tsx';
import {t} from '../../language/translate.ts';

type Props = {
	readonly planned: (signal: AbortSignal) => Promise<EditPlan>;
	/** What is said, and the screen closed, for a plan without changes. */
	readonly nothing: (plan: EditPlan) => StatusMessage;
};

/** Makes a plan as it opens, and shows it. */
export function PlannedReview({planned, nothing}: Props): ReactNode {
	const {pop, notify, notifyError} = useShell();
	const {columns} = useViewport();
	const {isBusy, run} = useTask();
	const looking = useBusyWords(t`Looking at what the exchange has now…`, isBusy);
	const [plan, setPlan] = useState<EditPlan>();
	const look = useEffectEvent(() => {
		run(
			async signal => {
				const made = await planned(signal);
				if (signal.aborted) return;
				if (made.changes.length > 0) return setPlan(made);
				pop();
				notify(nothing(made));
			},
			{
				onError(error) {
					pop();
					notifyError(error);
				},
			},
		);
	});
	useEffect(() => {
		look();
	}, []);
	if (plan)
		return (
			<PlanReview
				plan={plan}
				onBack={() => {
					pop();
				}}
			/>
		);
	return <Rows width={columns} rows={[[{text: looking, tone: 'accent'}]]} />;
}
