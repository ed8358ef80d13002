import {useEffect, useEffectEvent, useState, type ReactNode} from 'react';
import type {EditPlan} from '../../../actions/edit-plan.ts';
import {planAccept} from '../../../actions/inventory/accept-listed.ts';
import type {InventoryEntry} from '../../../actions/inventory/inventory.ts';
import {planChange} from '../../../actions/key-change.ts';
import {Rows} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {useBusyWords, useTask} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {PlanReview} from '../plan-review.tsx';
import {t} from '../../../language/translate.ts';

type Props = {readonly entry: InventoryEntry; readonly how: 'accept' | 'enforce'};

/** Shows what would be declared as the exchange has it, or set there as it is declared. */
export function AdoptReview({entry, how}: Props): ReactNode {
	const {context, pop, notify, notifyError} = useShell();
	const {columns} = useViewport();
	const {isBusy, run} = useTask();
	const looking = useBusyWords(t`Looking at what the exchange has now…`, isBusy);
	const [plan, setPlan] = useState<EditPlan>();
	const look = useEffectEvent(() => {
		run(
			async signal => {
				const made =
					how === 'accept'
						? planAccept(context, entry)
						: await planChange(context, entry.key?.id ?? '', {enforcesDeclared: true}, {signal});
				if (signal.aborted) return;
				if (made.changes.length > 0) return setPlan(made);
				pop();
				notify({text: t`Nothing is different any more, so there is nothing to save.`});
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
	if (!plan) return <Rows width={columns} rows={[[{text: looking, tone: 'accent'}]]} />;
	return (
		<PlanReview
			plan={plan}
			onBack={() => {
				pop();
			}}
		/>
	);
}
