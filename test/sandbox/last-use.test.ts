import {randomBytes} from 'node:crypto';
import {expect, test} from 'vitest';
import {AppError} from '../../source/core/errors.ts';
import {createLastUse} from '../../source/sandbox/last-use.ts';
import {memoryStorage} from '../../source/sandbox/storage.ts';
import {seedSandbox} from '../../source/sandbox/seed.ts';
import {newKey, type SandboxKey, type SandboxState} from '../../source/sandbox/state.ts';
import {goodPassphrase} from '../exchange/helpers.ts';

const now = Date.now();

/** A storage with so many keys that expire when they are idle, which notes how it was written to. */
function crowded(count: number) {
	const {state} = seedSandbox({clock: () => now, random: randomBytes});
	const {
		accounts: [{uid}],
	} = state as SandboxState;
	const keys = Array.from({length: count}, (_, index): SandboxKey =>
		newKey(
			{
				uid,
				label: `bot${index}`,
				permissions: ['read', 'trade'],
				ip: [],
				environment: 'live',
				type: 'api',
				passphrase: goodPassphrase,
			},
			now,
			randomBytes,
		),
	);
	const memory = memoryStorage({...(state as SandboxState), keys});
	const writes: unknown[] = [];
	const fails = {next: false};
	const lastUse = createLastUse({
		...memory,
		async update(change, options) {
			if (fails.next) throw new AppError('locked');
			writes.push(options);
			await memory.update(change);
		},
	});
	return {
		lastUse,
		keys,
		writes,
		fails,
		written: () => (memory.load() as SandboxState).keys.filter(({lastUsedAt}) => lastUsedAt !== null).length,
	};
}

test('the use of a thousand keys is written down with one routine save', async () => {
	const {lastUse, keys, writes, written} = crowded(1000);
	for (const key of keys) lastUse.note(key, now);
	await lastUse.settled();
	expect(written()).toBe(1000);
	expect(writes).toEqual([{routine: true}]);
});

test('what is noted during a save is written by the next one', async () => {
	const {lastUse, keys, written} = crowded(2);
	lastUse.note(keys[0]!, now);
	queueMicrotask(() => {
		lastUse.note(keys[1]!, now);
	});
	await lastUse.settled();
	expect(written()).toBe(2);
});

test('a save that fails is made up for by the next use', async () => {
	const {lastUse, keys, fails, written} = crowded(1);
	fails.next = true;
	lastUse.note(keys[0]!, now);
	await lastUse.settled();
	expect(written()).toBe(0);
	fails.next = false;
	lastUse.note(keys[0]!, now + 1);
	await lastUse.settled();
	expect(written()).toBe(1);
});
