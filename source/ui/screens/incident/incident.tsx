import {useEffect, useEffectEvent, useMemo, useState, type ReactNode} from 'react';
import {handleIncident, type Incident} from '../../../actions/incident/incident.ts';
import {reportMarkdown} from '../../../actions/incident/markdown.ts';
import type {ReadProgress} from '../../../actions/incident/read-account.ts';
import {kindTitles} from '../../../actions/incident/record-sections.ts';
import {sectionsOf} from '../../../actions/incident/sections.ts';
import {isAppError} from '../../../core/errors.ts';
import type {StoredKey} from '../../../core/key/key.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {apiPage} from '../../../exchange/sites.ts';
import type {Row} from '../../drawing/rows.tsx';
import {TextView} from '../../drawing/text-view.tsx';
import type {Tone} from '../../drawing/theme.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {sectionRows} from './section-rows.ts';
import {useActions} from '../../keyboard/actions.ts';
import {useCopying} from '../../shell/copying.ts';
import {useBusyWords, useTask} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {t} from '../../../language/translate.ts';

/** Cuts off a key that may be leaked, at once, then shows what its account did. */
export function IncidentScreen({id}: {readonly id: string}): ReactNode {
	const {context, notify, notifyError} = useShell();
	const {columns} = useViewport();
	const {copyPlain} = useCopying();
	const {isBusy, isStopping, run, stop} = useTask();
	const [cut, setCut] = useState<StoredKey>();
	const [progress, setProgress] = useState<ReadProgress>();
	const [incident, setIncident] = useState<Incident>();
	const [failure, setFailure] = useState<unknown>();

	const start = () => {
		run(
			async signal => {
				const handled = await handleIncident(context, id, {signal, onCut: setCut, onProgress: setProgress});
				setIncident(handled);
				if (handled.problem) notifyError(handled.problem);
				else notify({text: t`${handled.report.key.name} is deleted on the exchange.`, tone: 'good'});
			},
			// What is begun on the exchange is brought to its end, also when the screen is closed.
			{
				finishes: true,
				stops: true,
				onError(error) {
					setFailure(error);
					notifyError(error);
				},
			},
		);
	};
	const startAtOnce = useEffectEvent(start);
	useEffect(() => {
		startAtOnce();
	}, []);

	useActions(
		'incident',
		{
			copy: incident
				? () => {
						copyPlain(t`Report`, reportMarkdown(incident.report));
					}
				: {disabled: t`There is no report yet.`},
			again() {
				setFailure(undefined);
				start();
			},
		},
		{isActive: !isBusy},
	);
	useActions('busy', {cancel: {act: stop, label: t`end the reading`}}, {isActive: isBusy});

	const reading = progress
		? t`Reading ${progress.done + 1} of ${progress.total}: ${kindTitles[progress.kind]()}…`
		: t`Reading what the account did…`;
	const doing = useBusyWords(
		isStopping ? t`Ending the reading; the key is deleted all the same…` : cut ? reading : t`Cutting it off…`,
		isBusy,
	);
	const rows = useMemo(() => (incident ? reportRows(incident, columns) : []), [incident, columns]);
	const said = (text: string, tone: Tone) => wrap(text, columns).map((line): Row => [{text: line, tone}]);
	return (
		<TextView
			rows={[
				...(isBusy && cut ? said(cutWords(cut), cut.status === 'revoked' ? 'good' : 'warn') : []),
				...(isBusy ? said(doing, 'accent') : []),
				...(failure === undefined ? [] : said(failureWords(failure), 'bad')),
				...(isBusy && rows.length > 0 ? [[]] : []),
				...rows,
			]}
		/>
	);
}

/** What is left to do comes right after what has become of the key. */
function reportRows({report}: Incident, columns: number): readonly Row[] {
	const sections = sectionsOf(report);
	const tasks = sections.filter(({tasks}) => tasks);
	const [about, ...others] = sections.filter(({tasks}) => !tasks);
	return sectionRows([about!, ...tasks, ...others], columns);
}

function cutWords(key: StoredKey): string {
	const name = sanitize(key.name);
	if (key.status === 'revoked') return t`${name} is deleted on the exchange.`;
	return key.incident?.step === 'read-only'
		? t`${name} may only read now. It reads what its account did, then it is deleted.`
		: t`No API can delete ${name}. Do it now: log in at ${apiPage(key)}, find ${sanitize(key.label ?? key.name)} in the
			list, and choose Delete. Here nothing is given the key any more.`;
}

function failureWords(error: unknown): string {
	return isAppError(error) ? [error.message, error.hint ?? ''].join(' ').trim() : t`Something unexpected has failed.`;
}
