import type {ServerResponse} from 'node:http';
import {gzipSync} from 'node:zlib';
import {AppError} from '../core/errors.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {didYouMean, similar} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {wordsOf, type RefusalCode} from './refusal.ts';

export type EndpointMode =
	| 'no-such-name'
	| 'closed'
	| 'tls'
	| 'tls-expired'
	| 'tls-not-yet'
	| 'tls-self-signed'
	| 'tls-authority'
	| 'tls-wrong-name'
	| 'tls-protocol';

/** As on the wire. */
export type AccountConfig = {
	readonly perm: string;
	readonly ip: string;
	readonly label: string;
	readonly uid: string;
	readonly mainUid: string;
	readonly kycLv: string;
};

export type Fault = {
	readonly about: string;
	/** For every signed call. */
	readonly refuses?: RefusalCode;
	/** `code` for every call about orders; with `sCode` the call passes and the order itself is refused. */
	readonly refusesOrders?: {readonly code: RefusalCode} | {readonly sCode: RefusalCode};
	/** For every call except the announcements. */
	readonly down?: RefusalCode;
	/** Answers every call; `sinceMs` counts from the first one. False leaves the call to the exchange. */
	readonly answers?: (response: ServerResponse, sinceMs: number) => boolean | void;
	/** Delay of every answer, ms. */
	readonly waits?: number;
	/** How far the exchange's clock is ahead, ms. */
	readonly clockMs?: number;
	readonly says?: (said: AccountConfig) => Partial<AccountConfig>;
	readonly endpoint?: EndpointMode;
	readonly announces?: string;
};

/** Codes that a live test can meet; only a wrong call meets the others. */
const codes = [
	'50001',
	'50004',
	'50005',
	'50007',
	'50008',
	'50011',
	'50012',
	'50013',
	'50026',
	'50027',
	'50028',
	'50029',
	'50030',
	'50035',
	'50040',
	'50041',
	'50046',
	'50051',
	'50060',
	'50061',
	'50062',
	'50067',
	'50100',
	'50101',
	'50102',
	'50103',
	'50104',
	'50105',
	'50106',
	'50107',
	'50110',
	'50111',
	'50112',
	'50113',
	'50114',
	'50119',
	'50120',
	'50121',
] as const satisfies readonly RefusalCode[];

const page = (title: string, words: string) =>
	`<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${words}</p></body></html>`;
const html = {'content-type': 'text/html; charset=utf-8'};
const json = {'content-type': 'application/json; charset=utf-8'};

function never(): void {
	// The connection stays open, and nothing comes.
}

/** Sends without end, as fast as the client reads. */
function endlessly(response: ServerResponse): void {
	response.writeHead(200, json).write('{"code":"0","data":["');
	const chunk = 'x'.repeat(65_536);
	const more = () => {
		while (!response.destroyed && response.write(chunk));
		response.once('drain', more);
	};
	more();
}

function tooMany(response: ServerResponse, seconds: number): true {
	response
		.writeHead(429, {...json, 'retry-after': String(seconds)})
		.end(JSON.stringify({code: '50011', msg: wordsOf('50011')}));
	return true;
}

/** 100 MiB in 100 kB: a hundred equal gzip members, unpacked one after the other (RFC 1952 §2.2). */
const bomb = () => Buffer.concat(Array<Buffer>(100).fill(gzipSync(Buffer.alloc(1_048_576, ' '))));

const connections: Readonly<Record<string, Fault>> = {
	dns: {about: 'the name of the exchange is not found', endpoint: 'no-such-name'},
	refused: {about: 'the port is closed', endpoint: 'closed'},
	reset: {
		about: 'the connection is cut off',
		answers(response) {
			response.socket?.resetAndDestroy();
		},
	},
	timeout: {about: 'no answer comes, ever', answers: never},
	slow: {about: 'each answer takes 3 seconds', waits: 3000},
	tls: {about: 'all is well, over TLS', endpoint: 'tls'},
	'tls-expired': {about: 'its certificate has expired', endpoint: 'tls-expired'},
	'tls-not-yet': {about: 'its certificate is not valid yet', endpoint: 'tls-not-yet'},
	'tls-self-signed': {about: 'its certificate is signed only by itself', endpoint: 'tls-self-signed'},
	'tls-authority': {about: 'its certificate comes from an unknown authority', endpoint: 'tls-authority'},
	'tls-wrong-name': {about: 'its certificate is for another name', endpoint: 'tls-wrong-name'},
	'tls-protocol': {about: 'it does not speak TLS where it should', endpoint: 'tls-protocol'},
	redirect: {
		about: 'it sends every call elsewhere',
		answers(response) {
			response.writeHead(302, {location: 'https://login.example/'}).end();
		},
	},
	'redirect-site': {
		about: 'it sends every call to another site of the exchange',
		answers(response) {
			response.writeHead(302, {location: 'https://my.okx.com/'}).end();
		},
	},
	'captive-portal': {
		about: 'a page to log in to the network instead of data',
		answers(response) {
			response.writeHead(200, html).end(page('Hotel Wi-Fi', 'Log in to go on.'));
		},
	},
	waf: {
		about: 'a filter answers 403 with a page',
		answers(response) {
			response.writeHead(403, html).end(page('Attention Required!', 'You have been blocked.'));
		},
	},
	proxy: {
		about: 'a proxy wants a password (407)',
		answers(response) {
			response
				.writeHead(407, {...html, 'proxy-authenticate': 'Basic realm="proxy"'})
				.end(page('Proxy Authentication Required', ''));
		},
	},
	garbage: {
		about: 'an answer that is no JSON',
		answers(response) {
			response.writeHead(200, json).end('\u{1}\u{2}not json');
		},
	},
	empty: {
		about: 'an answer without a word',
		answers(response) {
			response.writeHead(200, json).end();
		},
	},
	'gzip-bomb': {
		about: 'a small answer that unpacks to 100 MiB',
		answers(response) {
			response.writeHead(200, {...json, 'content-encoding': 'gzip'}).end(bomb());
		},
	},
	endless: {about: 'an answer that never ends', answers: endlessly},
	'rate-limit-1s': {
		about: 'too many calls, and all is well after a second',
		answers: (response, sinceMs) => sinceMs < 1000 && tooMany(response, 1),
	},
	'rate-limit-1h': {about: 'too many calls, come back in an hour', answers: response => tooMany(response, 3600)},
	'500': {about: 'an error of its own', down: '50026'},
	'500-message': {
		about: 'an error of its own, told in words alone',
		answers(response) {
			response.writeHead(500, json).end('{"message":"An unexpected error occurred"}');
		},
	},
	'502': {
		about: 'its gateway answers with a page',
		answers(response) {
			response.writeHead(502, html).end(page('502 Bad Gateway', 'nginx'));
		},
	},
	'503': {about: 'it is down', down: '50001'},
	maintenance: {
		about: 'it is down for maintenance, and says so',
		down: '50001',
		announces: 'Upgrade of the trading system',
	},
	'clock-ahead': {about: 'the clocks are 45 s apart, ours behind', clockMs: 45_000},
	'clock-behind': {about: 'the clocks are 45 s apart, ours ahead', clockMs: -45_000},
};

const orders: Readonly<Record<string, Fault>> = {
	'50124': {about: 'the key may not trade this market (proof of Trade)', refusesOrders: {code: '50124'}},
	'51155': {about: 'local law closes the market to the account (proof of Trade)', refusesOrders: {sCode: '51155'}},
};

/** Fixed, so that a fault does not change from call to call. */
const elsewhere = '203.0.113.7';
const otherUid = '100000000000000001';

const drifts: Readonly<Record<string, Fault>> = {
	'permission-appeared': {
		about: 'the key may withdraw, which is not declared',
		says: ({perm}) => ({perm: `${perm},withdraw`}),
	},
	'permission-unknown': {
		about: 'the key has a permission that okx-keys does not know',
		says: ({perm}) => ({perm: `${perm},onchain`}),
	},
	'permission-gone': {about: 'the key may only read', says: () => ({perm: 'read_only'})},
	'ip-changed': {
		about: 'the key is bound to another address too',
		says: ({ip}) => ({ip: ip === '' ? elsewhere : `${ip},${elsewhere}`}),
	},
	'ip-gone': {about: 'the key is bound to no address any more', says: () => ({ip: ''})},
	'label-changed': {
		about: 'the key has another name on the exchange',
		says: ({label}) => ({label: `${label}2`.slice(-50)}),
	},
	'other-account': {about: 'the key is of another account', says: () => ({uid: otherUid, mainUid: otherUid})},
	'sub-account': {about: 'the key is of a sub-account', says: ({uid}) => ({uid: otherUid, mainUid: uid})},
	'kyc-missing': {about: 'the owner of the account is not verified', says: () => ({kycLv: '1'})},
};

export const faults: Readonly<Record<string, Fault>> = {
	...connections,
	...drifts,
	...orders,
	...Object.fromEntries(
		codes.map((code): [string, Fault] => [
			code,
			{about: wordsOf(code).replace('$', 'this address').replace(' $', ''), refuses: code},
		]),
	),
};

export const faultNames: readonly string[] = Object.keys(faults).toSorted(
	(left, right) => Number(/^\d/.test(left)) - Number(/^\d/.test(right)) || (left < right ? -1 : 1),
);

/** Returns `name`; throws `invalid` for an unknown fault. */
export function knownFault(name: string): string {
	if (Object.hasOwn(faults, name)) return name;
	throw new AppError('invalid', {
		problem: `The sandbox cannot rehearse ${sanitize(name)}.`,
		fix: [didYouMean(similar(name, faultNames)), `${suggestedCommand('--fault', 'list')} shows all faults.`]
			.filter(Boolean)
			.join(' '),
	});
}
