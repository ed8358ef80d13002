import type {SandboxAccount, SandboxState} from '../state.ts';
import type {Entry} from './entry.ts';

const hourMs = 3_600_000;
/** The bot of a sub-account places an order so often, and cancels or fills the one before. */
const everyMs = 6 * hourMs;
/** Every so many orders, one is cancelled before any fill. */
const cancels = 5;

type Market = {
	readonly instType: 'SPOT' | 'SWAP';
	readonly instId: string;
	readonly size: string;
	readonly base: number;
};

const markets: readonly Market[] = [
	{instType: 'SPOT', instId: 'BTC-USDT', size: '0.002', base: 90_000},
	{instType: 'SWAP', instId: 'ETH-USDT-SWAP', size: '3', base: 3000},
];

export type Trading = {
	/** Not filled and not cancelled. */
	readonly open: readonly Entry[];
	readonly filled: readonly Entry[];
	readonly cancelled: readonly Entry[];
	readonly fills: readonly Entry[];
};

/**
 * The orders of an account, which follow from its age alone, so that the sandbox stores none: a bot trades on each
 * sub-account, and nothing on the main account.
 */
export function tradingOf(account: SandboxAccount, state: SandboxState, now: number): Trading {
	const index = state.accounts.indexOf(account) - 1;
	const market = markets[index % markets.length];
	if (market === undefined) return {open: [], filled: [], cancelled: [], fills: []};
	const count = Math.max(0, Math.floor((now - account.createdAt) / everyMs));
	const orders = Array.from({length: count}, (_, number) => orderAt(account, market, number + 1));
	const before = orders.slice(0, -1);
	return {
		open: orders.slice(-1).map(({id, at, wire}) => ({id, at, wire: {...wire, state: 'live', accFillSz: '0'}})),
		filled: before.filter(({number}) => number % cancels !== 0),
		cancelled: before
			.filter(({number}) => number % cancels === 0)
			.map(({id, at, wire}) => ({id, at, wire: {...wire, state: 'canceled', accFillSz: '0', avgPx: ''}})),
		fills: before.filter(({number}) => number % cancels !== 0).map(order => fillOf(order)),
	};
}

type NumberedOrder = Entry & {readonly number: number};

function orderAt({createdAt}: SandboxAccount, {instType, instId, size, base}: Market, number: number): NumberedOrder {
	const at = createdAt + number * everyMs;
	// Up and down within a tenth of the price, without chance.
	const price = String(base + (base / 1000) * ((number * 37) % 100));
	const id = at * 1000 + 1;
	return {
		id,
		at,
		number,
		wire: {
			instType,
			instId,
			ordId: String(id),
			clOrdId: '',
			tag: '',
			side: number % 2 === 0 ? 'sell' : 'buy',
			posSide: 'net',
			tdMode: instType === 'SPOT' ? 'cash' : 'cross',
			ordType: 'limit',
			sz: size,
			px: price,
			avgPx: price,
			accFillSz: size,
			state: 'filled',
			category: 'normal',
			cTime: String(at),
			uTime: String(at + everyMs),
		},
	};
}

/** An order is filled when the next one is placed. */
function fillOf({id, at, wire}: NumberedOrder): Entry {
	const filledAt = at + everyMs;
	return {
		id: id + 1,
		at: filledAt,
		wire: {
			instType: wire['instType']!,
			instId: wire['instId']!,
			tradeId: String(id % 1_000_000_007),
			ordId: wire['ordId']!,
			clOrdId: '',
			billId: String(id + 1),
			tag: '',
			side: wire['side']!,
			posSide: 'net',
			execType: 'M',
			fillSz: wire['sz']!,
			fillPx: wire['px']!,
			fee: '-0.08',
			feeCcy: 'USDT',
			ts: String(filledAt),
			fillTime: String(filledAt),
		},
	};
}
