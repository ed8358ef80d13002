import {useEffect, useEffectEvent, useRef, useState, type ReactNode} from 'react';
import type {ImportOutcome} from '../../../actions/import-draft.ts';
import {
	copyWords,
	importPreviewed,
	areAllStored,
	shreddedWords,
	type ImportOpener,
	type ImportPreview,
} from '../../../actions/import-file.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {t} from '../../../language/translate.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {causeRows} from '../../key-view/cause-rows.ts';
import {importTable} from '../../key-view/import-table.ts';
import {useListSelection} from '../../key-view/list-selection.ts';
import {progressRow, type Progress} from '../../key-view/progress-row.ts';
import {useActions} from '../../keyboard/actions.ts';
import {useTask} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {aboutRows} from './about-rows.ts';

/** Milliseconds between two updates of the bar. */
const lookEveryMs = 100;

type Props = {
	readonly preview: ImportPreview;
	/** What opened an age file. */
	readonly opener: {readonly current: ImportOpener | undefined};
	readonly onLeave: () => void;
};

/** What an import would do, then its progress, then what it has done. */
export function Review({preview, opener, onLeave}: Props): ReactNode {
	const {context, notify} = useShell();
	const {columns, rows: height} = useViewport();
	const {isBusy, isStopping, run, stop} = useTask();
	const [done, setDone] = useState<readonly ImportOutcome[]>();
	const [progress, setProgress] = useState<Progress>();
	const [isAsking, setAsking] = useState(false);
	const [isGone, setGone] = useState(false);
	const [copies, setCopies] = useState<readonly string[]>([]);
	const counted = useRef<Progress>(undefined);
	const look = useEffectEvent(() => {
		const latest = counted.current;
		if (latest) setProgress({...latest, now: context.clock()});
	});
	useEffect(() => {
		if (!isBusy) return undefined;
		const timer = setInterval(look, lookEveryMs);
		return () => {
			clearInterval(timer);
		};
	}, [isBusy]);

	const take = (test: boolean) => () => {
		const startedAt = context.clock();
		const outcomes: ImportOutcome[] = [];
		counted.current = {done: 0, total: preview.outcomes.length, startedAt, now: startedAt};
		setProgress(counted.current);
		run(
			async signal => {
				try {
					await importPreviewed(context, preview, {
						test,
						signal,
						opener: opener.current,
						onOutcome(outcome) {
							outcomes.push(outcome);
						},
						onProgress(progress) {
							counted.current = {...progress, startedAt, now: startedAt};
						},
					});
				} catch (error) {
					if (!signal.aborted) throw error;
					notify({text: t`Cancelled after ${outcomes.length} of ${preview.outcomes.length}; what is stored stays.`});
				} finally {
					if (outcomes.length > 0) {
						if (!preview.isEncrypted) setCopies(copyWords(preview.file, context.files));
						setDone(outcomes);
					}
				}
			},
			{finishes: true, stops: true},
		);
	};
	const hasNew = preview.outcomes.some(({what}) => what === 'new');
	const canShred =
		done !== undefined &&
		!isGone &&
		!preview.isEncrypted &&
		areAllStored(done) &&
		done.length === preview.outcomes.length;
	useActions(
		'importReview',
		{
			import: hasNew ? take(true) : {disabled: t`There is nothing in it to import.`},
			untested: hasNew ? take(false) : undefined,
			leave: onLeave,
		},
		{isActive: !isBusy && done === undefined},
	);
	useActions('busy', {cancel: stop}, {isActive: isBusy});
	useActions(
		'imported',
		{
			shred() {
				setAsking(true);
			},
		},
		{isActive: canShred && !isAsking},
	);
	useActions(
		'confirm',
		{
			yes() {
				setAsking(false);
				run(async () => {
					context.files!.shred(preview.file, preview.sha256);
					setGone(true);
					notify({text: shreddedWords(sanitize(preview.file)), tone: 'good'});
				});
			},
			no() {
				setAsking(false);
			},
		},
		{isActive: isAsking},
	);

	const outcomes = done ?? preview.outcomes;
	const detailHeight = height >= 14 ? 6 : height >= 9 ? 3 : 2;
	const about = aboutRows({preview, outcomes, isDone: done !== undefined, isGone, isAsking, copies}, columns);
	const page = Math.max(1, height - about.length - 1 - detailHeight);
	const {selected, start} = useListSelection(outcomes, ({number}) => String(number), page);
	const table = importTable(outcomes, columns);
	const body = outcomes.slice(start, start + page).map(outcome => table.row(outcome, outcome === selected));
	const padding = Array.from({length: Math.max(0, page - body.length)}, (): Row => []);
	const head = isBusy && progress ? [progressRow(progress, isStopping, columns), ...about.slice(1)] : about;
	return (
		<Rows
			width={columns}
			rows={[...head, table.header, ...body, ...padding, ...causeRows(selected, columns, detailHeight)]}
		/>
	);
}
