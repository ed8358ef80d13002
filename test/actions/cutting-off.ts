import type {Context} from '../../source/actions/context.ts';
import {wireError} from '../helpers/fakes.ts';

/** Where a program is cut off, in the order of its calls and saves. */
export type Cut = {
	readonly event: number;
	readonly how: 'killed before' | 'killed after' | 'lost before' | 'lost after';
};

/**
 * The context of a program that is killed at an event and does nothing from then on, or that loses the answer of a
 * call; a save that is lost fails. `events` counts what it did.
 */
export function cuttingOff({context}: {readonly context: Context}, {event, how}: Cut) {
	const {vault} = context;
	const events: string[] = [];
	let isDead = false;
	const step = async <Result>(name: string, isSave: boolean, work: () => Promise<Result>): Promise<Result> => {
		const cutHere = !isDead && events.length === event;
		if (!isDead) events.push(name);
		const fail = () => {
			isDead ||= how.startsWith('killed');
			return isSave || isDead ? new Error(how) : wireError({kind: 'timeout'});
		};
		if (isDead || (cutHere && how.endsWith('before'))) throw fail();
		const result = await work();
		if (cutHere && how.endsWith('after') && (!isSave || how.startsWith('killed'))) throw fail();
		return result;
	};
	const cut: Context = {
		...context,
		exchange: {
			...context.exchange,
			call: async (name, ...given) => step(name, false, async () => context.exchange.call(name, ...given)),
		},
		vault: {...vault, change: async (...given) => step('save', true, async () => vault.change(...given))},
	};
	return {cut, events};
}

export const never: Cut = {event: -1, how: 'killed before'};

/** Every way to be cut off at each of these events. */
export function cutsOf(events: readonly string[]) {
	return events.flatMap((name, event) =>
		(['killed before', 'killed after', 'lost before', 'lost after'] as const).map(how => ({name, event, how})),
	);
}
