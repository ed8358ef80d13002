import {useMemo, useState, type ReactNode} from 'react';
import {shownKeys} from '../../actions/keys.ts';
import {whyNoKeys} from '../../actions/no-keys.ts';
import {findingIds, findingKinds} from '../../core/health/finding-kinds.ts';
import {duplicatesIn, findings, type Finding} from '../../core/health/findings.ts';
import {scoreOf} from '../../core/health/score.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth, width as widthOf} from '../../core/text/width.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {useContent} from '../shell/hooks.ts';
import {windowStart} from '../key-view/list-selection.ts';
import {useActions} from '../keyboard/actions.ts';
import {useSettings} from '../shell/settings.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {symbols} from '../drawing/theme.ts';
import {t} from '../../language/translate.ts';
import {useNow} from '../timing/use-alarms.ts';

const cards = findingIds.map(id => ({id, label: findingKinds[id].label}));
const twoColumnsFrom = 80;
const widestCard = 40;
/** Columns for the points and the reasons of a score. */
const leastReasons = 35;

export function Health(): ReactNode {
	const {push} = useShell();
	const {columns, rows: height} = useViewport();
	const content = useContent();
	const now = useNow();
	const [chosenAt, setAt] = useState<number>();
	const healthyScore = useSettings().get('healthy-score');
	const {counts, average, below, worst, total} = useMemo(
		() => healthOfAll(shownKeys(content), now, healthyScore),
		[content, now, healthyScore],
	);
	// Until the cursor moves, the first card with a finding is selected.
	const at =
		chosenAt ??
		Math.max(
			0,
			cards.findIndex(({id}) => counts.has(id)),
		);
	const across = columns >= twoColumnsFrom ? 2 : 1;
	const move = (by: number) => {
		setAt(Math.max(0, Math.min(cards.length - 1, at + by)));
	};
	const {id: chosen} = cards[at]!;
	useActions(
		'list',
		{
			up() {
				move(-across);
			},
			down() {
				move(across);
			},
			first() {
				setAt(0);
			},
			last() {
				setAt(cards.length - 1);
			},
		},
		{isActive: total > 0},
	);
	useActions(
		'health',
		{
			left() {
				move(-1);
			},
			right() {
				move(1);
			},
			open:
				(counts.get(chosen) ?? 0) > 0
					? () => {
							push({screen: 'keys', filter: `health:${chosen}`});
						}
					: {disabled: t`No key has this.`},
		},
		{isActive: total > 0},
	);
	if (total === 0)
		return (
			<Rows
				width={columns}
				rows={[[{text: whyNoKeys(content), tone: 'title'}], [t`Without keys there is no risk to show.`]]}
			/>
		);

	const cardWidth = Math.min(widestCard, Math.floor(columns / across));
	const lines = Array.from({length: Math.ceil(cards.length / across)}, (_, line): Row =>
		cards.slice(line * across, (line + 1) * across).flatMap(({id, label}): Row => {
			const count = counts.get(id) ?? 0;
			return [
				id === chosen ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
				{text: padToWidth(String(count), 6), tone: count > 0 ? 'warn' : 'muted'},
				{text: padToWidth(label(), cardWidth - 8), tone: id === chosen ? 'selected' : 'plain'},
			];
		}),
	);
	const page = Math.max(1, Math.min(lines.length, height - 1));
	const line = Math.floor(at / across);
	const start = windowStart(Math.max(0, line - page + 1), line, lines.length, page);
	const widestName = Math.max(0, ...worst.map(({name}) => widthOf(sanitize(name))));
	const nameWidth = Math.max(10, Math.min(columns - leastReasons, widestName));
	const rows: Row[] = [
		[
			{text: total === 1 ? t`${total} key` : t`${total} keys`, tone: 'title'},
			average === null ? '' : `, ${t`${average} of 100 on average`}`,
			below === 0 ? '' : {text: `, ${t`${below} below ${healthyScore}`}`, tone: 'bad'},
		],
		...lines.slice(start, start + page),
		[],
		...(worst.length === 0 ? [] : [[{text: t`Worst first`, tone: 'muted'}] as Row]),
		...worst.map(({name, points, reasons}): Row => [
			`${padToWidth(sanitize(name), nameWidth)} `,
			padToWidth(String(points), 5),
			{text: padToWidth(reasons, Math.max(1, columns - nameWidth - 6)), tone: 'muted'},
		]),
	];
	return <Rows width={columns} rows={rows.slice(0, height)} />;
}

function healthOfAll(keys: ReturnType<typeof shownKeys>, now: number, healthyScore: number) {
	const duplicates = duplicatesIn(keys);
	const counts = new Map<Finding['id'], number>();
	const scored = keys.flatMap(key => {
		const found = findings(key, now, duplicates);
		for (const {id} of found) counts.set(id, (counts.get(id) ?? 0) + 1);
		const score = scoreOf(key, found);
		return score
			? [
					{
						name: key.name,
						points: score.points,
						reasons: score.deductions.map(({reason, points}) => `${reason} −${points}`).join(', '),
					},
				]
			: [];
	});
	return {
		counts,
		total: keys.length,
		below: scored.filter(({points}) => points < healthyScore).length,
		average: scored.length === 0 ? null : Math.round(scored.reduce((sum, {points}) => sum + points, 0) / scored.length),
		worst: scored
			.filter(({points}) => points < 100)
			.toSorted((one, other) => one.points - other.points)
			.slice(0, 10),
	};
}
