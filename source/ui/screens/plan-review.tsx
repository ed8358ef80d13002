import type {ReactNode} from 'react';
import {editKey, type Change, type EditPlan} from '../../actions/edit.ts';
import {pageOf} from '../../actions/page.ts';
import {clean, cleanLines} from '../../core/text.ts';
import type {Row} from '../components/rows.tsx';
import {TextView} from '../components/text-view.tsx';
import {useTask} from '../hooks.ts';
import {useActions} from '../keys.tsx';
import {useRoom, useShell} from '../shell.ts';
import {wrap} from '../wrap.ts';

const places: Readonly<Record<Change['where'], string>> = {
	vault: 'in this vault', exchange: 'on the exchange, at once, and in this vault', declared: 'declared in this vault only',
};
const fieldWords: Readonly<Record<Change['field'], string>> = {name: 'Name', description: 'Description', permissions: 'Permissions', ip: 'IPs', tags: 'Tags'};

/** The difference an edit makes, and where, before it is made. */
export function PlanReview({plan, onBack}: {readonly plan: EditPlan; readonly onBack: () => void}): ReactNode {
	const {context, pop, say} = useShell();
	const {columns} = useRoom();
	const {isBusy, run} = useTask();
	const isLive = plan.changes.some(({where}) => where === 'exchange');
	const isDeclared = plan.changes.some(({where}) => where === 'declared');
	useActions('form', {back: onBack}, {isActive: !isBusy});
	useActions('review', {
		save() {
			run(async () => {
				const {name} = await editKey(context, plan);
				pop();
				say({
					text: `${name} is changed ${isLive ? 'on the exchange and ' : ''}in this vault.${isDeclared ? ' The exchange was not told.' : ''}`,
					...(isDeclared && {hint: `Make the same change on ${pageOf(plan.base)}, then test the key.`}), tone: isDeclared ? 'warn' : 'good',
				});
			}, {finishes: true});
		},
	}, {isActive: !isBusy});

	const width = Math.min(columns, 90);
	const value = (sign: string, text: string, tone: 'muted' | 'plain'): Row[] => wrap(cleanLines(text === '' ? 'nothing' : text).join('\n'), width - 4).map((row, index): Row => [{text: index === 0 ? `  ${sign} ` : '    ', tone: 'muted'}, {text: row, tone}]);
	const rows: Row[] = [
		[{text: 'This would change', tone: 'title'}],
		[],
		...plan.changes.flatMap(({field, from, to, where}): Row[] => [
			[fieldWords[field], {text: `  ${places[where]}`, tone: where === 'vault' ? 'muted' : where === 'exchange' ? 'warn' : 'accent'}],
			...value('-', from, 'muted'),
			...value('+', to, 'plain'),
			[],
		]),
		...(isDeclared ? [...wrap(`No API can change this on the exchange from here. Change it on ${clean(pageOf(plan.base))} too; the next test compares.`, width).map((text): Row => [{text, tone: 'warn'}]), []] : []),
		[{text: isBusy ? 'Saving…' : 'Press y to save it, Esc to go back.', tone: 'accent'}],
	];
	return <TextView rows={rows} />;
}
