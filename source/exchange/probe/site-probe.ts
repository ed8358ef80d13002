import type {Socket} from 'node:net';
import {dayMs} from '../../core/text/time.ts';
import type {WireFailure} from '../../core/failures/wire-failure.ts';
import {limits} from '../../core/limits.ts';
import type {Exchange} from '../client.ts';
import type {Target} from '../target.ts';
import {createProbeRun, type ProbeRun, type ProbeStep, type ProbeStepName} from './probe-step.ts';
import {addressesInWords, connect, connectedInWords, resolveHost, tlsHandshake} from '../http/connect.ts';
import {t} from '../../language/translate.ts';

export const networkSteps = ['dns', 'tcp', 'tls', 'time'] as const satisfies readonly ProbeStepName[];

/** How a site is reached from here and what its clock says: the same for all its keys, and true for a while. */
export type SiteProbe = {
	readonly layers: readonly ProbeStep[];
	readonly host: string;
	/** Our clock minus the exchange's, ms; null if the exchange could not be asked. */
	readonly skewMs: number | null;
	readonly failure: WireFailure | null;
};

export type ProbeOptions = {
	readonly signal?: AbortSignal | undefined;
	readonly clock: () => number;
	readonly onLayer?: ((layer: ProbeStep) => void) | undefined;
};

/**
 * Checks the way to a site without a key. A failing step is an answer; only an abort, an unknown site or a bug of ours
 * rejects.
 */
export async function reachSite(
	exchange: Exchange,
	target: Target,
	{signal, clock, onLayer}: ProbeOptions,
): Promise<SiteProbe> {
	const url = await exchange.locate(target.site);
	const {host} = url;
	const layers = createProbeRun(onLayer, signal);
	const options = {signal};
	const finish = (failure: WireFailure | null, skewMs: number | null = null): SiteProbe => {
		layers.leaveOut(networkSteps);
		return {layers: layers.list, host, skewMs, failure};
	};

	if (exchange.mayBeCalled?.(target.site) === false) return finish({kind: 'not-allowed', host});
	const opened = await openBySteps(exchange, url, layers, {signal, clock});
	if (opened.failure) return finish(opened.failure);
	// Another connection would count as the exchange's time, and make its clock less sure.
	if (exchange.adopt) exchange.adopt(url, opened.connection);
	else opened.connection.destroy();
	const time = await layers.run(
		'time',
		host,
		async restart => {
			let asked = clock();
			const {serverTime} = await exchange.call('time', {}, target, {
				...options,
				onTurn(tried) {
					restart(tried);
					asked = clock();
				},
			});
			const answered = clock();
			return {skewMs: Math.round((asked + answered) / 2 - serverTime) + 0, unsureMs: Math.abs(answered - asked) / 2};
		},
		skew => ({ok: Math.abs(skew.skewMs) <= limits.clockWindowMs, detail: skewInWords(skew)}),
	);
	// An exchange that refuses its time may still answer a key; other failures would repeat.
	return finish(
		time.failure && !['code', 'uncoded'].includes(time.failure.kind) ? time.failure : null,
		time.value?.skewMs ?? null,
	);
}

async function openBySteps(
	exchange: Exchange,
	url: URL,
	layers: ProbeRun,
	{signal, clock}: Pick<ProbeOptions, 'signal' | 'clock'>,
): Promise<
	{readonly connection: Socket; readonly failure?: never} | {readonly connection?: never; readonly failure: WireFailure}
> {
	const {host} = url;
	const dns = await layers.run(
		'dns',
		host,
		async () => resolveHost(url, signal, exchange.proxyFor?.(url)),
		addresses => ({detail: addressesInWords(addresses)}),
	);
	if (dns.failure) return {failure: dns.failure};

	let socket: Socket | undefined;
	try {
		const tcp = await layers.run(
			'tcp',
			host,
			async () => {
				socket = await connect(url, dns.value, signal);
				return socket;
			},
			socket => ({detail: connectedInWords(socket, dns.value)}),
		);
		if (tcp.failure) return {failure: tcp.failure};

		if (url.protocol !== 'https:') {
			layers.report({name: 'tls', ok: null, ms: null, detail: t`plain HTTP inside this machine`});
			return {connection: tcp.value};
		}

		const tls = await layers.run(
			'tls',
			host,
			() => tlsHandshake(url, tcp.value, signal, dns.value.proxy),
			({protocol, issuer, expires}) => ({
				detail: t`${protocol}, issued by ${issuer}, ${daysUntil(expires, clock())} days left`,
			}),
		);
		return tls.failure ? {failure: tls.failure} : {connection: tls.value.secured};
	} catch (error) {
		socket?.destroy();
		throw error;
	}
}

function daysUntil(time: number, now: number): number {
	return Math.floor((time - now) / dayMs);
}

/** The exchange read its clock at an unknown moment of the call, so a smaller difference proves nothing. */
function skewInWords({skewMs, unsureMs}: {readonly skewMs: number; readonly unsureMs: number}): string {
	const size = Math.abs(skewMs);
	if (size < 10 || size <= unsureMs) return unsureMs < 500 ? t`same time` : t`same time, within ${inSeconds(unsureMs)}`;
	return t`our clock is ${size < 1000 ? t`${size} ms` : inSeconds(size)} ${skewMs > 0 ? t`ahead` : t`behind`}`;
}

function inSeconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}
