import {goodPassphrase} from './helpers.ts';

export const chosen = {
	label: 'bot',
	passphrase: goodPassphrase,
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7', '2001:db8::7'],
} as const;

export const ok = (data: unknown[]) => JSON.stringify({code: '0', msg: '', data});
