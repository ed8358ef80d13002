import {isAppError} from '../errors.ts';
import {addressIn, type WireFailure} from '../core/diagnosis.ts';
import type {LiveKey} from '../core/key.ts';
import {limits} from '../core/rules.ts';
import type {Exchange, Target} from './client.ts';
import {connectionFailure} from './failure.ts';
import {connect, lookUp, secure} from './reach.ts';

/** The layers of a live test, in the order they are tried. */
export const layerNames = ['dns', 'tcp', 'tls', 'time', 'auth', 'permissions', 'ip'] as const;
export type LayerName = (typeof layerNames)[number];

/** One layer of the test. `ok` is null for a layer that was not reached or does not apply; `ms` is null where nothing was timed. */
export type Layer = {readonly name: LayerName; readonly ok: boolean | null; readonly ms: number | null; readonly detail: string};

export type Probe = {
	/** All seven, in their order. */
	readonly layers: readonly Layer[];
	readonly host: string;
	/** Our clock minus the exchange's, in ms; null when the exchange could not be asked. */
	readonly skewMs: number | null;
	/** Time of the signed call, its repetitions included; null when it was not answered. */
	readonly latencyMs: number | null;
	readonly live: LiveKey | null;
	/** Why it ended early. */
	readonly failure: WireFailure | null;
};

export type ProbeOptions = {readonly signal?: AbortSignal; readonly clock: () => number; readonly onLayer?: (layer: Layer) => void};

/** What a layer found out: something to go on with, or why there is no going on. */
type Found<Value> = {readonly value: Value; readonly failure?: never} | {readonly value?: never; readonly failure: WireFailure};

/**
 * Tries a key against its exchange layer by layer, as a bot on this machine would meet it: our own clock, our own way out.
 * Stops where the rest makes no sense. A failing layer is an answer; it rejects only on an abort, a site that is not one,
 * or a mistake of ours.
 */
export async function probe(exchange: Exchange, target: Required<Target>, {signal, clock, onLayer}: ProbeOptions): Promise<Probe> {
	const layers: Layer[] = [];
	const report = (name: LayerName, ok: boolean | null, ms: number | null, detail: string) => {
		const layer = {name, ok, ms, detail};
		layers.push(layer);
		onLayer?.(layer);
	};

	/** Times one layer and reports it; what it threw becomes its failure. */
	const layer = async <Value>(name: LayerName, run: () => Promise<Value>, describe: (value: Value) => {readonly ok?: boolean; readonly detail: string}): Promise<Found<Value> & {readonly ms: number}> => {
		signal?.throwIfAborted();
		const started = performance.now();
		const found = await run().then((value): Found<Value> => ({value}), (error: unknown): Found<Value> => ({failure: failureOf(error, url.host, signal)}));
		signal?.throwIfAborted();
		const ms = tenths(performance.now() - started);
		const {ok = true, detail} = found.failure ? {ok: false, detail: failed(found.failure)} : describe(found.value);
		report(name, ok, ms, detail);
		return {...found, ms};
	};

	const url = await exchange.locate(target.site);
	const options = signal ? {signal} : {};
	const finish = (outcome: Partial<Probe>): Probe => {
		for (const name of layerNames.slice(layers.length)) report(name, null, null, 'not reached');
		return {host: url.host, skewMs: null, latencyMs: null, live: null, failure: null, ...outcome, layers};
	};

	const dns = await layer('dns', () => lookUp(url, signal), addresses => ({detail: addresses.join(', ')}));
	if (dns.failure) return finish({failure: dns.failure});

	const tcp = await layer('tcp', () => connect(url, dns.value, signal), ({remoteAddress, remotePort}) => ({detail: `${remoteAddress} port ${remotePort}`}));
	if (tcp.failure) return finish({failure: tcp.failure});

	if (url.protocol === 'https:') {
		const tls = await layer('tls', () => secure(url, tcp.value, signal), ({protocol, issuer, expires}) => ({detail: `${protocol}, issued by ${issuer}, ${daysUntil(expires, clock())} days left`}));
		if (tls.failure) return finish({failure: tls.failure});
	} else {
		tcp.value.destroy();
		report('tls', null, null, 'plain HTTP inside this machine');
	}

	const time = await layer('time', async () => {
		const asked = clock();
		const {serverTime} = await exchange.call('time', {}, target, options);
		return Math.round((asked + clock()) / 2 - serverTime) + 0;
	}, skew => ({ok: Math.abs(skew) <= limits.clockWindowMs, detail: skewInWords(skew)}));
	// An exchange that refuses to tell the time may still answer a key; anything else will not change by asking again.
	if (time.failure && time.failure.kind !== 'code') return finish({failure: time.failure});
	const skewMs = time.value ?? null;

	const auth = await layer('auth', () => exchange.call('config', {}, target, {...options, correctClock: false}), ({uid, mainUid}) => ({detail: uid === mainUid ? `main account ${uid}` : `sub-account ${uid} of ${mainUid}`}));
	if (auth.failure) {
		// A refused address is the one failure that tells of a later layer.
		if (auth.failure.exchangeCode === '50110') {
			report('permissions', null, null, 'not reached');
			report('ip', false, null, `calls from ${addressIn(auth.failure.message) ?? 'an address'} that is not on the list`);
		}

		return finish({skewMs, failure: auth.failure});
	}

	const live = auth.value;
	report('permissions', true, null, live.permissions.join(', '));
	report('ip', true, null, live.ip.length === 0 ? 'any address' : live.ip.join(', '));
	return finish({skewMs, latencyMs: auth.ms, live});
}

/** What an error of a layer means; passes on what is no failure of the exchange. */
function failureOf(error: unknown, host: string, signal: AbortSignal | undefined): WireFailure {
	signal?.throwIfAborted();
	if (isAppError(error, 'exchange') && error.details.failure) return error.details.failure;
	if (isAppError(error) || error instanceof TypeError) throw error;
	return connectionFailure(error, host);
}

const failedWords: Readonly<Record<WireFailure['kind'], string>> = {
	'code': 'refused',
	'dns': 'name not found',
	'refused': 'connection refused',
	'reset': 'connection cut off',
	'unreachable': 'no route',
	'timeout': 'no answer in time',
	'tls': 'not safe',
	'redirect': 'sent elsewhere',
	'web-page': 'a web page instead of data',
	'garbage': 'not an answer of the exchange',
	'too-large': 'far too long an answer',
	'unsendable': 'cannot be sent',
	'unexpected': 'failed',
};

/** A failure in a few words; the sentence with its remedy is core/diagnosis.ts's. */
function failed({kind, exchangeCode, message}: WireFailure): string {
	const what = exchangeCode === undefined ? failedWords[kind] : `${failedWords[kind]} with ${exchangeCode}`;
	return message === undefined ? what : `${what}: ${message}`;
}

function tenths(ms: number): number {
	return Math.round(ms * 10) / 10;
}

function daysUntil(time: number, now: number): number {
	return Math.floor((time - now) / 86_400_000);
}

function skewInWords(skew: number): string {
	const size = Math.abs(skew);
	const amount = size < 1000 ? `${size} ms` : `${(size / 1000).toFixed(1)} s`;
	return size < 10 ? 'same time' : `our clock is ${amount} ${skew > 0 ? 'ahead' : 'behind'}`;
}
