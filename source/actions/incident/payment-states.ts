import {msg, type Translatable} from '../../language/translate.ts';
import type {Payment} from '../../exchange/records.ts';

/** By the exchange's numbers (docs/okx-api.md §3.4). */
const ofWithdrawals: Readonly<Record<string, Translatable>> = {
	'-3': msg`being cancelled`,
	'-2': msg`cancelled`,
	'-1': msg`failed`,
	'0': msg`waiting`,
	'1': msg`sent to the chain`,
	'2': msg`done`,
	'4': msg`under review`,
	'5': msg`under review`,
	'6': msg`under review`,
	'7': msg`approved`,
	'8': msg`under review`,
	'9': msg`under review`,
	'10': msg`waiting`,
	'12': msg`under review`,
	'15': msg`being validated`,
	'16': msg`held for up to 24 h`,
	'17': msg`waiting for a travel-rule answer`,
	'19': msg`waiting for the hot wallet`,
};
const ofDeposits: Readonly<Record<string, Translatable>> = {
	'0': msg`waiting for confirmations`,
	'1': msg`credited`,
	'2': msg`done`,
	'8': msg`suspended`,
	'11': msg`from a blocked address`,
	'12': msg`frozen`,
	'13': msg`held for a sub-account`,
	'14': msg`held for identification`,
	'17': msg`waiting for a travel-rule answer`,
};

/** What a state means; an unknown one stays a number. */
export function paymentState({state}: Payment, kind: 'withdrawals' | 'deposits'): string {
	return (kind === 'withdrawals' ? ofWithdrawals : ofDeposits)[state]?.() ?? state;
}

const cancellable: ReadonlySet<string> = new Set(['0', '17', '19']);

/** Whether a withdrawal has not begun, so that the exchange can still cancel it. */
export function isCancellable({state}: Payment): boolean {
	return cancellable.has(state);
}
