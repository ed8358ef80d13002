import {readFileSync} from 'node:fs';
import {describe, expect, it, type TestContext} from 'vitest';
import {newVault} from '../vault/world.ts';
import {alterEverywhere} from './flips.ts';
import {fuzz} from './fuzz.ts';
import {callsOfSave, faults, injectInSaves, type Call} from './injection.ts';
import {killWhileSaving} from './kills.ts';
import {cutPower, noLoopDisks} from './power.ts';
import {noStrace} from './strace.ts';
import {writeAtOnce} from './writers.ts';

// What takes minutes: npm run torture. The same is done a little in npm test.

declare module 'vitest' {
	interface TaskMeta {
		/** For the table at the end: scripts/torture-reporter.js. */
		figures?: Readonly<Record<string, number | string>>;
	}
}

function report({task}: TestContext, figures: Readonly<Record<string, number | string>>): void {
	task.meta.figures = figures;
}

function sumOf(counts: Readonly<Record<string, number>>): string {
	return Object.entries(counts)
		.map(([name, count]) => `${name} ${count}`)
		.join(', ');
}

/** ` (skipped: why)`, for the name of a test; nothing when there is no reason to. */
function skipped(reason: string | undefined): string {
	return reason === undefined ? '' : ` (skipped: ${reason})`;
}

/** A vault that has been saved often enough that each further save removes an earlier one. */
async function usedVault() {
	const made = await newVault();
	for (let save = 0; save < 12; save++) await made.vault.change(content => ({...content, sandbox: save}));
	return made;
}

it('1,000 programs killed while they save: nothing confirmed is lost', async context => {
	const {path, recoveryKey} = await newVault();
	const {kills, confirmed, lost} = await killWhileSaving(path, recoveryKey, 1000);
	report(context, {kills, 'confirmed saves': confirmed, lost: lost.length, damaged: 0});
	expect(lost).toEqual([]);
});

it('4 programs with 250 changes each keep every change they confirm, and call each other one busy', async context => {
	const {path} = await newVault();
	const {confirmed, refused, kept} = await writeAtOnce(path, {writers: 4, changes: 250});
	report(context, {confirmed: confirmed.length, refused: refused.length, kept: kept.length});
	expect(kept.toSorted()).toEqual(confirmed.toSorted());
	expect(refused).toEqual(Array.from({length: 1000 - confirmed.length}, () => 'vault-busy'));
});

const withoutStrace = noStrace();

describe.skipIf(withoutStrace !== undefined)(`each system call of a save made to fail${skipped(withoutStrace)}`, () => {
	it('no call is forgotten', async context => {
		const {path, recoveryKey} = await usedVault();
		const calls = await callsOfSave(path, recoveryKey);
		report(context, {calls: calls.join(', ')});
		expect(calls.filter(call => !Object.hasOwn(faults, call))).toEqual([]);
	});

	it.for(Object.keys(faults) as Call[])(
		'%s: the vault is the old or the new one, whole, and what is said is true',
		async (call, context) => {
			const {path, recoveryKey} = await usedVault();
			const {injected, ends, wrong} = await injectInSaves(
				path,
				recoveryKey,
				[call],
				['once', 'first', 'always', 'kill'],
			);
			report(context, {injected, ends: sumOf(ends), wrong: wrong.length});
			expect(wrong).toEqual([]);
		},
	);
});

const withoutDisks = noLoopDisks();

it.skipIf(withoutDisks !== undefined)(
	`25 power cuts: nothing confirmed is lost${skipped(withoutDisks)}`,
	async context => {
		const {cuts, confirmed, lost} = await cutPower(25);
		report(context, {cuts, 'confirmed saves': confirmed, lost: lost.length});
		expect(lost).toEqual([]);
	},
);

it.for([0, 5000, 20_000])(
	'every bit and every length of a vault with %i bytes in it: none is accepted',
	async (length, context) => {
		const {vault, path} = await newVault({keys: [], sandbox: 'x'.repeat(length)});
		const {tried, refused, accepted} = alterEverywhere(readFileSync(path), vault.key().key);
		report(context, {tried, refused: sumOf(refused), accepted: accepted.length});
		expect(accepted).toEqual([]);
	},
);

it('a minute of altered vaults: each is refused in words that were foreseen', async context => {
	const {vault, path} = await newVault();
	const seed = Math.floor(Math.random() * 2 ** 31);
	const {tried, refused, opened, slowestMs, wrong} = await fuzz(readFileSync(path), vault.key().key, {
		seed,
		ms: 60_000,
	});
	report(context, {
		seed: String(seed),
		tried,
		refused: sumOf(refused),
		'opened with the key': opened,
		'slowest ms': Math.round(slowestMs),
		wrong: wrong.length,
	});
	expect(wrong).toEqual([]);
});
