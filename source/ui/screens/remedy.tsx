import type {ReactNode} from 'react';
import type {EditPlan} from '../../actions/edit-plan.ts';
import {apiPage} from '../../exchange/sites.ts';
import {planRemedy, type Remedy} from '../../actions/remedy.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {useShell, type StatusMessage} from '../shell/shell.ts';
import {PlannedReview} from './planned-review.tsx';
import {t} from '../../language/translate.ts';

export function RemedyReview({id, remedy}: {readonly id: string; readonly remedy: Remedy}): ReactNode {
	const {context} = useShell();
	return (
		<PlannedReview
			planned={async signal => planRemedy(context, id, remedy, {signal})}
			nothing={plan => nothingWords(plan, remedy)}
		/>
	);
}

function nothingWords({base, listed}: EditPlan, remedy: Remedy): StatusMessage {
	if (remedy.act === 'add-ip' && listed)
		return {text: t`${sanitize(remedy.address)} is on the list of the exchange already: test it again.`};
	if (remedy.act !== 'add-ip') return {text: t`Nothing is different any more, so there is nothing to save.`};
	return {
		text: t`${sanitize(remedy.address)} is declared here already.`,
		hint: t`Put it on the allow-list on the page of the exchange: ${sanitize(apiPage(base))}`,
		tone: 'warn',
	};
}
