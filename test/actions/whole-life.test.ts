import fc from 'fast-check';
import {expect, test} from 'vitest';
import {cuttingOff} from './cutting-off.ts';
import {act, deeds} from './deeds.ts';
import {desk, found, settle, told} from './whole-life.ts';

const troubles = fc.record({
	event: fc.nat(8),
	how: fc.constantFrom('killed before', 'killed after', 'lost before', 'lost after'),
});
const steps = fc.array(
	fc.record({
		deed: fc.constantFrom(...deeds, 'create' as const, 'create' as const),
		by: fc.nat(1000),
		trouble: fc.option(troubles, {freq: 2}),
	}),
	{minLength: 200, maxLength: 200},
);

test('200 actions with faults end with vault and exchange agreeing, as another client sees it', async () => {
	await fc.assert(
		fc.asyncProperty(steps, async wanted => {
			const {context, manager, url} = await desk();
			let done = 0;
			for (const {deed, by, trouble} of wanted) {
				await act(trouble ? cuttingOff({context}, trouble).cut : context, deed, by).then(
					() => done++,
					() => undefined,
				);
			}

			expect(done).toBeGreaterThan(20);
			await settle(context);
			expect(await found(url, manager)).toEqual(told(context));
			expect(context.vault.read().operations).toBeUndefined();
		}),
		{
			numRuns: 1,
			endOnFailure: true,
			reporter({failed, seed, errorInstance}) {
				if (failed) throw new Error(`With seed ${seed}: ${String(errorInstance)}`, {cause: errorInstance});
			},
		},
	);
});
