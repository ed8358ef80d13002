import type {Environment} from '../../core/key/key.ts';
import type {SandboxAccount, SandboxOrder, SandboxState} from '../state.ts';
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

export function marketNamed(instId: string): Market | undefined {
	return markets.find(market => market.instId === instId);
}

export type Trading = {
	/** Not filled and not cancelled. */
	readonly open: readonly Entry[];
	readonly filled: readonly Entry[];
	readonly cancelled: readonly Entry[];
	readonly fills: readonly Entry[];
};

type Order = Pick<SandboxOrder, 'id' | 'at' | 'clientId' | 'side' | 'size'> & {
	readonly market: Market;
	readonly type: 'limit' | 'market';
	readonly price: string;
	readonly filledAt: number;
};

/** What an account did in an environment: its bot, and other clients. */
export function tradingOf(
	account: SandboxAccount,
	state: SandboxState,
	{now, environment}: {readonly now: number; readonly environment: Environment},
): Trading {
	const bot = environment === 'live' ? botOrders(account, state, now) : [];
	const [done, last] = [bot.slice(0, -1), bot.slice(-1)];
	const isCancelled = (_: Order, index: number) => (index + 1) % cancels === 0;
	const placed = (state.orders ?? [])
		.filter(order => order.uid === account.uid && order.environment === environment)
		.map(order => placedOrder(order));
	const filled = [...done.filter((order, index) => !isCancelled(order, index)), ...placed];
	return {
		open: last.map(order => orderEntry(order, 'live')),
		filled: filled.map(order => orderEntry(order, 'filled')),
		cancelled: done.filter(isCancelled).map(order => orderEntry(order, 'canceled')),
		fills: filled.map(order => fillEntry(order)),
	};
}

/**
 * The orders of a bot follow from the age of its account alone, so that the sandbox stores none. The main account has
 * no bot.
 */
function botOrders(account: SandboxAccount, {accounts}: SandboxState, now: number): readonly Order[] {
	const market = markets[(accounts.indexOf(account) - 1) % markets.length];
	if (market === undefined) return [];
	const count = Math.max(0, Math.floor((now - account.createdAt) / everyMs));
	return Array.from({length: count}, (_, index): Order => {
		const at = account.createdAt + (index + 1) * everyMs;
		return {
			id: at * 1000 + 1,
			at,
			clientId: '',
			side: index % 2 === 0 ? 'buy' : 'sell',
			size: market.size,
			market,
			type: 'limit',
			// Up and down within a tenth of the price, without chance.
			price: String(market.base + (market.base / 1000) * ((index * 37) % 100)),
			filledAt: at + everyMs,
		};
	});
}

function placedOrder({instId, ...order}: SandboxOrder): Order {
	const market = marketNamed(instId)!;
	return {...order, market, type: 'market', price: String(market.base), filledAt: order.at};
}

function orderEntry(
	{id, at, clientId, side, size, market: {instType, instId}, type, price, filledAt}: Order,
	state: 'live' | 'filled' | 'canceled',
): Entry {
	const isFilled = state === 'filled';
	return {
		id,
		at,
		wire: {
			instType,
			instId,
			ordId: String(id),
			clOrdId: clientId,
			tag: '',
			side,
			posSide: 'net',
			tdMode: instType === 'SPOT' ? 'cash' : 'cross',
			ordType: type,
			sz: size,
			px: type === 'market' ? '' : price,
			avgPx: isFilled ? price : '',
			accFillSz: isFilled ? size : '0',
			state,
			category: 'normal',
			cTime: String(at),
			uTime: String(state === 'live' ? at : filledAt),
		},
	};
}

function fillEntry({id, clientId, side, size, market: {instType, instId}, type, price, filledAt}: Order): Entry {
	return {
		id: id + 1,
		at: filledAt,
		wire: {
			instType,
			instId,
			tradeId: String(id % 1_000_000_007),
			ordId: String(id),
			clOrdId: clientId,
			billId: String(id + 1),
			tag: '',
			side,
			posSide: 'net',
			execType: type === 'market' ? 'T' : 'M',
			fillSz: size,
			fillPx: price,
			fee: '-0.08',
			feeCcy: 'USDT',
			ts: String(filledAt),
			fillTime: String(filledAt),
		},
	};
}
