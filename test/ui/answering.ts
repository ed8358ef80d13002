import type {Context} from '../../source/actions/context.ts';
import type {CallOptions, Exchange} from '../../source/exchange/client.ts';
import type {Target} from '../../source/exchange/target.ts';
import type {EndpointName} from '../../source/exchange/endpoint.ts';
import type {LiveKey} from '../../source/core/key/key.ts';
import {server} from '../exchange/helpers.ts';

/** What the exchange says of a key that is well. */
export const wellKey: LiveKey = {permissions: ['read'], ip: [], label: 'bot', uid: '44', mainUid: '44', kycLv: '2'};

type Answers = Partial<Record<EndpointName, (target: Target, options: CallOptions) => unknown>>;

/**
 * The context with an exchange that lies on a port of this machine, whatever the site, and answers as a test wants:
 * by default, all is well.
 */
export async function answering(
	context: Context,
	answers: Answers = {},
): Promise<{readonly answered: Context; readonly asked: string[]}> {
	const {url} = await server((_, response) => {
		response.end();
	});
	const asked: string[] = [];
	const all: Answers = {time: () => ({serverTime: Date.now()}), config: () => wellKey, ...answers};
	const exchange: Exchange = {
		async call(name, _parameters, target, options = {}) {
			asked.push(`${name} ${target.site}`);
			options.onTurn?.(0);
			return (await all[name]!(target, options)) as never;
		},
		locate: async () => url,
	};
	return {answered: {...context, exchange}, asked};
}

/** Never answers, until the wait is given up. */
export async function never({signal}: CallOptions): Promise<never> {
	return new Promise((_, reject) => {
		signal?.addEventListener('abort', () => {
			reject(signal.reason as Error);
		});
	});
}
