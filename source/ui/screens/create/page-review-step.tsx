import type {ReactNode} from 'react';
import {apiPage} from '../../../exchange/sites.ts';
import type {Row} from '../../drawing/rows.tsx';
import {TextView} from '../../drawing/text-view.tsx';
import {useCopying} from '../../shell/copying.ts';
import {useReveal} from '../../shell/hooks.ts';
import {secretFact} from '../../key-view/key-rows.ts';
import {useActions} from '../../keyboard/actions.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {chop, wrap} from '../../drawing/wrap.ts';
import {passphraseOf, type Wizard} from './draft.ts';
import {draftFacts} from './review-step.tsx';
import {shownKeyOf} from '../../keyboard/bindings.ts';
import {t} from '../../../language/translate.ts';

/** Seconds, enough to type a passphrase into another window. */
const revealSeconds = 60;

export function PageReviewStep({
	wizard,
	warning = '',
}: {
	readonly wizard: Wizard;
	/** What not to do there. */
	readonly warning?: string;
}): ReactNode {
	const {draft, lines, next, back} = wizard;
	const {columns, rows: height} = useViewport();
	const reveal = useReveal(revealSeconds);
	const {copySecret} = useCopying();
	const passphrase = passphraseOf(draft, lines);
	useActions('form', {back});
	useActions('pageReview', {
		copy() {
			copySecret(t`Passphrase`, passphrase);
		},
		made: next,
		reveal() {
			if (reveal.left === null) reveal.show();
			else reveal.hide();
		},
	});

	const width = Math.min(columns, 90);
	const rows: Row[] = [
		...(warning === '' ? [] : wrap(warning, width).map((text): Row => [{text, tone: 'warn'}])),
		...wrap(t`1. Open this page in a browser and log in:`, width).map((text): Row => [text]),
		...chop(apiPage(draft), width - 3).map((text): Row => ['   ', {text, tone: 'accent'}]),
		...wrap(t`2. Make a key there with exactly this:`, width).map((text): Row => [text]),
		...indented(draftFacts(wizard, wizard.account ?? t`as you choose on the page`, width - 3).slice(0, -1)),
		...indented(
			secretFact(
				t`Passphrase`,
				passphrase,
				reveal.left === null ? t`${passphrase.toString()} ${shownKeyOf('pageReview', 'reveal')} shows it` : null,
				width - 3,
			),
		),
		...wrap(
			t`3. Keep the page open until the next step has taken the API key and the secret key. Then press
				${shownKeyOf('pageReview', 'made')}.`,
			width,
		).map((text): Row => [text]),
		...(reveal.left === null ? [] : [[{text: t`hidden again in ${reveal.left} s`, tone: 'muted'}] as Row]),
	];
	return <TextView rows={rows} height={height - 2} />;
}

function indented(rows: readonly Row[]): Row[] {
	return rows.map((row): Row => ['   ', row].flat());
}
