import {dayMs} from '../../core/text/time.ts';
import {mainAccount, type SandboxAccount, type SandboxState} from '../state.ts';
import type {Entry} from './entry.ts';

/** Money comes into the main account so often, and moves on into the sub-accounts a day later. */
const everyMs = 5 * dayMs;
const amount = '250';
/** A withdrawal can be cancelled so long. */
const processedMs = 1_800_000;

/** An address that nobody has the key of. */
const elsewhere = '0x000000000000000000000000000000000000dEaD';

export type Funding = {
	readonly deposits: readonly Entry[];
	readonly withdrawals: readonly Entry[];
	readonly bills: readonly Entry[];
	/** Of the trading account: transfers between it and the funding account. */
	readonly tradingBills: readonly Entry[];
};

/** What came into an account and left it, which follows from its age alone, as its orders do. */
export function fundingOf(account: SandboxAccount, state: SandboxState, now: number): Funding {
	const times = timesOf(account, now);
	if (account.uid !== mainAccount(state).uid)
		return {
			deposits: [],
			withdrawals: [],
			bills: times.flatMap(at => [bill(at, 1, '23', amount), bill(at + 60_000, 2, '131', `-${amount}`)]),
			tradingBills: times.map(at => transferIn(at + 60_000)),
		};
	const subs = state.accounts.slice(1);
	const deposits = times.map(at => payment(at, 3, {depId: 'deposit', from: '', to: elsewhere}));
	// Every third time, as much leaves as has come.
	const withdrawals = times
		.filter((_, index) => index % 3 === 2)
		.map(at => at + dayMs / 2)
		.map(at =>
			payment(at, 4, {wdId: 'withdrawal', from: '', to: elsewhere, state: at > now - processedMs ? '0' : '2'}),
		);
	return {
		deposits,
		withdrawals,
		bills: [
			...deposits.map(({at}) => bill(at, 5, '1', amount)),
			...withdrawals.map(({at}) => bill(at, 6, '2', `-${amount}`)),
			...subs.flatMap((sub, index) => timesOf(sub, now).map(at => bill(at, 10 + index, '20', `-${amount}`))),
		],
		tradingBills: [],
	};
}

/** Transfers from the main account to each sub-account, or to the one of this name. */
export function subTransfersOf(state: SandboxState, now: number, name: string | undefined): readonly Entry[] {
	return state.accounts
		.slice(1)
		.filter(account => name === undefined || account.name === name)
		.flatMap((account, index) =>
			timesOf(account, now).map((at): Entry => {
				const id = at * 1000 + 20 + index;
				return {
					id,
					at,
					wire: {billId: String(id), ccy: 'USDT', amt: amount, subAcct: account.name, type: '0', ts: String(at)},
				};
			}),
		);
}

function timesOf({createdAt}: SandboxAccount, now: number): readonly number[] {
	const count = Math.max(0, Math.floor((now - createdAt) / everyMs));
	return Array.from({length: count}, (_, index) => createdAt + (index + 1) * everyMs);
}

function bill(at: number, place: number, type: string, balChg: string): Entry {
	const id = at * 1000 + place;
	return {
		id,
		at,
		wire: {billId: String(id), ccy: 'USDT', clientId: '', balChg, bal: amount, type, notes: '', ts: String(at)},
	};
}

function transferIn(at: number): Entry {
	const id = at * 1000 + 7;
	return {
		id,
		at,
		wire: {
			billId: String(id),
			ccy: 'USDT',
			balChg: amount,
			bal: amount,
			type: '1',
			subType: '11',
			from: '6',
			to: '18',
			instType: '',
			instId: '',
			ordId: '',
			notes: '',
			ts: String(at),
		},
	};
}

function payment(
	at: number,
	place: number,
	{depId, wdId, from, to, state = '2'}: Readonly<Record<string, string>>,
): Entry {
	const id = at * 1000 + place;
	return {
		id,
		at,
		wire: {
			...(depId !== undefined && {depId: String(id), fromWdId: ''}),
			...(wdId !== undefined && {wdId: String(id), fee: '1', feeCcy: 'USDT', clientId: ''}),
			ccy: 'USDT',
			chain: 'USDT-ERC20',
			amt: amount,
			from: from ?? '',
			to: to ?? '',
			txId: `0x${id.toString(16).padStart(64, '0')}`,
			state,
			ts: String(at),
		},
	};
}
