import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {killWhileSaving} from '../torture/kills.ts';
import {writeAtOnce} from '../torture/writers.ts';
import {idsIn, start} from './program.ts';
import {adding, failureOf, newVault} from './world.ts';

describe('several programs on one vault', () => {
	it.each([
		['wait five seconds for their turn', undefined],
		['hardly wait', '20'],
	])(
		'four that %s keep every change they confirm, and call each other one busy',
		async (_, wait) => {
			const {path} = await newVault();
			const {confirmed, refused, kept} = await writeAtOnce(path, {writers: 4, changes: 50, wait});
			expect(kept.toSorted()).toEqual(confirmed.toSorted());
			expect(refused).toEqual(Array.from({length: 200 - confirmed.length}, () => 'vault-busy'));
			expect(confirmed.length).toBeGreaterThan(10);
			expect(readdirSync(dirname(path)).toSorted()).toEqual(['.vault.json.lock', 'backups', 'vault.json']);
			expect(readdirSync(join(dirname(path), 'backups'))).toHaveLength(10);
		},
		120_000,
	);

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
