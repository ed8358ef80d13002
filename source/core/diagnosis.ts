import type {Exit} from '../errors.ts';

/** How a call failed, as the client saw it. Texts in it are cleaned. */
export type WireFailure = {
	readonly kind: 'code' | 'dns' | 'refused' | 'reset' | 'unreachable' | 'timeout' | 'tls' | 'redirect' | 'web-page' | 'garbage' | 'too-large' | 'unexpected';
	readonly host: string;
	/** The exchange's code, only for `code`. */
	readonly exchangeCode?: string;
	readonly httpStatus?: number;
	/** The exchange's words, a TLS reason, the place of a redirect, the first words of a web page. */
	readonly message?: string;
	/** From Retry-After, capped; ms. */
	readonly retryAfterMs?: number;
};

export type Diagnosis = {readonly exit: Exit; readonly cause: string; readonly fix: string};

/** What was measured beside the failure, where that is known. */
export type Measured = {readonly skewMs?: number | null; readonly environment?: 'live' | 'demo'};

type Row = {readonly exit: Exit; readonly cause: string | ((failure: WireFailure, measured: Measured) => string); readonly fix: string | ((failure: WireFailure, measured: Measured) => string)};

function seconds(ms: number): string {
	return `${Math.abs(Math.round(ms / 1000))} s`;
}

/** The first IP address that a message of the exchange names: 50110 tells which one it saw (okx/api.md §4.3). */
export function addressIn(message: string | undefined): string | undefined {
	return message?.match(/(?:\d{1,3}\.){3}\d{1,3}|(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}/i)?.[0];
}

/** What each code means for a person, what to do, and the exit status (okx/api.md §6). Decided on the code alone, never on words or HTTP status. */
const codes: Readonly<Record<string, Row>> = {
	'50100': {exit: 'frozen', cause: 'The exchange has frozen this key.', fix: 'Ask the support of the exchange; until then the key is of no use.'},
	'50101': {
		exit: 'wrongSite',
		cause: (_, {environment}) => environment === 'demo' ? 'This is a key for live trading, but it is stored here as a demo key.' : environment === 'live' ? 'This is a key for demo trading, but it is stored here as a live key.' : 'The key belongs to the other environment (live or demo).',
		fix: (_, {environment}) => environment === undefined ? 'Store the key with the other environment.' : `Store it as ${environment === 'demo' ? 'live' : 'demo'}: okx-keys add … --env ${environment === 'demo' ? 'live' : 'demo'}.`,
	},
	'50102': {
		exit: 'clockSkew',
		cause: (_, {skewMs}) => skewMs === undefined || skewMs === null ? 'The clock of this machine is more than 30 s off the exchange’s.' : `The clock of this machine is ${seconds(skewMs)} ${skewMs > 0 ? 'ahead of' : 'behind'} the exchange’s; 30 s are allowed.`,
		fix: 'Set the clock: timedatectl set-ntp true, or chronyc makestep.',
	},
	'50112': {exit: 'clockSkew', cause: 'The exchange could not read the time of the request.', fix: 'Check the date of this machine.'},
	'50103': {exit: 'authentication', cause: 'The exchange got no API key.', fix: 'A proxy on the way may remove headers; try without it.'},
	'50104': {exit: 'authentication', cause: 'The exchange got no passphrase.', fix: 'Store the key again with its passphrase.'},
	'50106': {exit: 'authentication', cause: 'The exchange got no signature.', fix: 'A proxy on the way may remove headers; try without it.'},
	'50107': {exit: 'authentication', cause: 'The exchange got no time of the request.', fix: 'A proxy on the way may remove headers; try without it.'},
	'50105': {exit: 'authentication', cause: 'The passphrase of the key is wrong.', fix: 'It is the one typed when the key was made, not the password of the account. A lost one cannot be found again: make a new key.'},
	'50110': {
		exit: 'ipNotAllowed',
		cause: ({message}) => addressIn(message) === undefined ? 'The address of this machine is not on the allow-list of the key.' : `This machine calls from ${addressIn(message)}, which is not on the allow-list of the key.`,
		fix: ({message}) => addressIn(message) === undefined ? 'Add the address of this machine to the allow-list.' : `Add ${addressIn(message)} to the allow-list${addressIn(message)!.includes(':') ? ' (it is the IPv6 address of this machine), or call over IPv4' : ''}.`,
	},
	'50111': {exit: 'authentication', cause: 'The API key is not one that the exchange can read.', fix: 'Copy it again, whole: it looks like 8-4-4-4-12 letters and digits.'},
	'50113': {exit: 'authentication', cause: 'The secret key is wrong: the signature does not match.', fix: 'Copy the secret again; often the passphrase was pasted in its place.'},
	'50114': {exit: 'permissionMissing', cause: 'The exchange refused the authorization of this key for this.', fix: 'Check the permissions of the key.'},
	'50119': {exit: 'keyMissing', cause: 'The exchange does not know this key: deleted, expired after 14 idle days, mistyped, or of another site.', fix: 'Look whether it is listed on the page of the exchange; keys of EEA, US and TR accounts need that --site.'},
	'50120': {exit: 'permissionMissing', cause: 'The key lacks the permission for this.', fix: 'Give it the permission on the exchange, then try again.'},
	'50030': {exit: 'permissionMissing', cause: 'The key lacks the permission for this.', fix: 'Give it the permission on the exchange, then try again.'},
	'50035': {exit: 'permissionMissing', cause: 'The exchange lets only a key that is bound to an IP address do this.', fix: 'Bind the managing key to the address of this machine.'},
	'50038': {exit: 'wrongSite', cause: 'Demo trading has no such thing.', fix: 'Use a live key.'},
	'50051': {exit: 'wrongSite', cause: 'The exchange does not offer this in the country of the account.', fix: 'Ask the support of the exchange.'},
	'50067': {exit: 'wrongSite', cause: 'The account belongs to another site of the exchange.', fix: 'Store the key with the --site of its account.'},
	'50121': {exit: 'wrongSite', cause: 'The exchange does not serve the address of this machine.', fix: 'Its country may be blocked; use a server elsewhere.'},
	'50007': {exit: 'frozen', cause: 'The account is blocked.', fix: 'Ask the support of the exchange.'},
	'50008': {exit: 'keyMissing', cause: 'The exchange does not know the account.', fix: 'Check the site of the key.'},
	'50012': {exit: 'frozen', cause: 'The account is in a state that allows nothing now.', fix: 'Ask the support of the exchange.'},
	'50027': {exit: 'frozen', cause: 'The account is restricted from trading.', fix: 'Ask the support of the exchange.'},
	'50028': {exit: 'frozen', cause: 'The exchange finds the account abnormal.', fix: 'Ask the support of the exchange.'},
	'50001': {exit: 'exchangeDown', cause: 'The exchange is down for the moment.', fix: 'Try again later.'},
	'50004': {exit: 'exchangeDown', cause: 'The exchange ran out of time; what it did is unknown.', fix: 'Look first whether it was done, before you repeat it.'},
	'50013': {exit: 'exchangeDown', cause: 'The exchange is busy.', fix: 'Try again in a moment.'},
	'50026': {exit: 'exchangeDown', cause: 'The exchange has an error of its own.', fix: 'Try again later.'},
	'50011': {exit: 'rateLimited', cause: 'Too many calls in a short time.', fix: 'Wait a few seconds.'},
	'50040': {exit: 'rateLimited', cause: 'The same was asked too often in a short time.', fix: 'Wait a few seconds.'},
	'50061': {exit: 'rateLimited', cause: 'The sub-account made too many calls in a short time.', fix: 'Wait a few seconds.'},
	'59500': {exit: 'permissionMissing', cause: 'Only a key of the main account may do this, and this one is of a sub-account.', fix: 'Use a main-account key.'},
	'59604': {exit: 'permissionMissing', cause: 'Only a key of the main account may do this, and this one is of a sub-account.', fix: 'Use a main-account key.'},
	'59501': {exit: 'usage', cause: 'The account has 50 API keys, the most it can have.', fix: 'Delete one that is not used.'},
	'59502': {exit: 'usage', cause: 'The account already has a key of this name.', fix: 'Choose another name.'},
	'59503': {exit: 'usage', cause: 'More than 20 addresses are too many for one key.', fix: 'Join neighbours into networks.'},
	'59504': {exit: 'usage', cause: 'A key of a sub-account can never withdraw.', fix: 'Leave withdraw out.'},
	'59505': {exit: 'usage', cause: 'The exchange does not accept this passphrase.', fix: 'Use 8 to 32 characters with a digit, an upper-case and a lower-case letter and a special character.'},
	'59506': {exit: 'keyMissing', cause: 'The exchange does not know this key of the sub-account.', fix: 'It may have been deleted on the page.'},
	'59508': {exit: 'frozen', cause: 'The sub-account is suspended.', fix: 'Enable it on the page of the exchange.'},
	'59510': {exit: 'keyMissing', cause: 'The exchange does not know this sub-account.', fix: 'Names are case sensitive; look at them on the page.'},
	'404': {exit: 'exchangeDown', cause: 'This host does not know the call: it is not the API of the exchange, or an old one.', fix: 'Check --site.'},
};

const kinds: Readonly<Record<Exclude<WireFailure['kind'], 'code'>, Row>> = {
	'dns': {exit: 'network', cause: ({host}) => `The name ${host} could not be found.`, fix: 'Check the network and DNS of this machine: getent hosts www.okx.com.'},
	'refused': {exit: 'network', cause: ({host}) => `${host} refused the connection.`, fix: 'A firewall may be in the way, or nothing listens there.'},
	'reset': {exit: 'network', cause: ({host}) => `The connection to ${host} was cut off.`, fix: 'Try again; if it stays, a firewall or proxy is in the way.'},
	'unreachable': {exit: 'network', cause: ({host}) => `There is no way to ${host} from this machine.`, fix: 'Check the network and its routes.'},
	'timeout': {exit: 'network', cause: ({host}) => `${host} did not answer in time.`, fix: 'Try again; if it stays, a firewall may swallow the packets.'},
	'tls': {exit: 'network', cause: ({host, message}) => `The connection to ${host} is not safe: ${message ?? 'its certificate could not be checked'}. Nothing was sent.`, fix: 'Somebody may be in between (proxy, captive portal), or the clock is wrong.'},
	'redirect': {exit: 'network', cause: ({host, message}) => `${host} wanted to send us elsewhere${message === undefined ? '' : ` (${message})`}; the key was not sent there.`, fix: 'Check the site of the key; a captive portal does this too.'},
	'web-page': {exit: 'network', cause: ({host, httpStatus}) => `${host} answered with a web page instead of data (HTTP ${httpStatus ?? '?'}).`, fix: 'A captive portal or a filter is in the way, or the exchange blocks the address of this machine.'},
	'garbage': {exit: 'exchangeDown', cause: ({host, message}) => `${host} answered with something that is not an answer of the exchange${message === undefined ? '' : `: ${message}`}.`, fix: 'Try again later; if it stays, something in between changes the answers.'},
	'too-large': {exit: 'exchangeDown', cause: ({host}) => `${host} answered with far more than the exchange ever sends; it was cut off.`, fix: 'Something in between may change the answers.'},
	'unexpected': {exit: 'network', cause: ({host, message}) => `The call to ${host} failed${message === undefined ? '' : ` (${message})`}.`, fix: 'Try again.'},
};

/** Cause, remedy and exit status of a failed call. The exchange's own code is always named, so that it can be looked up. */
export function diagnose(failure: WireFailure, measured: Measured = {}): Diagnosis {
	const say = (part: Row['cause']) => typeof part === 'function' ? part(failure, measured) : part;
	if (failure.kind !== 'code') {
		const row = kinds[failure.kind];
		return {exit: row.exit, cause: say(row.cause), fix: say(row.fix)};
	}

	const code = failure.exchangeCode ?? '?';
	const row = codes[code];
	if (row) return {exit: row.exit, cause: `${say(row.cause)} (${code})`, fix: say(row.fix)};
	const words = failure.message === undefined || failure.message === '' ? 'without a word of explanation' : `saying “${failure.message}”`;
	const exit = failure.httpStatus === 429 ? 'rateLimited' : (failure.httpStatus ?? 0) >= 500 ? 'exchangeDown' : failure.httpStatus === 401 ? 'authentication' : 'unexpected';
	return {exit, cause: `The exchange refused with code ${code}, ${words}.`, fix: 'Look the code up in the documentation of the exchange.'};
}
