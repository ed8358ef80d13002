import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {failureWords, type KeyResult} from '../../../actions/several.ts';
import type {AppError} from '../../../core/errors.ts';
import {isAppError} from '../../../core/errors.ts';
import {emptyLine} from '../../../core/text/editing/line-editor.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {truncate} from '../../../core/text/width.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {TextView, type LayOut} from '../../drawing/text-view.tsx';
import {symbols} from '../../drawing/theme.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {TextField} from '../../forms/text-field.tsx';
import {progressRow, type Progress} from '../../key-view/progress-row.ts';
import {shownKeyOf} from '../../keyboard/bindings.ts';
import {useActions} from '../../keyboard/actions.ts';
import {useTask} from '../../shell/hooks.ts';
import {useUnmark} from '../../marks.ts';
import {useShell} from '../../shell/shell.ts';
import {t} from '../../../language/translate.ts';

type Steps = {readonly signal: AbortSignal; readonly onDone: (done: number) => void};

type Props<Result extends KeyResult> = {
	readonly title: string;
	/** The rows of each key, which are laid out as they come into sight. */
	readonly sections: readonly (() => readonly Row[])[];
	/** What is to be known of them all. */
	readonly warnings: readonly Row[];
	/** The keys that would change. */
	readonly count: number;
	/** Whether their number must be typed; otherwise y is enough. */
	readonly isTyped: boolean;
	/** The keys that cannot be changed so. */
	readonly refused: readonly {readonly id: string; readonly name: string; readonly error: AppError}[];
	/** The ids of those that are as wanted already. */
	readonly unchanged: readonly string[];
	readonly words: {readonly done: (count: number) => string; readonly one: (result: Result) => string};
	/** What is left to do when it is done. */
	readonly hint: string | undefined;
	readonly act: (steps: Steps) => Promise<readonly Result[]>;
	readonly onBack: () => void;
	/** Called before results are shown that someone should read. */
	readonly onEnd?: (() => void) | undefined;
};

/**
 * One confirmation for several keys, the progress of what it begins, and the result of each key where one has failed.
 * Failed keys stay marked, so that it can be repeated for them.
 */
export function Confirmation<Result extends KeyResult>(props: Props<Result>): ReactNode {
	const {title, sections, warnings, count, isTyped, refused, unchanged, words, hint, act, onBack, onEnd} = props;
	const {context, notify, pop} = useShell();
	const {columns, rows: height} = useViewport();
	const unmark = useUnmark();
	const {isBusy, isStopping, run, stop} = useTask();
	const [line, setLine] = useState(emptyLine);
	const [progress, setProgress] = useState<Progress>();
	const [results, setResults] = useState<readonly ToldResult[]>();

	const start = () => {
		const startedAt = context.clock();
		const show = (done: number) => {
			setProgress({done, total: count, startedAt, now: context.clock()});
		};
		show(0);
		run(
			async signal => {
				const ended = await act({signal, onDone: show});
				const done = ended.filter(({error}) => !error);
				unmark([...done.map(({id}) => id), ...unchanged]);
				const failed = ended.length + refused.length - done.length;
				const said = done.length === 1 ? words.one(done[0]!) : words.done(done.length);
				if (failed === 0) {
					pop();
					notify({text: said, hint, tone: 'good'});
					return;
				}

				onEnd?.();
				setResults([
					...[...ended, ...refused].flatMap(({name, error}) =>
						error ? [{isDone: false, text: failedWords(sanitize(name), error)}] : [],
					),
					...done.map(result => ({isDone: true, text: `${symbols.good} ${words.one(result)}`})),
				]);
				notify({
					text: failed === 1 ? t`${said} ${failed} has failed.` : t`${said} ${failed} have failed.`,
					hint: t`What has failed stays marked.`,
					tone: 'warn',
				});
			},
			{finishes: true, stops: true},
		);
	};

	const isAsking = results === undefined && !isBusy && count > 0;
	useActions('saveReview', {save: start}, {isActive: isAsking && !isTyped});
	useActions('form', {back: onBack}, {isActive: results === undefined && !isBusy && !(isAsking && isTyped)});
	useActions(
		'confirmByName',
		{
			no: onBack,
			enter() {
				if (line.text.trim() === String(count)) start();
				else notify({text: t`That is not the number of keys; nothing was changed.`, tone: 'warn'});
			},
		},
		{isActive: isAsking && isTyped},
	);
	useActions('busy', {cancel: stop}, {isActive: isBusy});

	if (results) return <TextView rows={results.flatMap(result => resultRows(result, columns))} />;
	const back = shownKeyOf('form', 'back');
	const question = isTyped
		? t`Type ${count} to go on; ${back} goes back.`
		: t`Press ${shownKeyOf('saveReview', 'save')} to go on, ${back} to go back.`;
	const bottom: Row =
		isBusy && progress
			? progressRow(progress, isStopping, columns)
			: [
					{
						text: truncate(count === 0 ? t`Nothing would change. ${back} goes back.` : question, columns),
						tone: 'accent',
					},
				];
	const layOut: LayOut = most => {
		const shown: Row[] = [[{text: truncate(title, columns), tone: 'title'}], ...warnings, []];
		let next = 0;
		for (; next < sections.length && shown.length < most; next++) shown.push(...sections[next]!());
		return {rows: shown, isWhole: next === sections.length};
	};
	const hasField = isTyped && isAsking;
	return (
		<Box flexDirection="column">
			<TextView rows={layOut} height={Math.max(2, height - (hasField ? 2 : 1))} />
			<Rows width={columns} rows={[bottom]} />
			{hasField && <TextField label={t`Number of keys`} line={line} onLine={setLine} isFocused width={columns} />}
		</Box>
	);
}

type ToldResult = {readonly isDone: boolean; readonly text: string};

function resultRows({isDone, text}: ToldResult, columns: number): Row[] {
	return wrap(text, Math.max(8, columns - 2)).map((row, index): Row => [
		{text: `${index === 0 ? '' : '  '}${row}`, tone: isDone ? 'good' : 'bad'},
	]);
}

function failedWords(name: string, error: AppError): string {
	return isAppError(error, 'aborted')
		? `${symbols.bad} ${t`${name}: cancelled before it was changed`}`
		: `${symbols.bad} ${failureWords(name, error)}`;
}
