import type {Checked, CheckFinding} from '../../source/actions/check.ts';
import type {TestResult} from '../../source/actions/test-result.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {storedKey} from '../helpers/keys.ts';

export const at = 1_800_000_000_000;

export const live = {
	permissions: ['read', 'trade'] as const,
	ip: ['203.0.113.7'],
	label: 'bot1',
	uid: '1',
	mainUid: '1',
	kycLv: '2',
};

/** A key that was checked: well, but for the findings. */
export function checked(
	name: string,
	findings: readonly (Pick<CheckFinding, 'code' | 'text'> & Partial<CheckFinding>)[] = [],
	result: Partial<TestResult> = {},
	key: Partial<StoredKey> = {},
): Checked {
	const code = findings[0]?.code ?? 0;
	return {
		key: storedKey({id: name, name, permissions: ['read', 'trade'], ip: ['203.0.113.7'], createdAt: at - 5000, ...key}),
		findings: findings.map(finding => ({isAlarm: finding.code < 40, ...finding})),
		result: {
			name,
			ok: code === 0,
			code,
			cause: '',
			stored: {cause: ''},
			fix: '',
			exchangeCode: null,
			httpStatus: 200,
			host: 'openapi.okx.com',
			environment: 'live',
			latencyMs: 42,
			skewMs: -300,
			layers: [],
			declared: {permissions: [], ip: []},
			live,
			drift: [],
			binding: 'bound',
			daysLeft: null,
			touched: true,
			offer: null,
			notices: null,
			testedAt: at,
			...result,
		},
	};
}

export const well = (count: number) => Array.from({length: count}, (_, index) => checked(`well${index}`));

export const down = {live: null, touched: false, latencyMs: null, skewMs: null};

export const lost = {code: 30, text: 'The name openapi.okx.com could not be found.'};

export const wrongSecret = {code: 20, text: 'The secret key is wrong: the signature does not match. (50113)'};
