import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {idsIn, run, start} from './program.ts';
import {adding, failureOf, newVault} from './world.ts';

describe('several programs on one vault', () => {
	it('two with 50 changes each lose none', async () => {
		const {path} = await newVault();
		const [left, right] = await Promise.all([run(['add', path, 'left', '50']), run(['add', path, 'right', '50'])]);
		expect(left).toHaveLength(51);
		expect(right).toHaveLength(51);
		const ids = await idsIn(path);
		expect(ids).toHaveLength(100);
		expect(new Set(ids).size).toBe(100);
		expect(readdirSync(dirname(path)).toSorted()).toEqual(['.vault.json.lock', 'backups', 'vault.json']);
		expect(readdirSync(join(dirname(path), 'backups'))).toHaveLength(10);
	});

	it('one that holds the lock makes the others wait, and lets go when it is killed', async () => {
		const {vault, path} = await newVault({keys: []}, {lockWaitMs: 200});
		const holder = start(['hold', path]);
		await holder.said('held');
		expect(await failureOf(vault.change(adding('a')))).toMatchObject({code: 'vault-busy'});
		holder.kill();
		await holder.ended;
		await vault.change(adding('a'));
		expect(await idsIn(path)).toEqual(['a']);
	});

	it('that are killed 30 times while they save lose nothing they have confirmed and damage nothing', async () => {
		const {path} = await newVault();
		const confirmed: string[] = [];
		for (let round = 0; round < 15; round++) {
			// Two at a time, so that one is killed while the other waits for its lock.
			await Promise.all(['a', 'b'].map(async side => {
				const child = start(['add', path, `${side}${round}`, '1000']);
				await child.said(`${side}${round}-0`);
				await new Promise(resolve => setTimeout(resolve, 50 * Math.random()));
				child.kill();
				const {lines, signal} = await child.ended;
				expect(signal).toBe('SIGKILL');
				confirmed.push(...lines.slice(1));
			}));
			const ids = await idsIn(path);
			expect(confirmed.filter(id => !ids.includes(id)), `round ${round}`).toEqual([]);
		}

		// How many more than one of each there are is the machine's affair.
		expect(confirmed.length).toBeGreaterThanOrEqual(30);
	});
});

describe('a program killed at a step of its save', () => {
	const steps = ['mkdirSync:kill', 'linkSync:kill', 'linkSync:killAfter', 'openSync:kill', 'writeSync:kill', 'fsyncSync:kill', 'chmodSync:kill', 'renameSync:kill', 'renameSync:killAfter'];

	it.each(steps)('%s leaves a whole vault, old or new, and the next change goes on', async step => {
		const {vault, path} = await newVault();
		await vault.change(adding('before'));
		const {signal, lines} = await start(['add', path, 'killed'], step).ended;
		expect([signal, lines]).toEqual(['SIGKILL', ['open']]);
		expect(await idsIn(path)).toEqual(step === 'renameSync:killAfter' ? ['before', 'killed-0'] : ['before']);
		await vault.change(adding('after'));
		expect(await idsIn(path)).toEqual(step === 'renameSync:killAfter' ? ['before', 'killed-0', 'after'] : ['before', 'after']);
	});
});
