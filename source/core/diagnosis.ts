import ipaddr from 'ipaddr.js';
import type {Exit} from '../errors.ts';
import type {ClockService} from './clock-service.ts';
import type {Environment} from './key.ts';
import {canonicalIp} from './rules.ts';

/** How a call failed, as the client saw it. Texts in it are cleaned. */
export type WireFailure = {
	readonly kind: 'code' | 'dns' | 'refused' | 'reset' | 'unreachable' | 'timeout' | 'tls' | 'redirect' | 'web-page' | 'garbage' | 'too-large' | 'unsendable' | 'unexpected';
	readonly host: string;
	/** The exchange's code, only for `code`. */
	readonly exchangeCode?: string;
	readonly httpStatus?: number;
	/** The exchange's words, a TLS reason, the place of a redirect, the first words of a web page, why nothing could be sent. */
	readonly message?: string;
	/** From Retry-After, capped; ms. */
	readonly retryAfterMs?: number;
};

/** What the program can do about it at one key's press or by one command; each is asked about before it is done. */
export type Offer =
	/** Put the address that the exchange saw on the key's allow-list. */
	| {readonly act: 'add-ip'; readonly address: string}
	/** Store the key as one of the other environment. */
	| {readonly act: 'use-environment'; readonly environment: Environment}
	/** Ask the exchange's other sites whether they know the key: each sees the signed call. */
	| {readonly act: 'try-sites'}
	/** Store the key as one of another site, which was found to know it. */
	| {readonly act: 'use-site'; readonly site: string}
	/** Declare what the exchange says. */
	| {readonly act: 'accept-live'};

export type Diagnosis = {readonly exit: Exit; readonly cause: string; readonly fix: string; readonly offer?: Offer};

/** What was measured beside the failure, or is known of the key and of this machine. */
export type Measured = {
	readonly skewMs?: number | null;
	readonly environment?: Environment;
	/** The allow-list that is declared here. */
	readonly ip?: readonly string[];
	/** Where the key is stored as belonging to. */
	readonly site?: string;
	/** What keeps this machine's clock. */
	readonly clockService?: ClockService;
};

type Said<Part> = Part | ((failure: WireFailure, measured: Measured) => Part);
type Row = {readonly exit: Said<Exit>; readonly cause: Said<string>; readonly fix: Said<string>};

/** Who is in trouble when an answer has no code: the HTTP status is all there is to go by. */
function exitByStatus({httpStatus = 0}: WireFailure, otherwise: Exit): Exit {
	if (httpStatus === 429) return 'rateLimited';
	return httpStatus >= 500 ? 'exchangeDown' : otherwise;
}

function seconds(ms: number): string {
	return `${Math.abs(Math.round(ms / 1000))} s`;
}

/** The first IP address that a message of the exchange names: 50110 tells which one it saw (okx/api.md §4.3). */
export function addressIn(message = ''): string | undefined {
	const words = message.match(/[\da-f:.]+/gi) ?? [];
	const candidates = words.map(word => word.replace(/^:(?!:)|(?<!:):$/, '').replace(/\.+$/, ''));
	const address = candidates.find(word => ipaddr.IPv4.isValidFourPartDecimal(word) || ipaddr.IPv6.isValid(word));
	return address === undefined ? undefined : canonicalIp(address);
}

/** What the exchange said in its own words, for the rows where they help; quoted, since they are not ours. */
function inItsWords({message}: WireFailure): string {
	return message === undefined || message === '' ? '.' : `: “${message}”.`;
}

const headerLost = 'A proxy on the way may remove headers; try without it.';
const askSupport = 'Ask the support of the exchange.';
const waitABit = 'Wait a few seconds.';
const lacksPermission: Row = {exit: 'permissionMissing', cause: 'The key lacks the permission for this.', fix: 'Give it the permission on the exchange, then try again.'};
const mainKeyNeeded: Row = {exit: 'permissionMissing', cause: 'Only a key of the main account may do this, and this one is of a sub-account.', fix: 'Use a main-account key.'};
const notVerified: Row = {exit: 'permissionMissing', cause: 'The exchange wants the owner of the account to be verified first.', fix: 'Complete the verification (level 2) on the page of the exchange.'};
const notUnderstood: Row = {exit: 'unexpected', cause: failure => `The exchange could not use our request${inItsWords(failure)}`, fix: 'Check what you entered; if that is right, this program may be too old for the exchange.'};
const maintenance: Row = {exit: 'exchangeDown', cause: 'The exchange does not offer this for the moment.', fix: 'Try again later.'};
const wrongCountry: Row = {exit: 'wrongSite', cause: 'The exchange does not offer this in the country of the account.', fix: askSupport};

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
	'50103': {exit: 'authentication', cause: 'The exchange got no API key.', fix: headerLost},
	'50104': {exit: 'authentication', cause: 'The exchange got no passphrase.', fix: 'Store the key again with its passphrase.'},
	'50106': {exit: 'authentication', cause: 'The exchange got no signature.', fix: headerLost},
	'50107': {exit: 'authentication', cause: 'The exchange got no time of the request.', fix: headerLost},
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
	'50120': lacksPermission,
	'50030': lacksPermission,
	'50041': lacksPermission,
	'50035': {exit: 'permissionMissing', cause: 'The exchange lets only a key that is bound to an IP address do this.', fix: 'Bind the managing key to the address of this machine.'},
	'50038': {exit: 'wrongSite', cause: 'Demo trading has no such thing.', fix: 'Use a live key.'},
	'50051': wrongCountry,
	'51155': wrongCountry,
	'51734': wrongCountry,
	'50067': {exit: 'wrongSite', cause: 'The account belongs to another site of the exchange.', fix: 'Store the key with the --site of its account.'},
	'50121': {exit: 'wrongSite', cause: 'The exchange does not serve the address of this machine.', fix: 'Its country may be blocked; use a server elsewhere.'},
	'50007': {exit: 'frozen', cause: 'The account is blocked.', fix: askSupport},
	'50008': {exit: 'keyMissing', cause: 'The exchange does not know the account.', fix: 'Check the site of the key.'},
	'50012': {exit: 'frozen', cause: 'The account is in a state that allows nothing now.', fix: askSupport},
	'50027': {exit: 'frozen', cause: 'The account is restricted from trading.', fix: askSupport},
	'50028': {exit: 'frozen', cause: 'The exchange finds the account abnormal.', fix: askSupport},
	'50001': {exit: 'exchangeDown', cause: 'The exchange is down for the moment.', fix: 'Try again later.'},
	'50004': {exit: 'exchangeDown', cause: 'The exchange ran out of time; what it did is unknown.', fix: 'Look first whether it was done, before you repeat it.'},
	'50013': {exit: 'exchangeDown', cause: 'The exchange is busy.', fix: 'Try again in a moment.'},
	'50026': {exit: 'exchangeDown', cause: 'The exchange has an error of its own.', fix: 'Try again later.'},
	'50011': {exit: 'rateLimited', cause: 'Too many calls in a short time.', fix: ({retryAfterMs}) => retryAfterMs === undefined ? waitABit : `Wait ${seconds(retryAfterMs)}.`},
	'50040': {exit: 'rateLimited', cause: 'The same was asked too often in a short time.', fix: waitABit},
	'50061': {exit: 'rateLimited', cause: 'The sub-account made too many calls in a short time.', fix: waitABit},
	'59500': mainKeyNeeded,
	'59604': mainKeyNeeded,
	'59501': {exit: 'usage', cause: 'The account has 50 API keys, the most it can have.', fix: 'Delete one that is not used.'},
	'59502': {exit: 'usage', cause: 'The account already has a key of this name.', fix: 'Choose another name.'},
	'59503': {exit: 'usage', cause: 'More than 20 addresses are too many for one key.', fix: 'Join neighbours into networks.'},
	'59504': {exit: 'usage', cause: 'A key of a sub-account can never withdraw.', fix: 'Leave withdraw out.'},
	'59505': {exit: 'usage', cause: 'The exchange does not accept this passphrase.', fix: 'Use 8 to 32 characters with a digit, an upper-case and a lower-case letter and a special character.'},
	'59506': {exit: 'keyMissing', cause: 'The exchange does not know this key of the sub-account.', fix: 'It may have been deleted on the page.'},
	'59508': {exit: 'frozen', cause: 'The sub-account is suspended.', fix: 'Enable it on the page of the exchange.'},
	'59510': {exit: 'keyMissing', cause: 'The exchange does not know this sub-account.', fix: 'Names are case sensitive; look at them on the page.'},
	'59515': {exit: 'frozen', cause: 'The exchange does not let this account use such a sub-account.', fix: askSupport},
	'59519': {exit: 'frozen', cause: 'The exchange has frozen this function of the account.', fix: askSupport},
	'59614': {exit: 'permissionMissing', cause: 'A sub-account that is managed for others does not allow this.', fix: 'Use the page of the exchange.'},
	'59550': notVerified,
	'50059': notVerified,
	'50060': notVerified,
	'50009': {exit: 'frozen', cause: 'The account is frozen after a liquidation.', fix: askSupport},
	'50029': {exit: 'frozen', cause: 'The exchange suspects a risk and has suspended the account.', fix: 'Look for its e-mail, or ask its support.'},
	'50116': {exit: 'usage', cause: 'An application may make only one key this way.', fix: 'Use the key it has made.'},
	'50118': {exit: 'usage', cause: 'The application has not published its addresses, so no key can be linked to it.', fix: 'Ask the maker of the application.'},
	'50005': {exit: 'exchangeDown', cause: 'The exchange has retired this call.', fix: 'Install a newer okx-keys.'},
	'50046': maintenance,
	'50062': maintenance,
	'1': {exit: 'unexpected', cause: failure => `The exchange refused${inItsWords(failure)}`, fix: 'Look at the key on the page of the exchange, then try again.'},
	'2': {exit: 'unexpected', cause: failure => `The exchange did only a part of this${inItsWords(failure)}`, fix: 'Look at the key on the page of the exchange before you repeat it.'},
	'50000': notUnderstood,
	'50002': notUnderstood,
	'50006': notUnderstood,
	'50014': notUnderstood,
	'50015': notUnderstood,
	'50016': notUnderstood,
	'50024': notUnderstood,
	'50025': notUnderstood,
	'50115': notUnderstood,
	'51000': notUnderstood,
	'404': {exit: 'exchangeDown', cause: 'This host does not know the call: it is not the API of the exchange, or an old one.', fix: 'Check --site.'},
};

const kinds: Readonly<Record<Exclude<WireFailure['kind'], 'code'>, Row>> = {
	'dns': {exit: 'network', cause: ({host}) => `The name ${host} could not be found.`, fix: ({host}) => `Check the network and DNS of this machine: getent hosts ${host}.`},
	'refused': {exit: 'network', cause: ({host}) => `${host} refused the connection.`, fix: 'A firewall may be in the way, or nothing listens there.'},
	'reset': {exit: 'network', cause: ({host}) => `The connection to ${host} was cut off.`, fix: 'Try again; if it stays, a firewall or proxy is in the way.'},
	'unreachable': {exit: 'network', cause: ({host}) => `There is no way to ${host} from this machine.`, fix: 'Check the network and its routes.'},
	'timeout': {exit: 'network', cause: ({host}) => `${host} did not answer in time.`, fix: 'Try again; if it stays, a firewall may swallow the packets.'},
	'tls': {exit: 'network', cause: ({host, message}) => `The connection to ${host} is not safe: ${message ?? 'its certificate could not be checked'}. Nothing was sent.`, fix: 'Somebody may be in between (proxy, captive portal), or the clock is wrong.'},
	'redirect': {exit: 'network', cause: ({host, message}) => `${host} wanted to send us elsewhere${message === undefined ? '' : ` (${message})`}; the key was not sent there.`, fix: 'Check the site of the key; a captive portal does this too.'},
	'web-page': {
		exit: failure => exitByStatus(failure, 'network'),
		cause: ({host, httpStatus, message}) => `${host} answered with a web page instead of data (HTTP ${httpStatus ?? '?'})${message === undefined ? '' : `, which begins “${message}”`}.`,
		fix: failure => exitByStatus(failure, 'network') === 'network' ? 'A captive portal or a filter is in the way, or the exchange blocks the address of this machine.' : 'Try again later.',
	},
	'garbage': {exit: failure => exitByStatus(failure, 'exchangeDown'), cause: ({host, message}) => `${host} answered with something that is not an answer of the exchange${message === undefined ? '' : `: ${message}`}.`, fix: 'Try again later; if it stays, something in between changes the answers.'},
	'too-large': {exit: 'exchangeDown', cause: ({host}) => `${host} answered with far more than the exchange ever sends; it was cut off.`, fix: 'Something in between may change the answers.'},
	'unsendable': {exit: 'authentication', cause: ({message}) => `The key cannot be sent: ${message ?? 'it does not fit into a header'}. Nothing was sent.`, fix: 'Store it again exactly as the exchange shows it; a passphrase has only letters, digits and signs of ASCII.'},
	'unexpected': {exit: 'network', cause: ({host, message}) => `The call to ${host} failed${message === undefined ? '' : ` (${message})`}.`, fix: 'Try again.'},
};

/** A code without a row: the exchange's own words are all there is to tell. */
const unknownCode: Row = {
	exit: failure => exitByStatus(failure, failure.httpStatus === 401 ? 'authentication' : 'unexpected'),
	cause: failure => `The exchange refused${inItsWords(failure)}`,
	fix: 'Look the code up in the documentation of the exchange.',
};

/** Every code that has a row of its own. */
export const knownCodes: readonly string[] = Object.keys(codes);

/** Cause, remedy and exit status of a failed call. The exchange's own code is always named, so that it can be looked up. */
export function diagnose(failure: WireFailure, measured: Measured = {}): Diagnosis {
	const say = <Part extends string>(part: Said<Part>): Part => typeof part === 'function' ? part(failure, measured) : part;
	const {kind, exchangeCode = 'none'} = failure;
	const row = kind !== 'code' ? kinds[kind] : Object.hasOwn(codes, exchangeCode) ? codes[exchangeCode]! : unknownCode;
	return {exit: say(row.exit), cause: say(row.cause) + (kind === 'code' ? ` (${exchangeCode})` : ''), fix: say(row.fix)};
}
