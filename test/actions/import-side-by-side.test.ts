import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {importKeys} from '../../source/actions/import.ts';
import {AppError} from '../../source/core/errors.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {failureOf} from '../helpers/fakes.ts';
import {contextOf, crowd} from './crowd.ts';
import {entriesOf, names} from './imports.ts';

/** A key as an export has it. */
function exported({name, site, account, credential}: StoredKey, wanted: Record<string, unknown> = {}) {
	const {apiKey, secretKey, passphrase} = credential;
	return {name, site, account, apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal(), ...wanted};
}

/** Counts the tests of keys that are on their way at once: of all accounts, and the most of any one. */
function counted(exchange: Context['exchange'], keys: readonly StoredKey[]) {
	const accountOf = new Map(keys.map(({credential, account}) => [credential.apiKey, account.subAccount]));
	const open = new Map<string | undefined, number>();
	const seen = {asked: 0, most: 0, mostOfOne: 0, open: 0};
	const call: typeof exchange.call = async (...words) => {
		const [endpoint, , {credential}] = words;
		if (endpoint !== 'config') return exchange.call(...words);
		const account = accountOf.get(credential!.apiKey);
		const ofOne = (open.get(account) ?? 0) + 1;
		open.set(account, ofOne);
		seen.asked++;
		seen.open++;
		seen.most = Math.max(seen.most, seen.open);
		seen.mostOfOne = Math.max(seen.mostOfOne, ofOne);
		try {
			return await exchange.call(...words);
		} finally {
			seen.open--;
			open.set(account, open.get(account)! - 1);
		}
	};
	return {seen, exchange: {...exchange, call}};
}

async function importing(accounts: number, keysEach: number) {
	const {there, stored} = await crowd(accounts, keysEach);
	const {seen, exchange} = counted(there.exchange, stored);
	return {there, stored, seen, context: contextOf(exchange, [])};
}

test('200 keys of 40 accounts are tested side by side, and stored in few saves, without one refusal', async () => {
	const {there, stored, seen, context} = await importing(40, 5);
	const done: number[] = [];
	const outcomes = await importKeys(context, entriesOf(...stored.map(key => exported(key))), {
		test: true,
		onProgress: progress => done.push(progress.done),
	});
	expect(outcomes.map(({what, name, number}) => ({what, name, number}))).toEqual(
		stored.map(({name}, index) => ({what: 'stored', name, number: index + 1})),
	);
	expect(there.refusals()).toEqual(new Map());
	expect(new Set(names(context))).toEqual(new Set(stored.map(({name}) => name)));
	expect(context.vault.read().keys.every(({lastTest}) => lastTest?.ok)).toBe(true);
	expect(done).toEqual(stored.map((_, index) => index + 1));
	expect(seen).toMatchObject({asked: 200, open: 0});
	expect(seen.most).toBeGreaterThan(20);
	expect(seen.mostOfOne).toBeLessThanOrEqual(5);
	expect(context.vault.writes).toBeLessThan(10);
});

test('keys of one account wait for its limit', async () => {
	const {there, stored, seen, context} = await importing(1, 8);
	const outcomes = await importKeys(context, entriesOf(...stored.map(key => exported(key))), {test: true});
	expect(outcomes.map(({what}) => what)).toEqual(stored.map(() => 'stored'));
	expect(there.refusals()).toEqual(new Map());
	expect(seen.mostOfOne).toBe(5);
});

test('stopped, keeps each key that was tested until then, and tells of these alone', async () => {
	const {stored, seen, context} = await importing(10, 5);
	const stop = new AbortController();
	const told: string[] = [];
	const work = importKeys(context, entriesOf(...stored.map(key => exported(key))), {
		test: true,
		signal: stop.signal,
		onOutcome: ({name}) => told.push(name),
		onProgress({done}) {
			if (done === 12) stop.abort(new AppError('aborted'));
		},
	});
	expect(await failureOf(work)).toBe('aborted');
	expect(told.length).toBeGreaterThanOrEqual(12);
	expect(told.length).toBeLessThan(50);
	expect(names(context).toSorted()).toEqual(told.toSorted());
	expect(seen.open).toBe(0);
});

test('a save that fails ends the other tests too, and is what is said', async () => {
	const {stored, seen, context} = await importing(4, 8);
	const change: typeof context.vault.change = async () => {
		throw new AppError('vault-busy', {path: 'vault.json'});
	};
	const failing = {...context, vault: {...context.vault, change}};
	const work = importKeys(failing, entriesOf(...stored.map(key => exported(key))), {test: true});
	expect(await failureOf(work)).toBe('vault-busy');
	expect(seen.asked).toBeLessThan(stored.length);
	expect(seen.open).toBe(0);
	expect(names(context)).toEqual([]);
});

test('twins are tested until one works, and the rest of them is not sent', async () => {
	const {stored, seen, context} = await importing(1, 1);
	const key = stored[0]!;
	const entries = entriesOf(
		exported(key, {name: 'mistyped', passphrase: 'Another-Pass9!'}),
		exported(key, {name: 'right'}),
		exported(key, {name: 'again'}),
		exported(key, {name: 'other', secretKey: '0'.repeat(32)}),
	);
	const outcomes = await importKeys(context, entries, {test: true});
	expect(outcomes.map(({name, what, code}) => [name, what, code])).toEqual([
		['mistyped', 'refused', 20],
		['right', 'stored', 0],
		['again', 'skipped', 0],
		['other', 'refused', expect.any(Number)],
	]);
	expect(seen.asked).toBe(2);
});
