import {useState} from 'react';
import {planEdits, type PlannedEdit} from '../../../actions/edit-many.ts';
import type {KeyChange} from '../../../actions/key-change.ts';
import {useGuard, useTask} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {useActions} from '../../keyboard/actions.ts';
import type {Progress} from '../../key-view/progress-row.ts';
import {t} from '../../../language/translate.ts';

type BulkPlanning = {
	readonly planned: readonly PlannedEdit[] | undefined;
	readonly review: {readonly onBack: () => void; readonly onEnd: () => void};
	/** While the exchange is asked. */
	readonly progress: Progress | undefined;
	readonly form: {readonly isActive: boolean; readonly onBack: () => void; readonly onSubmit: () => void};
};

/** Plans a change of several keys from a form, which is guarded against being left by mistake. */
export function useBulkPlanning(ids: readonly string[], change: KeyChange, isChanged: boolean): BulkPlanning {
	const {context, notify, leave} = useShell();
	const [planned, setPlanned] = useState<readonly PlannedEdit[]>();
	const [progress, setProgress] = useState<Progress>();
	const {isBusy, run, cancel} = useTask();
	const [isEnded, setEnded] = useState(false);
	useGuard(isChanged && !isEnded ? 'typed' : undefined);
	useActions('busy', {cancel}, {isActive: isBusy});
	return {
		planned,
		review: {
			onBack() {
				setPlanned(undefined);
			},
			onEnd() {
				setEnded(true);
			},
		},
		progress: isBusy ? progress : undefined,
		form: {
			isActive: planned === undefined && !isBusy,
			onBack: leave,
			onSubmit() {
				if (!isChanged) {
					notify({text: t`Nothing is typed, so nothing would change.`});
					return;
				}

				const startedAt = context.clock();
				const show = (done: number) => {
					setProgress({done, total: ids.length, startedAt, now: context.clock()});
				};
				show(0);
				run(async signal => {
					const made = await planEdits(context, ids, change, {signal, onDone: show});
					if (!signal.aborted) setPlanned(made);
				});
			},
		},
	};
}
