import {useMemo, useState, type ReactNode} from 'react';
import {suggestedCommand} from '../../core/invocation.ts';
import {copyFields, copyLabel, copyProblem, type CopyField} from '../../actions/copy.ts';
import {clipboardWords} from '../../core/terminal/clipboard-words.ts';
import {isUnfinished} from '../../core/key/operation.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth, truncate} from '../../core/text/width.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {TextView} from '../drawing/text-view.tsx';
import {symbols, type Tone} from '../drawing/theme.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {useActions} from '../keyboard/actions.ts';
import {useListSelection} from '../key-view/list-selection.ts';
import {useCopying} from '../shell/copying.ts';
import {useShownKeys} from '../shell/hooks.ts';
import {useShell} from '../shell/shell.ts';
import {t} from '../../language/translate.ts';

const widest = 100;

/** The menu of what can be copied of a key; it stays, so that one part can be copied after another. */
export function Copy({id, first}: {readonly id: string; readonly first?: CopyField}): ReactNode {
	const {context} = useShell();
	const {columns, rows: height} = useViewport();
	const {copyPart} = useCopying();
	const [copied, setCopied] = useState<CopyField>();
	const key = useShownKeys().find(one => one.id === id);
	const where = useMemo(() => {
		const ways = context.clipboard?.ways() ?? [];
		return ways.length === 0 ? undefined : clipboardWords(ways);
	}, [context]);
	const width = Math.min(columns, widest);
	const page = Math.max(1, Math.min(copyFields.length, height - 2));
	const {selected, start} = useListSelection(copyFields, field => field, page, {firstId: first});

	const isThere = key !== undefined && !isUnfinished(key);
	const problemOf = (field: CopyField) => (isThere ? copyProblem(context, key, field) : undefined);
	const problem = selected && problemOf(selected);
	useActions('copy', {
		copy:
			isThere && selected
				? problem === undefined
					? () => {
							if (copyPart(key, selected)) setCopied(selected);
						}
					: {disabled: problem}
				: undefined,
	});
	if (!isThere) return <TextView rows={[[{text: t`This key is no longer in the vault.`, tone: 'muted'}]]} />;

	const {text, tone} =
		problem === undefined
			? aboutWords(where, context.settings.get('clipboard-time'))
			: {text: problem, tone: 'warn' as const};
	const rows: Row[] = [
		[{text: truncate(t`Copy which part of ${sanitize(key.name)}?`, width), tone: 'title'}],
		[],
		...copyFields.slice(start, start + page).map((field): Row => {
			const isSelected = field === selected;
			const isMissing = problemOf(field) !== undefined;
			const label = isMissing ? t`${copyLabel(field)} (not now)` : copyLabel(field);
			return [
				{text: isSelected ? `${symbols.selected} ` : '  ', tone: 'accent'},
				{text: padToWidth(field === copied ? symbols.good : '', 2), tone: 'good'},
				{text: truncate(label, width - 4), tone: isMissing ? 'muted' : isSelected ? 'selected' : 'plain'},
			];
		}),
		[],
		...wrap(text, width).map((row): Row => [{text: row, tone}]),
	];
	return <Rows width={columns} rows={rows.slice(0, height)} />;
}

function aboutWords(where: string | undefined, holdMs: number): {readonly text: string; readonly tone: Tone} {
	if (where === undefined)
		return {text: t`No clipboard can be reached from here; ${suggestedCommand('doctor')} says why.`, tone: 'warn'};
	return {
		text: t`It is ${where}. A secret is cleared after ${holdMs / 1000} s, at a lock and when you leave, and
			noted with the key. Programs of your desktop can read it until then.`,
		tone: 'muted',
	};
}
