import type {ReactNode} from 'react';
import {editKey} from '../../actions/edit.ts';
import type {Change, EditPlan} from '../../actions/edit-plan.ts';
import {apiPage} from '../../exchange/sites.ts';
import {driftOf} from '../../core/health/drift.ts';
import {isAppError} from '../../core/errors.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unreachableProblem} from '../../core/ip/unreachable.ts';
import type {Row} from '../drawing/rows.tsx';
import {TextView} from '../drawing/text-view.tsx';
import {useBusyWords, useTask} from '../shell/hooks.ts';
import {useActions} from '../keyboard/actions.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap, wrapLines} from '../drawing/wrap.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {msg, sentences, t, type Translatable} from '../../language/translate.ts';

const whereWords: Readonly<Record<Change['where'], Translatable>> = {
	vault: msg`in this vault`,
	exchange: msg`on the exchange, at once, and in this vault`,
	declared: msg`declared in this vault only`,
};
const fieldWords: Readonly<Record<Change['field'], Translatable>> = {
	name: msg`Name`,
	description: msg`Description`,
	permissions: msg`Permissions`,
	ip: msg`IPs`,
	tags: msg`Tags`,
	usedBy: msg`Used by`,
	expiresAt: msg`Expires`,
	type: msg`Type`,
	environment: msg`Environment`,
	site: msg`Site`,
	label: msg`Name on the exchange`,
	account: msg`Account`,
};

export function PlanReview({plan, onBack}: {readonly plan: EditPlan; readonly onBack: () => void}): ReactNode {
	const {context, notifyError, pop, notify} = useShell();
	const {columns} = useViewport();
	const {isBusy, run} = useTask();
	const saving = useBusyWords(t`Saving…`, isBusy);
	const isLive = plan.changes.some(({where}) => where === 'exchange');
	const isDeclared = plan.changes.some(({where}) => where === 'declared');
	useActions('form', {back: onBack}, {isActive: !isBusy});
	useActions(
		'saveReview',
		{
			save() {
				run(
					async () => {
						const {name} = await editKey(context, plan);
						pop();
						notify({
							text: sentences(
								isLive
									? t`${name} is changed on the exchange and in this vault.`
									: t`${name} is changed in this vault.`,
								isDeclared ? t`The exchange was not told.` : '',
							),
							...(isDeclared && {hint: declaredWords(plan)}),
							tone: isDeclared && !isAsSeen(plan) ? 'warn' : 'good',
						});
					},
					{
						finishes: true,
						onError(error) {
							// The difference has changed: it is planned anew from the form.
							if (isAppError(error, 'edit-conflict') || isAppError(error, 'exchange-conflict')) onBack();
							notifyError(error);
						},
					},
				);
			},
		},
		{isActive: !isBusy},
	);

	const width = Math.min(columns, 90);
	const value = (sign: string, text: string, tone: 'muted' | 'plain'): Row[] =>
		wrapLines(text === '' ? 'nothing' : text, width - 4, 200).map((row, index): Row => [
			{text: index === 0 ? `  ${sign} ` : '    ', tone: 'muted'},
			{text: row, tone},
		]);
	const rows: Row[] = [
		[{text: t`This would change ${sanitize(plan.base.name)}`, tone: 'title'}],
		[],
		...plan.changes.flatMap(({field, from, to, where}): Row[] => [
			[
				fieldWords[field](),
				{
					text: `  ${whereWords[where]()}`,
					tone: where === 'vault' ? 'muted' : where === 'exchange' ? 'warn' : 'accent',
				},
			],
			...value('-', from, 'muted'),
			...value('+', to, 'plain'),
			[],
		]),
		...warningRows(plan, width),
		...(isDeclared ? [...wrap(declaredWords(plan), width).map((text): Row => [{text, tone: 'warn'}]), []] : []),
		[
			{
				text: isBusy ? saving : t`Press ${shownKeyOf('saveReview', 'save')} to save it, Esc to go back.`,
				tone: 'accent',
			},
		],
	];
	return <TextView rows={rows} />;
}

function warningRows({patch, base}: EditPlan, width: number): Row[] {
	const warning = patch.ip && unreachableProblem({ip: patch.ip, site: patch.site ?? base.site});
	return warning ? [...wrap(sanitize(warning.problem), width).map((text): Row => [{text, tone: 'warn'}]), []] : [];
}

function isAsSeen({base, patch}: EditPlan): boolean {
	const live = base.lastTest?.live;
	return (
		live !== null &&
		live !== undefined &&
		driftOf({...base, ...patch}, live).every(({field}) => field !== 'permissions' && field !== 'ip')
	);
}

/** The remaining manual step, where the program cannot make the change on the exchange. */
function declaredWords(plan: EditPlan): string {
	if (isAsSeen(plan)) return t`It is what the exchange said in the last test, so nothing is to be changed there.`;
	const why =
		plan.base.account.kind === 'main'
			? t`OKX has no API for this.`
			: t`No main-account key in this vault can manage its sub-account.`;
	return t`${why} Change it on the page of the exchange too (${sanitize(apiPage(plan.base))}); the next test compares.`;
}
