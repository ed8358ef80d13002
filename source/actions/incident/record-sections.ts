import {sanitize} from '../../core/text/sanitize.ts';
import {formatMinute} from '../../core/text/time.ts';
import type {Order, Payment} from '../../exchange/records.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';
import {paymentState} from './payment-states.ts';
import type {IncidentReport, ReadRecords, RecordKind, Section} from './report.ts';
import {wayWords} from './transfer-words.ts';

/** In the order of a report: first what is still to be stopped, and where money may have gone. */
export const kindTitles: Readonly<Record<RecordKind, Translatable>> = {
	openOrders: msg`Open orders`,
	withdrawals: msg`Withdrawals`,
	transfers: msg`Transfers between own accounts`,
	subTransfers: msg`Transfers with the main account`,
	deposits: msg`Deposits`,
	fills: msg`Fills`,
	orders: msg`Orders`,
};

/** How many there are of each kind. */
export function recordCounts({read}: IncidentReport): readonly (readonly [string, string])[] {
	return read.map(({kind, records, isWhole, problem}) => {
		const count = String(records.length);
		return [kindTitles[kind](), problem !== null ? t`not read` : isWhole ? count : t`more than ${count}`];
	});
}

/** One for each kind that was to be read; an empty one says so. */
export function recordSections({read, since}: IncidentReport): readonly Section[] {
	return read.map(part => sectionOf(part, since));
}

function sectionOf(part: ReadRecords, since: number): Section {
	const {kind, by, from, records, isWhole, problem} = part;
	const title = kindTitles[kind]();
	if (problem !== null) return {title, text: [problem]};
	const text = [
		...(by === null ? [] : [t`Read with ${sanitize(by)}.`]),
		...(from > since ? [t`The exchange lists them only since ${formatMinute(from)} UTC.`] : []),
		...(isWhole ? [] : [t`There are more, which were not read: these are the newest ${records.length}.`]),
		...(records.length === 0 ? [kind === 'openOrders' ? t`None.` : t`None since then.`] : []),
	];
	return records.length === 0 ? {title, text} : {title, text, table: tableOf(part)};
}

const orderHeadings = () => [t`Time (UTC)`, t`Instrument`, t`Side`, t`Size`, t`Filled`, t`Price`, t`State`, t`Order`];
const paymentHeadings = () => [t`Time (UTC)`, t`Amount`, t`State`, t`Address`, t`Chain`, t`Transaction`];

function tableOf(part: ReadRecords): NonNullable<Section['table']> {
	switch (part.kind) {
		case 'openOrders':
		case 'orders':
			return {headings: orderHeadings(), rows: part.records.map(order => orderCells(order))};
		case 'fills':
			return {
				headings: [t`Time (UTC)`, t`Instrument`, t`Side`, t`Size`, t`Price`, t`Fee`, t`Order`],
				rows: part.records.map(({at, instrument, side, size, price, fee, feeCurrency, order}) => [
					formatMinute(at),
					instrument,
					side,
					size,
					price,
					`${fee} ${feeCurrency}`,
					order,
				]),
			};
		case 'withdrawals':
		case 'deposits':
			return {headings: paymentHeadings(), rows: part.records.map(payment => paymentCells(payment, part.kind))};
		case 'transfers':
			return {
				headings: [t`Time (UTC)`, t`Amount`, t`Transfer`, t`Bill`],
				rows: part.records.map(({at, change, currency, way, id}) => [
					formatMinute(at),
					`${change} ${currency}`,
					wayWords(way),
					id,
				]),
			};
	}

	return {
		headings: [t`Time (UTC)`, t`Amount`, t`Transfer`, t`Bill`],
		rows: part.records.map(({at, amount, currency, direction, id}) => [
			formatMinute(at),
			`${amount} ${currency}`,
			direction === 'to-sub' ? t`main account → sub-account` : t`sub-account → main account`,
			id,
		]),
	};
}

function orderCells({at, instrument, side, size, filled, price, type, state, id}: Order): readonly string[] {
	return [formatMinute(at), instrument, side, size, filled, price === '' ? type : price, state, id];
}

function paymentCells(payment: Payment, kind: 'withdrawals' | 'deposits'): readonly string[] {
	const {at, amount, currency, chain, address, transaction} = payment;
	return [formatMinute(at), `${amount} ${currency}`, paymentState(payment, kind), address, chain, transaction];
}
