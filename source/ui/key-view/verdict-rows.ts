import type {TestResult} from '../../actions/test-result.ts';
import {fieldWord} from '../../core/key/field-words.ts';
import {limits} from '../../core/limits.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth} from '../../core/text/width.ts';
import {formatMinute} from '../../core/text/time.ts';
import type {Notice} from '../../exchange/endpoint.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {symbols} from '../drawing/theme.ts';
import {wrap} from '../drawing/wrap.ts';
import type {Row} from '../drawing/rows.tsx';
import {t} from '../../language/translate.ts';

type VerdictRowOptions = {
	/** The footer's words for the remedy that is one key press away. */
	readonly remedy?: string | undefined;
	readonly reach?: string | undefined;
	/** The key was changed after the test. */
	readonly isPast?: boolean;
	readonly columns: number;
};

const fieldWidth = 14;

export function verdictRows(result: TestResult, {remedy, reach, isPast = false, columns}: VerdictRowOptions): Row[] {
	const {ok, cause, fix, notices} = result;
	const width = Math.min(columns, 100);
	const paragraph = (text: string): Row[] => (text === '' ? [] : wrap(sanitize(text), width).map((row): Row => [row]));
	return [
		...wrap(`${ok ? symbols.good : symbols.bad} ${sanitize(cause)}`, width).map((text): Row => [
			{text, tone: ok ? 'good' : 'bad'},
		]),
		...paragraph(fix),
		...(isPast
			? [
					[
						{text: t`The key has been changed since: ${shownKeyOf('test', 'again')} tests it again.`, tone: 'warn'},
					] as Row,
				]
			: []),
		...(remedy === undefined || isPast ? [] : [[{text: 'f ', tone: 'accent'}, remedy] as Row]),
		...(notices === null ? [] : [[], ...noticeRows(notices, width)]),
		...driftRows(result, width),
		[],
		...paragraph(reach ?? ''),
		...paragraph(lifeWords(result)),
		...wrap(numbers(result).join(`  ${symbols.dot}  `), width).map((text): Row => [{text, tone: 'muted'}]),
	];
}

function driftRows({drift}: TestResult, width: number): Row[] {
	if (drift.length === 0) return [];
	const column = Math.max(8, Math.floor((width - fieldWidth) / 2));
	const differences = drift.flatMap(({field, declared, live}): Row[] => {
		const [left, right] = [wrap(sanitize(declared), column - 1), wrap(sanitize(live), column)];
		return Array.from({length: Math.max(left.length, right.length)}, (_, index): Row => [
			{text: padToWidth(index === 0 ? fieldWord(field) : '', fieldWidth), tone: 'muted'},
			padToWidth(left[index] ?? '', column),
			{text: right[index] ?? '', tone: 'bad'},
		]);
	});
	return [
		[],
		[
			{
				text: `${padToWidth('', fieldWidth)}${padToWidth(t`declared here`, column)}${t`on the exchange`}`,
				tone: 'muted',
			},
		],
		...differences,
	];
}

/** The exchange's own announcements, after a failure; their absence is shown too. */
function noticeRows(notices: readonly Notice[], width: number): Row[] {
	if (notices.length === 0) return [[t`The exchange announces no maintenance.`]];
	return notices.flatMap(({title, state, begin, end}) => {
		const when = [begin === null ? '' : t`from ${minute(begin)}`, end === null ? '' : t`to ${minute(end)}`]
			.filter(word => word !== '')
			.join(' ');
		const words = [sanitize(state), when].filter(word => word !== '').join(', ');
		return wrap(t`The exchange announces: ${sanitize(title)}${words === '' ? '' : ` (${words})`}`, width).map(
			(text): Row => [{text, tone: 'warn'}],
		);
	});
}

/** In UTC, because the exchange has no time zone of its own. */
function minute(at: number): string {
	return t`${formatMinute(at)} UTC`;
}

/** Only for keys that the exchange deletes after a period without use. */
function lifeWords({touched, daysLeft, live}: TestResult): string {
	if (daysLeft === null) return '';
	if (touched) return t`This counts as a use: ${limits.idleDays} days from now.`;
	if (live) return '';
	return daysLeft === 1
		? t`${daysLeft} day left of ${limits.idleDays} since the last use known here.`
		: t`${daysLeft} days left of ${limits.idleDays} since the last use known here.`;
}

function numbers({host, exchangeCode, httpStatus, latencyMs}: TestResult): string[] {
	return [
		sanitize(host),
		...(exchangeCode === null ? [] : [t`code ${sanitize(exchangeCode)}`]),
		...(httpStatus === null ? [] : [`HTTP ${httpStatus}`]),
		...(latencyMs === null ? [] : [t`answered in ${Math.round(latencyMs)} ms`]),
	];
}
