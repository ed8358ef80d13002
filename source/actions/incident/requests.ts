import {isAppError} from '../../core/errors.ts';
import {endpoints} from '../../exchange/endpoints.ts';
import type {Exchange} from '../../exchange/client.ts';
import type {Context} from '../context.ts';
import type {NotedRequest} from './report.ts';

/** A report names so many; an incident needs far fewer. */
const most = 500;

/** The context with an exchange whose calls are noted, for the exchange's support. */
export function notingRequests(context: Context): {
	readonly context: Context;
	readonly requests: () => readonly NotedRequest[];
} {
	const requests: NotedRequest[] = [];
	const call: Exchange['call'] = async (name, parameters, target, options) => {
		const {method, path} = endpoints[name];
		const at = context.clock();
		const note = (answer: string) => {
			if (requests.length < most) requests.push({at, method, path, answer});
		};
		try {
			const answer = await context.exchange.call(name, parameters, target, options);
			note('0');
			return answer;
		} catch (error) {
			note(failureWord(error));
			throw error;
		}
	};
	return {context: {...context, exchange: {...context.exchange, call}}, requests: () => requests};
}

function failureWord(error: unknown): string {
	if (!isAppError(error, 'exchange')) return 'cancelled';
	const {failure} = error.details;
	return failure?.exchangeCode ?? failure?.kind ?? 'unexpected';
}
