import {useEffect, useEffectEvent, useState, type ReactNode} from 'react';
import {askOtherSites, siteSearchWords, type SiteSearchResult} from '../../actions/sites.ts';
import {otherHosts} from '../../exchange/sites.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth} from '../../core/text/width.ts';
import type {Row} from '../drawing/rows.tsx';
import {TextView} from '../drawing/text-view.tsx';
import {useContent, useTask} from '../shell/hooks.ts';
import {useActions} from '../keyboard/actions.ts';
import {remedyFor} from '../key-view/remedies.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {symbols, type Tone} from '../drawing/theme.ts';
import {wrap} from '../drawing/wrap.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {msg, sentences, t, type Translatable} from '../../language/translate.ts';

const answers = {
	asking: {sign: symbols.running, tone: 'accent', words: msg`is asked…`},
	knows: {sign: symbols.good, tone: 'good', words: msg`knows this key`},
	'does-not-know': {sign: symbols.bad, tone: 'muted', words: msg`does not know it`},
	unclear: {sign: symbols.warn, tone: 'warn', words: msg`could not be asked`},
} as const satisfies Readonly<
	Record<string, {readonly sign: string; readonly tone: Tone; readonly words: Translatable}>
>;
type SiteAnswer = keyof typeof answers;

/** Tests the key on the other sites after its own did not know it. The confirmation came before this screen. */
export function Sites({id}: {readonly id: string}): ReactNode {
	const {context, push, notify} = useShell();
	const {columns} = useViewport();
	const {keys} = useContent();
	const {isBusy, run, cancel} = useTask();
	const [heard, setHeard] = useState<ReadonlyMap<string, SiteAnswer>>(new Map());
	const [found, setFound] = useState<SiteSearchResult>();
	const key = keys.find(one => one.id === id);

	const ask = () => {
		run(async signal => {
			const sought = await askOtherSites(context, id, {
				signal,
				onSite({site}, answer) {
					if (!signal.aborted) setHeard(before => new Map([...before, [site, answer]]));
				},
			});
			if (!signal.aborted) setFound(sought);
		});
	};
	const again = () => {
		setHeard(new Map());
		setFound(undefined);
		ask();
	};
	const askAtOnce = useEffectEvent(ask);
	useEffect(() => {
		askAtOnce();
	}, []);
	useActions(
		'busy',
		{
			cancel() {
				cancel();
				notify({text: t`Cancelled; nothing was changed.`});
			},
		},
		{isActive: isBusy},
	);
	const remedy =
		found?.site === null || found === undefined
			? undefined
			: remedyFor({act: 'use-site', site: found.site}, key, {push});
	useActions(
		'otherSites',
		{remedy: remedy ?? {disabled: t`No other site has said that it knows the key.`}, again},
		{isActive: !isBusy},
	);
	if (!key) return <TextView rows={[[{text: t`This key is no longer in the vault.`, tone: 'muted'}]]} />;

	const width = Math.min(columns, 90);
	const siteRows = otherHosts(key.site).map(({site, host}): Row => {
		const answer = heard.get(site);
		const {sign, tone, words} = answer
			? answers[answer]
			: {sign: symbols.waiting, tone: 'muted' as const, words: () => ''};
		return [
			{text: `${sign} `, tone},
			padToWidth(site, 8),
			{text: `${padToWidth(host, 18)} `, tone: 'muted'},
			{text: words(), tone},
		];
	});
	return (
		<TextView
			rows={[
				[{text: t`Which site knows ${sanitize(key.name)}?`, tone: 'title'}],
				[],
				...siteRows,
				[],
				...(found ? wrap(verdict(found), width).map((text): Row => [text]) : []),
			]}
		/>
	);
}

function verdict(found: SiteSearchResult): string {
	return sentences(
		siteSearchWords(found),
		found.site === null ? '' : t`Press ${shownKeyOf('otherSites', 'remedy')} to store it as one of that site.`,
	);
}
