import type {EndpointRoute} from '../../exchange/endpoint.ts';
import type {EndpointHandler} from './call.ts';
import {placeOrder} from './place-order.ts';

export type Served = {readonly name: string; readonly route: EndpointRoute; readonly handler: EndpointHandler};

function balance(ccy: string, amount: string, dollars: string, now: number) {
	return {
		accAvgPx: '',
		autoLendAmt: '0',
		autoLendMtAmt: '0',
		autoLendStatus: 'off',
		availBal: amount,
		availEq: amount,
		borrowFroz: '',
		cashBal: amount,
		ccy,
		clSpotInUseAmt: '',
		colBorrAutoConversion: '0',
		colRes: '0',
		collateralEnabled: false,
		collateralRestrict: false,
		crossLiab: '',
		disEq: dollars,
		eq: amount,
		eqUsd: dollars,
		fixedBal: '0',
		frozenBal: '0',
		frpType: '0',
		imr: '0',
		interest: '',
		isoEq: '0',
		isoLiab: '',
		isoUpl: '0',
		liab: '',
		maxLoan: '',
		maxSpotInUse: '',
		mgnRatio: '',
		mmr: '0',
		notionalLever: '0',
		openAvgPx: '',
		ordFrozen: '0',
		rewardBal: '0',
		smtSyncEq: '0',
		spotBal: '',
		spotCopyTradingEq: '0',
		spotInUseAmt: '',
		spotIsoBal: '0',
		spotUpl: '',
		spotUplRatio: '',
		stgyEq: '0',
		totalPnl: '',
		totalPnlRatio: '',
		twap: '0',
		uTime: String(now),
		upl: '0',
		uplLiab: '',
	};
}

const holdings = [
	['USDT', '2500', '2500'],
	['BTC', '0.05', '5000'],
] as const;

/** Calls that this program's client never makes, for testing other clients of the exchange (docs/okx-api.md §3.2). */
export const extraEndpoints: readonly Served[] = [
	{
		name: 'balance',
		route: {
			method: 'GET',
			path: '/api/v5/account/balance',
			needs: {permission: 'read'},
			limit: {count: 10, windowMs: 2000, per: 'user'},
		},
		handler: {
			look({parameters, now}) {
				const wanted = typeof parameters['ccy'] === 'string' ? parameters['ccy'].split(',') : undefined;
				const held = holdings.filter(([ccy]) => wanted?.includes(ccy) ?? true);
				return {
					data: [
						{
							adjEq: '',
							availEq: '',
							borrowFroz: '',
							delta: '',
							deltaLever: '',
							deltaNeutralStatus: '0',
							imr: '',
							isoEq: '0',
							mgnRatio: '',
							mmr: '',
							notionalUsd: '',
							notionalUsdForBorrow: '',
							notionalUsdForFutures: '',
							notionalUsdForOption: '',
							notionalUsdForSwap: '',
							ordFroz: '',
							totalEq: '7500',
							uTime: String(now),
							upl: '',
							details: held.map(([ccy, amount, dollars]) => balance(ccy, amount, dollars, now)),
						},
					],
				};
			},
		},
	},
	{
		name: 'placeOrder',
		route: {
			method: 'POST',
			path: '/api/v5/trade/order',
			needs: {permission: 'trade'},
			writes: true,
			limit: {count: 60, windowMs: 2000, per: 'user'},
		},
		handler: placeOrder,
	},
];
