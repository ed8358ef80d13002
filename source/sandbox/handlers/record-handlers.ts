import {instrumentTypes, type RecordShapes} from '../../exchange/records.ts';
import {dayMs} from '../../core/text/time.ts';
import type {Entry} from '../ledger/entry.ts';
import {fundingOf, subTransfersOf} from '../ledger/funding.ts';
import {tradingOf} from '../ledger/trading.ts';
import {Refusal} from '../refusal.ts';
import {subAccountNamed, type SandboxAccount} from '../state.ts';
import {oneOf, optional, type Call, type EndpointHandler} from './call.ts';
import {pageOf} from './record-page.ts';

const hourMs = 3_600_000;
const threeMonthsMs = 92 * dayMs;

function accountOf({state, caller}: Call): SandboxAccount {
	return state.accounts.find(({uid}) => uid === caller!.uid)!;
}

function trading(call: Call) {
	const {environment} = call.caller!;
	return tradingOf(accountOf(call), call.state, {now: call.now, environment});
}

function funding(call: Call) {
	if (call.caller!.environment === 'demo') throw new Refusal('50038');
	return fundingOf(accountOf(call), call.state, call.now);
}

function ofType(call: Call, entries: readonly Entry[], {isRequired}: {readonly isRequired: boolean}): readonly Entry[] {
	if (!isRequired && !optional(call, 'instType')) return entries;
	const wanted = oneOf(call, 'instType', instrumentTypes);
	return entries.filter(({wire}) => wire['instType'] === wanted);
}

/** An order that is cancelled before any fill is kept for two hours (docs/okx-api.md §3.4). */
function justCancelled({now}: Call, entries: readonly Entry[]): readonly Entry[] {
	return entries.filter(({wire}) => Number(wire['uTime']) > now - 2 * hourMs);
}

export const recordHandlers: {readonly [Name in keyof RecordShapes]: EndpointHandler} = {
	openOrders: {
		look: call => ({data: pageOf(call, ofType(call, trading(call).open, {isRequired: false}), {by: 'id'})}),
	},
	recentOrders: {
		look(call) {
			const {filled, cancelled} = trading(call);
			const orders = ofType(call, [...filled, ...justCancelled(call, cancelled)], {isRequired: true});
			return {data: pageOf(call, orders, {by: 'id', windowMs: 7 * dayMs})};
		},
	},
	archivedOrders: {
		look: call => ({
			data: pageOf(call, ofType(call, trading(call).filled, {isRequired: true}), {by: 'id', windowMs: threeMonthsMs}),
		}),
	},
	recentFills: {
		look: call => ({
			data: pageOf(call, ofType(call, trading(call).fills, {isRequired: false}), {by: 'id', windowMs: 3 * dayMs}),
		}),
	},
	archivedFills: {
		look: call => ({
			data: pageOf(call, ofType(call, trading(call).fills, {isRequired: true}), {by: 'id', windowMs: threeMonthsMs}),
		}),
	},
	withdrawals: {look: call => ({data: pageOf(call, funding(call).withdrawals, {by: 'at'})})},
	deposits: {look: call => ({data: pageOf(call, funding(call).deposits, {by: 'at'})})},
	fundingBills: {
		look: call => ({data: pageOf(call, funding(call).bills, {by: 'at', windowMs: 31 * dayMs})}),
	},
	recentTransfers: {
		look: call => ({data: pageOf(call, transfersOf(call), {by: 'id', windowMs: 7 * dayMs})}),
	},
	archivedTransfers: {
		look: call => ({data: pageOf(call, transfersOf(call), {by: 'id', windowMs: threeMonthsMs})}),
	},
	subTransfers: {
		look(call) {
			if (call.caller!.environment === 'demo') throw new Refusal('50038');
			const name = optional(call, 'subAcct') || undefined;
			if (name !== undefined && !subAccountNamed(call.state, name)) throw new Refusal('59510');
			return {data: pageOf(call, subTransfersOf(call.state, call.now, name), {by: 'at'})};
		},
	},
};

/** Of the bills of the trading account, the sandbox has the transfers only. */
function transfersOf(call: Call): readonly Entry[] {
	const type = optional(call, 'type') ?? '';
	const isDemo = call.caller!.environment === 'demo';
	return isDemo || (type !== '' && type !== '1') ? [] : funding(call).tradingBills;
}
