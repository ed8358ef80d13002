import {marketNamed} from '../ledger/trading.ts';
import {Refusal, wordsOf, type RefusalCode} from '../refusal.ts';
import type {SandboxOrder} from '../state.ts';
import {oneOf, optional, required, type Changed, type EndpointHandler} from './call.ts';

/** The oldest are dropped, so that a client which trades for days does not fill the vault. */
const mostOrders = 500;

/** Takes orders at the market, and fills them at once. */
export const placeOrder: EndpointHandler = {
	change(call): Changed {
		const {state, caller, now} = call;
		const [instId, size, clientId] = [required(call, 'instId'), required(call, 'sz'), optional(call, 'clOrdId') ?? ''];
		const side = oneOf(call, 'side', ['buy', 'sell']);
		oneOf(call, 'tdMode', ['cash', 'cross', 'isolated', 'spot_isolated']);
		oneOf(call, 'ordType', ['market']);
		if (!/^\d{1,12}(?:\.\d{1,12})?$/.test(size) || Number(size) === 0) throw new Refusal('51000', 'sz');
		if (!/^[A-Za-z\d]{0,32}$/.test(clientId)) throw new Refusal('51000', 'clOrdId');
		const answer = (ordId: string, sCode: RefusalCode | '0') => ({
			clOrdId: clientId,
			ordId,
			tag: '',
			sCode,
			sMsg: sCode === '0' ? '' : wordsOf(sCode),
			ts: String(now),
		});
		if (!marketNamed(instId)) return {state, code: '1', data: [answer('', '51001')]};
		const {orders = []} = state;
		const order: SandboxOrder = {
			id: Math.max(now * 1000 + 500, (orders.at(-1)?.id ?? 0) + 2),
			at: now,
			uid: caller!.uid,
			environment: caller!.environment,
			clientId,
			instId,
			side,
			size,
		};
		return {state: {...state, orders: [...orders, order].slice(-mostOrders)}, data: [answer(String(order.id), '0')]};
	},
};
