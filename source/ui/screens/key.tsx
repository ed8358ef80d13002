import {useEffect, useEffectEvent, useMemo, type ReactNode} from 'react';
import {noteReveal} from '../../actions/uses.ts';
import {duplicatesIn, findings} from '../../core/health/findings.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {t} from '../../language/translate.ts';
import type {Row} from '../drawing/rows.tsx';
import {TextView, type LayOut} from '../drawing/text-view.tsx';
import {useAppearance} from '../drawing/styled-text.tsx';
import {useReveal, useShownKeys} from '../shell/hooks.ts';
import {latestEventOf} from '../timing/ages.ts';
import {useKeyActions} from '../key-view/key-actions.ts';
import {credentialFacts, findingRows, keyFacts, riskRows} from '../key-view/key-rows.ts';
import {useActions} from '../keyboard/actions.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {wrapLinesAsNeeded} from '../drawing/wrap.ts';
import {useNow} from '../timing/use-alarms.ts';

const revealSeconds = 10;

export function KeyDetail({id, isRevealed = false}: {readonly id: string; readonly isRevealed?: boolean}): ReactNode {
	const {context, pop, runCritical, notifyError} = useShell();
	const {columns} = useViewport();
	const keys = useShownKeys();
	const {ascii} = useAppearance();
	const duplicates = useMemo(() => duplicatesIn(keys), [keys]);
	const reveal = useReveal(revealSeconds);
	const key = keys.find(one => one.id === id && one.trashedAt === null);
	const now = useNow(key && latestEventOf(key));
	const width = Math.min(columns, 100);
	const description = key?.description ?? '';
	const about = useMemo(() => wrapLinesAsNeeded(description, width), [description, width]);
	const show = () => {
		reveal.show();
		if (key) runCritical(async () => noteReveal(context, key)).catch(notifyError);
	};
	const revealAtOnce = useEffectEvent(show);
	useEffect(() => {
		if (isRevealed) revealAtOnce();
	}, [isRevealed]);

	useKeyActions(key, {
		reveal() {
			if (reveal.left === null) show();
			else reveal.hide();
		},
	});
	useActions('keyDetail', {
		leave() {
			pop();
		},
	});
	if (!key) return <TextView rows={[[{text: t`This key is no longer in the vault.`, tone: 'muted'}]]} />;

	const found = findings(key, now, duplicates);
	const title: Row = [{text: sanitize(key.name), tone: 'title'}];
	const facts: Row[] = [
		...findingRows(found, width),
		...riskRows(key, found, width),
		[],
		...credentialFacts(key, reveal.left !== null, width),
		[
			{
				text: context.noSecrets
					? t`no secret is shown under --no-secrets`
					: reveal.left === null
						? t`${shownKeyOf('key', 'reveal')} shows the secrets for 10 seconds`
						: t`hidden again in ${reveal.left} s`,
				tone: 'muted',
			},
		],
		[],
		...keyFacts(key, now, width, ascii),
	];
	const layOut: LayOut = most => {
		const lines = description === '' ? [] : about(most).map((text): Row => [text]);
		const isWhole = lines.length < most;
		return {rows: [title, ...lines, ...(isWhole ? facts : [])], isWhole};
	};
	return <TextView rows={layOut} />;
}
