import * as v from 'valibot';
import type {Endpoint} from './endpoint.ts';
import type {Bill, Fill, Order, Payment, RecordShapes, SubTransfer} from './records.ts';
import {each, text, time} from './wire.ts';

const optionalText = v.fallback(text, '');

const order = v.pipe(
	v.object({
		ordId: text,
		cTime: time,
		instId: text,
		side: text,
		ordType: optionalText,
		sz: optionalText,
		px: optionalText,
		accFillSz: optionalText,
		state: optionalText,
	}),
	v.transform(({ordId, cTime, instId, side, ordType, sz, px, accFillSz, state}): Order => ({
		id: ordId,
		at: cTime,
		instrument: instId,
		side,
		type: ordType,
		size: sz,
		price: px,
		filled: accFillSz,
		state,
	})),
);

const fill = v.pipe(
	v.object({
		tradeId: optionalText,
		ordId: optionalText,
		billId: text,
		ts: time,
		instId: text,
		side: text,
		fillSz: optionalText,
		fillPx: optionalText,
		fee: optionalText,
		feeCcy: optionalText,
	}),
	v.transform(({tradeId, ordId, billId, ts, instId, side, fillSz, fillPx, fee, feeCcy}): Fill => ({
		id: tradeId,
		at: ts,
		bill: billId,
		order: ordId,
		instrument: instId,
		side,
		size: fillSz,
		price: fillPx,
		fee,
		feeCurrency: feeCcy,
	})),
);

const payment = {
	ts: time,
	ccy: text,
	amt: optionalText,
	chain: optionalText,
	txId: optionalText,
	state: optionalText,
};

function toPayment(
	{ts, ccy, amt, chain, txId, state}: v.InferOutput<v.ObjectSchema<typeof payment, undefined>>,
	{id, address}: Pick<Payment, 'id' | 'address'>,
): Payment {
	return {id, at: ts, currency: ccy, amount: amt, chain, address, transaction: txId, state};
}

const withdrawal = v.pipe(
	v.object({...payment, wdId: text, to: optionalText}),
	v.transform(({wdId, to, ...rest}) => toPayment(rest, {id: wdId, address: to})),
);

const deposit = v.pipe(
	v.object({...payment, depId: text, from: optionalText}),
	v.transform(({depId, from, ...rest}) => toPayment(rest, {id: depId, address: from})),
);

const bill = v.pipe(
	v.object({billId: text, ts: time, ccy: text, balChg: optionalText, type: text, subType: optionalText}),
	v.transform(({billId, ts, ccy, balChg, type, subType}): Bill => ({
		id: billId,
		at: ts,
		currency: ccy,
		change: balChg,
		type,
		subtype: subType,
	})),
);

const subTransfer = v.pipe(
	v.object({billId: text, ts: time, ccy: text, amt: optionalText, subAcct: text, type: v.picklist(['0', '1'])}),
	v.transform(({billId, ts, ccy, amt, subAcct, type}): SubTransfer => ({
		id: billId,
		at: ts,
		currency: ccy,
		amount: amt,
		subAccount: subAcct,
		direction: type === '0' ? 'to-sub' : 'from-sub',
	})),
);

const reads = {method: 'GET', needs: {permission: 'read'}} as const;
const sixPerSecond = {count: 6, windowMs: 1000, per: 'user'} as const;
const inTwoSeconds = (count: number) => ({count, windowMs: 2000, per: 'user'}) as const;
const limit = String(100);
const transfers = '1';

/** Reads of what an account did (docs/okx-api.md §3.4). */
export const recordEndpoints: {readonly [Name in keyof RecordShapes]: Endpoint<Name>} = {
	openOrders: {
		...reads,
		path: '/api/v5/trade/orders-pending',
		limit: inTwoSeconds(60),
		request: ({after}) => ({query: {limit, after}}),
		decode: each(order),
	},
	recentOrders: {
		...reads,
		path: '/api/v5/trade/orders-history',
		limit: inTwoSeconds(40),
		request: ({instrumentType, begin, after}) => ({
			query: {instType: instrumentType, begin: String(begin), limit, after},
		}),
		decode: each(order),
	},
	archivedOrders: {
		...reads,
		path: '/api/v5/trade/orders-history-archive',
		limit: inTwoSeconds(20),
		request: ({instrumentType, begin, after}) => ({
			query: {instType: instrumentType, begin: String(begin), limit, after},
		}),
		decode: each(order),
	},
	recentFills: {
		...reads,
		path: '/api/v5/trade/fills',
		limit: inTwoSeconds(60),
		request: ({begin, after}) => ({query: {begin: String(begin), limit, after}}),
		decode: each(fill),
	},
	archivedFills: {
		...reads,
		path: '/api/v5/trade/fills-history',
		limit: inTwoSeconds(10),
		request: ({instrumentType, begin, after}) => ({
			query: {instType: instrumentType, begin: String(begin), limit, after},
		}),
		decode: each(fill),
	},
	withdrawals: {
		...reads,
		path: '/api/v5/asset/withdrawal-history',
		limit: sixPerSecond,
		request: ({after}) => ({query: {limit, after}}),
		decode: each(withdrawal),
	},
	deposits: {
		...reads,
		path: '/api/v5/asset/deposit-history',
		limit: sixPerSecond,
		request: ({after}) => ({query: {limit, after}}),
		decode: each(deposit),
	},
	fundingBills: {
		...reads,
		path: '/api/v5/asset/bills',
		limit: sixPerSecond,
		request: ({after}) => ({query: {limit, after}}),
		decode: each(bill),
	},
	recentTransfers: {
		...reads,
		path: '/api/v5/account/bills',
		limit: {count: 5, windowMs: 1000, per: 'user'},
		request: ({begin, after}) => ({query: {type: transfers, begin: String(begin), limit, after}}),
		decode: each(bill),
	},
	archivedTransfers: {
		...reads,
		path: '/api/v5/account/bills-archive',
		limit: inTwoSeconds(5),
		request: ({begin, after}) => ({query: {type: transfers, begin: String(begin), limit, after}}),
		decode: each(bill),
	},
	subTransfers: {
		method: 'GET',
		needs: {permission: 'read', mainAccount: true},
		path: '/api/v5/asset/subaccount/bills',
		limit: sixPerSecond,
		request: ({subAccount, after}) => ({query: {subAcct: subAccount, limit, after}}),
		decode: each(subTransfer),
	},
};
