import {timingSafeEqual} from 'node:crypto';
import type {Environment} from '../core/key/key.ts';
import type {EndpointNeeds} from '../exchange/endpoint.ts';
import {demoHeader, pageHeader, signature} from '../exchange/sign.ts';
import {canonicalIp, ipAllowed} from '../core/ip/address.ts';
import {limits} from '../core/limits.ts';
import {Secret} from '../core/secret.ts';
import {Refusal, type RefusalCode} from './refusal.ts';
import {isPassphrase, mainAccount, type SandboxKey, type SandboxState} from './state.ts';

/** Path and body as on the wire, since these are signed. */
export type Incoming = {
	readonly method: string;
	readonly path: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: Uint8Array;
	/** The other end of the connection, which no header can replace. */
	readonly address: string;
};

function header({headers}: Incoming, name: string): string {
	const value = headers[name];
	return typeof value === 'string' ? value : '';
}

function requiredHeader(incoming: Incoming, name: string, code: RefusalCode): string {
	const value = header(incoming, name);
	if (value === '') throw new Refusal(code);
	return value;
}

function isSameText(left: string, right: string): boolean {
	const [one, other] = [Buffer.from(left), Buffer.from(right)];
	return one.length === other.length && timingSafeEqual(one, other);
}

/** The key that signed a request; throws a Refusal. The checks run in the exchange's order, as far as it is known. */
export function authenticate(incoming: Incoming, state: SandboxState, now: number): SandboxKey {
	const apiKey = requiredHeader(incoming, 'ok-access-key', '50103');
	const passphrase = requiredHeader(incoming, 'ok-access-passphrase', '50104');
	const sent = requiredHeader(incoming, 'ok-access-sign', '50106');
	const timestamp = requiredHeader(incoming, 'ok-access-timestamp', '50107');

	const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
	if (Number.isNaN(time)) throw new Refusal('50112');
	if (Math.abs(time - now) > limits.clockWindowMs) throw new Refusal('50102');

	if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(apiKey)) throw new Refusal('50111');
	const key = state.keys.find(one => one.apiKey === apiKey);
	if (!key) throw new Refusal('50119');
	if (key.frozen) throw new Refusal('50100');
	const environment: Environment = header(incoming, demoHeader) === '1' ? 'demo' : 'live';
	if (key.environment !== environment) throw new Refusal('50101');

	const {method, path, body} = incoming;
	if (!isSameText(sent, signature({timestamp, method, path, body}, new Secret(key.secretKey))))
		throw new Refusal('50113');
	if (!isPassphrase(key, passphrase)) throw new Refusal('50105');
	if (!ipAllowed(incoming.address, key.ip)) throw new Refusal('50110', canonicalIp(incoming.address), apiKey);
	return key;
}

export function authorize(key: SandboxKey, needs: EndpointNeeds, state: SandboxState): void {
	if (!key.permissions.includes(needs.permission)) throw new Refusal('50120');
	if (needs.boundCaller && key.ip.length === 0) throw new Refusal('50035');
	if (needs.mainAccount && key.uid !== mainAccount(state).uid) throw new Refusal('59500');
}

function isLoopbackHost(host: string): boolean {
	return /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)(?::\d{1,5})?$/i.test(host);
}

/**
 * The page needs no signature, since it stands for a person who is logged in. Only the program that started the
 * exchange knows the token; other users of this machine and web pages do not.
 */
export function mayUsePage(incoming: Incoming, token: string): boolean {
	return isSameText(header(incoming, pageHeader), token) && !mayBeBrowser(incoming);
}

/** A second fence before the page: what a browser sends by itself, across origins or by a name that points here. */
function mayBeBrowser(incoming: Incoming): boolean {
	const isJson = incoming.method === 'GET' || /^application\/json\b/i.test(header(incoming, 'content-type'));
	return incoming.headers['origin'] !== undefined || !isLoopbackHost(header(incoming, 'host')) || !isJson;
}
