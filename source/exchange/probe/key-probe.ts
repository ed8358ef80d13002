import {setImmediate as nextTurn} from 'node:timers/promises';
import {isAppError} from '../../core/errors.ts';
import {addressIn} from '../../core/diagnosis/row.ts';
import type {WireFailure} from '../../core/failures/wire-failure.ts';
import type {Credential, LiveKey} from '../../core/key/key.ts';
import type {Exchange} from '../client.ts';
import type {Target} from '../target.ts';
import {exchangeError} from '../failure.ts';
import {networkSteps, type SiteProbe, type ProbeOptions} from './site-probe.ts';
import {createProbeRun, probeStepNames, type ProbeStep} from './probe-step.ts';
import {t} from '../../language/translate.ts';

export type KeyTarget = Target & {readonly credential: Credential};

export type Probe = SiteProbe & {
	readonly layers: readonly ProbeStep[];
	/** Duration of the signed call with its repetitions; null if it was not answered. */
	readonly latencyMs: number | null;
	readonly live: LiveKey | null;
};

export type KeyProbeOptions = ProbeOptions & {
	/** Also proves Trade by cancelling an order of this id: 1 to 32 letters and digits that no order has. */
	readonly proofId?: string | undefined;
};

/**
 * Runs the key-specific steps as a bot on this machine would meet them, after `reachSite` has checked the network. A
 * failing step is an answer; only an abort, an unknown site or a bug of ours rejects.
 */
export async function probeKey(
	exchange: Exchange,
	target: KeyTarget,
	ground: SiteProbe,
	{signal, onLayer, proofId}: KeyProbeOptions,
): Promise<Probe> {
	const layers = createProbeRun(onLayer, signal);
	const options = {signal};
	const finish = (outcome: Partial<Probe>): Probe => {
		layers.leaveOut(probeStepNames.slice(networkSteps.length));
		return {...ground, latencyMs: null, live: null, ...outcome, layers: [...ground.layers, ...layers.list]};
	};

	if (ground.failure) return finish({});

	// Waits for the connection of the `time` call: setting up a new one would count as latency.
	await nextTurn(undefined, options);
	const auth = await layers.run(
		'auth',
		ground.host,
		restart => exchange.call('config', {}, target, {...options, correctClock: false, onTurn: restart}),
		({uid, mainUid}) => ({detail: uid === mainUid ? t`main account ${uid}` : t`sub-account ${uid} of ${mainUid}`}),
	);
	if (auth.failure) {
		// A refused address is the only failure that tells of a later step.
		if (auth.failure.exchangeCode === '50110') {
			const address = addressIn(auth.failure.message);
			layers.leaveOut(['permissions']);
			layers.report({
				name: 'ip',
				ok: false,
				ms: null,
				detail:
					address === undefined
						? t`calls from an address that is not on the list`
						: t`calls from ${address}, which is not on the list`,
			});
		}

		return finish({failure: auth.failure});
	}

	const live = auth.value;
	layers.report({name: 'permissions', ok: true, ms: null, detail: live.permissions.join(', ')});
	layers.report({name: 'ip', ok: true, ms: null, detail: live.ip.length === 0 ? t`no list told` : live.ip.join(', ')});
	const answered = {latencyMs: auth.ms, live};
	if (proofId === undefined) return finish(answered);
	if (!live.permissions.includes('trade')) {
		layers.leaveOut(['trade'], t`not tried: the key has no Trade permission`);
		return finish(answered);
	}

	const trade = await layers.run(
		'trade',
		ground.host,
		async restart => proveTrade(exchange, target, proofId, {...options, onTurn: restart}),
		code => ({
			detail:
				code === noSuchOrder
					? t`the exchange looked for an order that does not exist`
					: t`the key was let through; the order itself was refused with ${code}`,
		}),
	);
	return finish({...answered, ...(trade.failure && {failure: trade.failure})});
}

/** Any spot market of the site, whose orders stay untouched; the EEA has no pair with USDT (docs/okx-api.md §3.3). */
function marketOn(site: string): string {
	return site === 'eea' ? 'BTC-EUR' : 'BTC-USDT';
}

const noSuchOrder = '51400';

/**
 * Cancels an order that does not exist and returns its code: any answer about the order has let the key through
 * (docs/okx-api.md §3.3).
 */
async function proveTrade(
	exchange: Exchange,
	target: KeyTarget,
	clientOrderId: string,
	options: {readonly signal?: AbortSignal | undefined; readonly onTurn: (tried: number) => void},
): Promise<string> {
	const market = marketOn(target.site);
	try {
		await exchange.call('cancelOrder', {instrument: market, clientOrderId}, target, {...options, correctClock: false});
		return noSuchOrder;
	} catch (error) {
		const failure: WireFailure | undefined = isAppError(error, 'exchange') ? error.details.failure : undefined;
		if (failure === undefined) throw error;
		if (!isAboutOrder(failure)) throw exchangeError({...failure, market});
		return failure.exchangeCode;
	}
}

function isAboutOrder(failure: WireFailure): failure is WireFailure & {readonly exchangeCode: string} {
	return failure.kind === 'code' && /^51\d{3}$/.test(failure.exchangeCode ?? '');
}
