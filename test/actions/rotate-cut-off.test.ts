import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {beginRotation, handOver} from '../../source/actions/rotate.ts';
import {rotationByName} from '../../source/actions/rotation.ts';
import {abortRotation, finishRotation} from '../../source/actions/rotation-end.ts';
import {isAppError} from '../../source/core/errors.ts';
import {wireError} from '../helpers/fakes.ts';
import {agreed, desk, rotate, untested, type Desk} from './rotations.ts';

const underWay = ({vault}: Pick<Context, 'vault'>) => rotationByName(vault.read(), 'grid');

/** Where a program is cut off, in the order of its calls and saves. */
type Cut = {readonly event: number; readonly how: 'killed before' | 'killed after' | 'lost before' | 'lost after'};

/**
 * The context of a program that is killed at an event and does nothing from then on, or that loses the answer of a
 * call; a save that is lost fails. `events` counts what it did.
 */
function cuttingOff({context, vault}: Desk, {event, how}: Cut) {
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

const endings = {
	async continue(context: Context) {
		const operation = underWay(context);
		if (!operation) return;
		const handedOver = await handOver(context, operation, untested).catch(async (error: unknown) => {
			if (!isAppError(error, 'rotation-aborting')) throw error;
			await abortRotation(context, operation);
		});
		if (handedOver) await finishRotation(context, handedOver);
	},
	async abort(context: Context) {
		const operation = underWay(context);
		if (!operation) return;
		await abortRotation(context, operation).catch(async (error: unknown) => {
			if (!isAppError(error, 'rotation-past-abort')) throw error;
			return finishRotation(context, operation);
		});
	},
};

const never = {event: -1, how: 'killed before'} as const;
const whole = cuttingOff(desk(), never);
await rotate(whole.cut);
const cuts = whole.events.flatMap((name, event) =>
	(['killed before', 'killed after', 'lost before', 'lost after'] as const).map(how => ({name, event, how})),
);

test('a rotation asks and saves at least as often as it has steps', () => {
	expect(whole.events.filter(name => name === 'save').length).toBeGreaterThan(3);
	expect(whole.events).toEqual(expect.arrayContaining(['createSubKey', 'deleteSubKey', 'subKeys']));
});

describe.each(cuts)('a rotation that is $how event $event ($name)', cut => {
	test.each(['continue', 'abort'] as const)('ends by --%s with vault and exchange agreeing', async ending => {
		const fake = desk();
		await rotate(cuttingOff(fake, cut).cut).catch(() => undefined);
		await endings[ending](fake.context);
		agreed(fake);
	});
});

const handedOver = async (fake: Desk) => handOver(fake.context, await beginRotation(fake.context, 'a1'), untested);
const undone = desk();
const toUndo = cuttingOff(undone, never);
await abortRotation(toUndo.cut, await handedOver(undone));
const abortCuts = toUndo.events.flatMap((name, event) =>
	(['killed before', 'killed after', 'lost before', 'lost after'] as const).map(how => ({name, event, how})),
);

describe.each(abortCuts)('an abort that is $how event $event ($name)', cut => {
	test.each(['continue', 'abort'] as const)('ends by --%s with vault and exchange agreeing', async ending => {
		const fake = desk();
		const begun = await handedOver(fake);
		await abortRotation(cuttingOff(fake, cut).cut, begun).catch(() => undefined);
		await endings[ending](fake.context);
		agreed(fake);
	});
});
