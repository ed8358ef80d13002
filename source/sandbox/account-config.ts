import {permissionsOnWire} from '../exchange/wire.ts';
import {mainAccount, type SandboxKey, type SandboxState} from './state.ts';

/** The answer of `GET /account/config`, with all documented fields (docs/okx-api.md §3.1). */
export function configOf({uid, label, permissions, ip, type}: SandboxKey, state: SandboxState) {
	const main = mainAccount(state);
	// The allowlist of a third-party app is not told, although it is enforced (docs/okx-api.md §4.2).
	const toldIps = type === 'app' ? '' : ip.join(',');
	return {
		acctLv: '2',
		acctStpMode: 'cancel_maker',
		autoLoan: false,
		ctIsoMode: 'automatic',
		enableSpotBorrow: false,
		feeType: '0',
		greeksType: 'PA',
		ip: toldIps,
		kycLv: state.kycLevel,
		label,
		level: 'Lv1',
		levelTmp: '',
		liquidationGear: '-1',
		mainUid: main.uid,
		mgnIsoMode: 'automatic',
		opAuth: '0',
		perm: permissionsOnWire(permissions),
		posMode: 'net_mode',
		roleType: '0',
		settleCcy: 'USDC',
		settleCcyList: ['USD', 'USDC', 'USDG'],
		spotBorrowAutoRepay: false,
		spotOffsetType: '',
		spotRoleType: '0',
		spotTraderInsts: [],
		stgyType: '0',
		traderInsts: [],
		type: uid === main.uid ? '0' : '1',
		uid,
	};
}
