import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {beginRotation, handOver} from '../../source/actions/rotate.ts';
import {rotationByName} from '../../source/actions/rotation.ts';
import {abortRotation, finishRotation} from '../../source/actions/rotation-end.ts';
import {isAppError} from '../../source/core/errors.ts';
import {cutsOf, cuttingOff, never} from './cutting-off.ts';
import {agreed, desk, rotate, untested, type Desk} from './rotations.ts';

const underWay = ({vault}: Pick<Context, 'vault'>) => rotationByName(vault.read(), 'grid');

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

const whole = cuttingOff(desk(), never);
await rotate(whole.cut);
const cuts = cutsOf(whole.events);

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
const abortCuts = cutsOf(toUndo.events);

describe.each(abortCuts)('an abort that is $how event $event ($name)', cut => {
	test.each(['continue', 'abort'] as const)('ends by --%s with vault and exchange agreeing', async ending => {
		const fake = desk();
		const begun = await handedOver(fake);
		await abortRotation(cuttingOff(fake, cut).cut, begun).catch(() => undefined);
		await endings[ending](fake.context);
		agreed(fake);
	});
});
