import type {TestResult} from '../../actions/test-result.ts';
import {exits} from '../../core/exit-status.ts';
import type {StoredKey} from '../../core/key/key.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth, truncate} from '../../core/text/width.ts';
import {symbols, type Tone} from '../drawing/theme.ts';
import type {Row} from '../drawing/rows.tsx';
import {t} from '../../language/translate.ts';

export type TestOutcome = Pick<TestResult, 'ok' | 'code' | 'cause' | 'fix' | 'latencyMs'> & {
	/** The account of the key according to the exchange. */
	readonly uid: string | undefined;
};

export function outcomeOf({ok, code, cause, fix, latencyMs, live}: TestResult): TestOutcome {
	return {ok, code, cause, fix, latencyMs, uid: live?.uid};
}

export type Tested = {readonly key: StoredKey; readonly outcome: TestOutcome | undefined};

/** Sorts by exit status as the commands do, the lowest first; passed tests follow, and untested keys come last. */
export function worstFirst(tested: readonly Tested[]): readonly Tested[] {
	const rank = ({outcome}: Tested) => (outcome === undefined ? 1000 : outcome.ok ? 999 : outcome.code);
	return tested.toSorted((left, right) => rank(left) - rank(right));
}

const drift: number = exits.drift.status;

function resultOf(outcome: TestOutcome | undefined): {readonly text: string; readonly tone: Tone} {
	if (!outcome) return {text: symbols.waiting, tone: 'muted'};
	if (outcome.ok) return {text: t`${symbols.good} works`, tone: 'good'};
	return outcome.code === drift
		? {text: t`${symbols.warn} differs`, tone: 'warn'}
		: {text: t`${symbols.bad} fails`, tone: 'bad'};
}

/** The account's name, or the end of its number, to tell two accounts apart. */
function whose({key: {account}, outcome}: Tested): string {
	const uid = account.uid ?? outcome?.uid;
	return sanitize(account.subAccount ?? (uid === undefined ? account.kind : `${account.kind} …${uid.slice(-6)}`));
}

const widths = {mark: 2, name: 11, account: 14, result: 9, ms: 6} as const;

export type OutcomeTable = {
	readonly header: Row;
	/** `before` is the row above: consecutive keys of one account name it once. */
	readonly row: (tested: Tested, before: Tested | undefined, isSelected: boolean) => Row;
};

/** The table of several tests; account and time are dropped in narrow terminals. */
export function outcomeTable(columns: number): OutcomeTable {
	const isWide = columns >= 60;
	const left = widths.mark + widths.name + widths.result + 2 + (isWide ? widths.account + widths.ms + 2 : 0);
	const causeWidth = Math.max(4, columns - left);
	const wide = (account: string, ms: string) =>
		isWide
			? {account: `${padToWidth(account, widths.account)} `, ms: `${padToWidth(ms, widths.ms)} `}
			: {account: '', ms: ''};
	const titles = wide(t`ACCOUNT`, t`MS`);
	return {
		header: [
			{
				text:
					`  ${padToWidth(t`NAME`, widths.name)} ${titles.account}` +
					`${padToWidth(t`RESULT`, widths.result)} ${titles.ms}${t`CAUSE`}`,
				tone: 'muted',
			},
		],
		row(tested, before, isSelected) {
			const {key, outcome} = tested;
			const {text, tone} = resultOf(outcome);
			const isSame = before !== undefined && whose(before) === whose(tested);
			const {account, ms} = wide(
				isSame ? '' : whose(tested),
				typeof outcome?.latencyMs === 'number' ? String(Math.round(outcome.latencyMs)) : '',
			);
			return [
				isSelected ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
				{text: padToWidth(sanitize(key.name), widths.name), tone: isSelected ? 'selected' : 'plain'},
				` ${account}`,
				{text: padToWidth(text, widths.result), tone},
				` ${ms}`,
				truncate(sanitize(outcome?.cause ?? ''), causeWidth),
			];
		},
	};
}
