import {describe, expect, it} from 'vitest';
import {callsOfSave, faults, injectInSaves} from '../torture/injection.ts';
import {noStrace} from '../torture/strace.ts';
import {newVault} from './world.ts';

const why = noStrace();

// A few; npm run torture has them all, each error in each way.
describe.skipIf(why !== undefined)(
	'a system call of a save that fails, or is the last thing a program does' +
		(why === undefined ? '' : ` (skipped: ${why})`),
	() => {
		it('is one that the torture knows', async () => {
			const {path, recoveryKey} = await newVault();
			const calls = await callsOfSave(path, recoveryKey);
			expect(calls).toContain('rename');
			expect(calls.filter(call => !Object.hasOwn(faults, call))).toEqual([]);
		});

		it.each(['pwrite64', 'fsync', 'rename', 'link', 'chmod'] as const)(
			'%s: leaves the old or the new vault, whole, and what is said of it is true',
			async call => {
				const {path, recoveryKey} = await newVault();
				const {injected, wrong} = await injectInSaves(path, recoveryKey, [call], ['once', 'kill']);
				expect(wrong).toEqual([]);
				expect(injected).toBeGreaterThan(1);
			},
			120_000,
		);
	},
);
