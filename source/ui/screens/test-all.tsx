import {useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode} from 'react';
import {byAccount} from '../../actions/accounts.ts';
import {liveKeys} from '../../actions/keys.ts';
import {whyNoneToTest} from '../../actions/no-keys.ts';
import {testKeys} from '../../actions/test-all.ts';
import {truncate} from '../../core/text/width.ts';
import {outcomeOf, outcomeTable, worstFirst, type TestOutcome, type Tested} from '../key-view/outcome-table.ts';
import {causeRows} from '../key-view/cause-rows.ts';
import {progressRow, type Progress} from '../key-view/progress-row.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {useFollowing, useTask} from '../shell/hooks.ts';
import {useListSelection} from '../key-view/list-selection.ts';
import {useActions} from '../keyboard/actions.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {t} from '../../language/translate.ts';

/** Milliseconds between two updates, so that a thousand results do not need a thousand frames. */
const lookEveryMs = 250;

type ShownOutcomes = {readonly outcomes: ReadonlyMap<string, TestOutcome>; readonly at: number};

/** Tests all keys in use, or those of `ids`, account by account. Results are kept even when the test is cancelled. */
export function TestAll({ids}: {readonly ids?: readonly string[] | undefined}): ReactNode {
	const {context, push, notify, notifyError} = useShell();
	const {columns, rows: height} = useViewport();
	const {isBusy, isStopping, run, stop} = useTask();
	const [keys] = useState(() => {
		const wanted = ids && new Set(ids);
		return byAccount(
			liveKeys(context.vault.read()).filter(({id, status}) => status === 'active' && (wanted?.has(id) ?? true)),
			key => key,
		).flat();
	});
	const [startedAt, setStartedAt] = useState(context.clock);
	const [seen, setSeen] = useState<ShownOutcomes>({outcomes: new Map(), at: startedAt});
	const tested = useRef(new Map<string, TestOutcome>());
	const [onlyFailures, setOnlyFailures] = useState(false);

	const look = useEffectEvent(() => {
		const outcomes = tested.current;
		setSeen(before =>
			before.outcomes.size === outcomes.size && outcomes.size === 0
				? before
				: {outcomes: new Map(outcomes), at: context.clock()},
		);
	});
	useEffect(() => {
		if (!isBusy) return undefined;
		const timer = setInterval(look, lookEveryMs);
		return () => {
			clearInterval(timer);
		};
	}, [isBusy]);

	const start = () => {
		const outcomes = new Map<string, TestOutcome>();
		tested.current = outcomes;
		run(
			async signal => {
				let isStored = !context.readonly;
				const notStored = (error: unknown) => {
					isStored = false;
					notifyError(error);
				};
				try {
					await testKeys(context, keys, {
						signal,
						onNotStored: notStored,
						onResult(result, {id}) {
							outcomes.set(id, outcomeOf(result));
						},
					});
				} catch (error) {
					if (!signal.aborted) throw error;
					if (isStored || context.readonly)
						notify({
							text: isStored
								? t`Cancelled: ${outcomes.size} of ${keys.length} tested and stored.`
								: t`Cancelled: ${outcomes.size} of ${keys.length} tested.`,
						});
				} finally {
					setSeen({outcomes: new Map(outcomes), at: context.clock()});
				}
			},
			{finishes: true, stops: true},
		);
	};
	const again = () => {
		setSeen({outcomes: new Map(), at: context.clock()});
		setStartedAt(context.clock());
		start();
	};
	const startAtOnce = useEffectEvent(() => {
		if (keys.length > 0) start();
	});
	useEffect(() => {
		startAtOnce();
	}, []);

	const {outcomes} = seen;
	const all = useMemo(() => {
		const inOrder = keys.map((key): Tested => ({key, outcome: outcomes.get(key.id)}));
		return isBusy ? inOrder : worstFirst(inOrder);
	}, [keys, outcomes, isBusy]);
	const failing = useMemo(() => all.filter(({outcome}) => outcome?.ok === false), [all]);
	const lines = onlyFailures ? failing : all;
	const detailHeight = height >= 14 ? 6 : height >= 9 ? 3 : 2;
	const page = Math.max(1, height - 2 - detailHeight);
	const {selected, start: first, scrollToTop} = useListSelection(lines, ({key}) => key.id, page);

	useFollowing(selected?.key.id);
	useActions('testAll', {
		open:
			selected &&
			(() => {
				push({screen: 'key', id: selected.key.id});
			}),
		failures: {
			act() {
				setOnlyFailures(!onlyFailures);
				scrollToTop();
			},
			label: onlyFailures ? t`all` : t`only failures`,
		},
		again:
			keys.length === 0
				? {disabled: t`There is no key to test.`}
				: isBusy
					? {disabled: t`The test is under way.`}
					: again,
	});
	useActions('busy', {cancel: stop}, {isActive: isBusy});

	if (keys.length === 0)
		return (
			<Rows
				width={columns}
				rows={wrap(whyNoneToTest(context.vault.read()), columns).map((text): Row => [{text, tone: 'muted'}])}
			/>
		);
	const table = outcomeTable(columns);
	const progress = {done: outcomes.size, total: keys.length, startedAt, now: seen.at};
	const head = isBusy ? progressRow(progress, isStopping, columns) : summaryRow(progress, failing.length, columns);
	const body =
		lines.length === 0
			? [
					[
						{
							text: outcomes.size === 0 ? `  ${t`Nothing has been tested.`}` : `  ${t`All tested keys passed.`}`,
							tone: 'muted',
						},
					] as Row,
				]
			: lines
					.slice(first, first + page)
					.map((line, index) => table.row(line, index === 0 ? undefined : lines[first + index - 1], line === selected));
	const padding = Array.from({length: Math.max(0, page - body.length)}, (): Row => []);
	return (
		<Rows
			width={columns}
			rows={[
				head,
				table.header,
				...body,
				...padding,
				...causeRows(selected?.outcome?.ok === true ? undefined : selected?.outcome, columns, detailHeight),
			]}
		/>
	);
}

function summaryRow({done, total}: Progress, failures: number, columns: number): Row {
	const count = done === total ? t`${total} tested` : t`${done} of ${total} tested`;
	const text = failures === 0 ? t`${count}: all passed` : t`${count}: ${done - failures} passed, ${failures} failed`;
	return [{text: truncate(text, columns), tone: failures === 0 ? 'good' : 'warn'}];
}
