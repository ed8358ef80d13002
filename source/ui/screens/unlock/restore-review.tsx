import {useEffect, useMemo, useRef, type ReactNode} from 'react';
import type {OpenedBackup} from '../../../vault/vault.ts';
import type {Row} from '../../drawing/rows.tsx';
import {TextView} from '../../drawing/text-view.tsx';
import {backupRows, timeAndAge} from './backup-rows.ts';
import {useBusyWords, useTask} from '../../shell/hooks.ts';
import {useActions} from '../../keyboard/actions.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {t} from '../../../language/translate.ts';
import {useNow} from '../../timing/use-alarms.ts';

/** Shows an earlier save before it replaces the vault, and disposes of it with the screen. */
export function RestoreReview({copy, onLeave}: {readonly copy: OpenedBackup; readonly onLeave: () => void}): ReactNode {
	const {reset, notify, notifyError} = useShell();
	const {columns} = useViewport();
	const now = useNow();
	const {isBusy, run} = useTask();
	const restoring = useBusyWords(t`Restoring it…`, isBusy);
	const width = Math.min(columns, 90);
	// Computed before a restore: the comparison needs secrets, and the vault may be locked afterwards.
	const shown = useMemo(() => backupRows(copy, now, width), [copy, now, width]);
	const isTaken = useRef(false);
	// A running restore still needs its key, and disposes of it by itself.
	useEffect(
		() => () => {
			if (!isTaken.current) copy.dispose();
		},
		[copy],
	);
	useActions(
		'restoreReview',
		{
			restore() {
				isTaken.current = true;
				run(
					async () => {
						const {keptAs} = await copy.restore();
						reset();
						notify({
							text: t`The save of ${timeAndAge(copy.savedAt, now)} is your vault again.`,
							...(keptAs !== undefined && {hint: t`The former vault is kept: ${keptAs}`}),
							tone: 'good',
						});
					},
					{
						finishes: true,
						onError(error) {
							copy.dispose();
							onLeave();
							notifyError(error);
						},
					},
				);
			},
			leave: onLeave,
		},
		{isActive: !isBusy},
	);

	return (
		<TextView
			rows={[
				[{text: t`Restore this earlier save?`, tone: 'title'}],
				...wrap(isBusy ? restoring : t`y replaces the vault with it. n leaves everything as it is.`, width).map(
					(text): Row => [{text, tone: 'accent'}],
				),
				[],
				...shown,
			]}
		/>
	);
}
