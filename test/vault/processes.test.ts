import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {killWhileSaving} from '../torture/kills.ts';
import {writeAtOnce} from '../torture/writers.ts';
import {idsIn, start} from './program.ts';
import {adding, failureOf, newVault} from './world.ts';

describe('several programs on one vault', () => {
	it('four with 100 changes each lose none', async () => {
		const {path} = await newVault();
		expect(await writeAtOnce(path, 4, 100)).toEqual({made: 400, kept: 400});
		expect(await idsIn(path)).toHaveLength(400);
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

	it('that are killed 200 times while they save lose nothing they have confirmed and damage nothing', async () => {
		const {path, recoveryKey} = await newVault();
		const {lost, confirmed} = await killWhileSaving(path, recoveryKey, 200);
		expect(lost).toEqual([]);
		// How many more there are is the machine's affair; with none at all nothing would have been proved.
		expect(confirmed).toBeGreaterThan(0);
	}, 120_000);
});

describe('a program killed at a step of its save', () => {
	const steps = [
		'mkdirSync:kill',
		'linkSync:kill',
		'linkSync:killAfter',
		'openSync:kill',
		'writeSync:kill',
		'fsyncSync:kill',
		'chmodSync:kill',
		'renameSync:kill',
		'renameSync:killAfter',
	];

	it.each(steps)('%s leaves a whole vault, old or new, and the next change goes on', async step => {
		const {vault, path} = await newVault();
		await vault.change(adding('before'));
		const {signal, lines} = await start(['add', path, 'killed'], {fault: step}).ended;
		expect([signal, lines]).toEqual(['SIGKILL', ['open']]);
		expect(await idsIn(path)).toEqual(step === 'renameSync:killAfter' ? ['before', 'killed-0'] : ['before']);
		await vault.change(adding('after'));
		expect(await idsIn(path)).toEqual(
			step === 'renameSync:killAfter' ? ['before', 'killed-0', 'after'] : ['before', 'after'],
		);
	});
});
