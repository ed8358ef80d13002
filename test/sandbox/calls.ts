import {goodPassphrase} from '../exchange/helpers.ts';

export const config = {path: '/api/v5/account/config'};

export const create = {method: 'POST', path: '/api/v5/users/subaccount/apikey'};

export const newKey = {
	subAcct: 'quantdesk01',
	label: 'bot',
	passphrase: goodPassphrase,
	perm: 'read_only',
	ip: '203.0.113.7',
};

export const making = (change: Record<string, unknown>) => ({...create, body: JSON.stringify({...newKey, ...change})});

export const day = 86_400_000;
