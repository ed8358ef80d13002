import {useState} from 'react';
import {planEdit} from '../../actions/plan-edit.ts';
import type {EditPatch, EditPlan} from '../../actions/edit-plan.ts';
import {refuse, type Problem} from '../../core/problem.ts';
import {useBusyWords, useGuard, useTask} from '../shell/hooks.ts';
import {useShell} from '../shell/shell.ts';
import {useActions} from '../keyboard/actions.ts';
import {t} from '../../language/translate.ts';

type EditPlanning = {
	readonly plan: EditPlan | undefined;
	readonly discardPlan: () => void;
	/** What is being done, while the plan is made. */
	readonly doing: string | undefined;
	readonly form: {readonly isActive: boolean; readonly onBack: () => void; readonly onSubmit: () => void};
};

/** Plans an edit from the content of a form, and guards the form against being left by mistake. */
export function useEditPlanning(
	id: string,
	{
		patch,
		isChanged,
		problem,
	}: {readonly patch: EditPatch; readonly isChanged: boolean; readonly problem?: Problem | undefined},
): EditPlanning {
	const {context, notify, leave} = useShell();
	const [plan, setPlan] = useState<EditPlan>();
	const {isBusy, run, cancel} = useTask();
	const looking = useBusyWords(t`Looking at what the exchange has now…`, isBusy);
	useGuard(isChanged ? 'typed' : undefined);
	useActions('busy', {cancel}, {isActive: isBusy});
	return {
		plan,
		discardPlan() {
			setPlan(undefined);
		},
		doing: isBusy ? looking : undefined,
		form: {
			isActive: plan === undefined && !isBusy,
			onBack: leave,
			onSubmit() {
				run(async signal => {
					refuse(problem);
					const made = await planEdit(context, id, patch, {signal});
					if (signal.aborted) return;
					if (made.changes.length === 0) notify({text: t`Nothing is different, so there is nothing to save.`});
					else setPlan(made);
				});
			},
		},
	};
}
