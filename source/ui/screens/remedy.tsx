import {useEffect, useEffectEvent, useState, type ReactNode} from 'react';
import type {EditPlan} from '../../actions/edit-plan.ts';
import {apiPage} from '../../exchange/sites.ts';
import {planRemedy, type Remedy} from '../../actions/remedy.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {Rows} from '../drawing/rows.tsx';
import {useBusyWords, useTask} from '../shell/hooks.ts';
import {useShell, type StatusMessage} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {PlanReview} from './plan-review.tsx';
import {t} from '../../language/translate.ts';

export function RemedyReview({id, remedy}: {readonly id: string; readonly remedy: Remedy}): ReactNode {
	const {context, pop, notify, notifyError} = useShell();
	const {columns} = useViewport();
	const {isBusy, run} = useTask();
	const looking = useBusyWords(t`Looking at what the exchange has now…`, isBusy);
	const [plan, setPlan] = useState<EditPlan>();
	const look = useEffectEvent(() => {
		run(
			async signal => {
				const made = await planRemedy(context, id, remedy, {signal});
				if (signal.aborted) return;
				if (made.changes.length > 0) return setPlan(made);
				pop();
				notify(nothingWords(made, remedy));
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

function nothingWords({base, listed}: EditPlan, remedy: Remedy): StatusMessage {
	if (remedy.act === 'add-ip' && listed)
		return {text: t`${sanitize(remedy.address)} is on the list of the exchange already: test it again.`};
	if (remedy.act !== 'add-ip') return {text: t`Nothing is different any more, so there is nothing to save.`};
	return {
		text: t`${sanitize(remedy.address)} is declared here already.`,
		hint: t`Put it on the allow-list on the page of the exchange: ${sanitize(apiPage(base))}`,
		tone: 'warn',
	};
}
