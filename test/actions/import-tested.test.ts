import {describe, expect, test} from 'vitest';
import {importKeys} from '../../source/actions/import.ts';
import type {ImportOutcome} from '../../source/actions/import-draft.ts';
import {removeKey} from '../../source/actions/trash.ts';
import {AppError} from '../../source/core/errors.ts';
import {fakeContext, failureOf} from '../helpers/fakes.ts';
import {world} from '../helpers/world.ts';
import {foreign, entriesOf, names} from './imports.ts';

describe('an import that tests', () => {
	test('stores a key that works with what the file declares of it, and none that does not', async () => {
		const {context} = await world();
		const main = context.vault.read().keys[0]!;
		const {secretKey, passphrase, apiKey} = main.credential;
		const mine = {
			name: 'main2',
			apiKey,
			secretKey: secretKey.reveal(),
			passphrase: passphrase.reveal(),
			createdAt: 1_600_000_000_000,
			description: 'as it was',
			permissions: ['read'],
		};
		await removeKey(context, main.id);
		const told: ImportOutcome[] = [];
		const outcomes = await importKeys(context, entriesOf(foreign('stranger'), mine, mine), {
			test: true,
			onOutcome: outcome => {
				told.push(outcome);
			},
		});
		expect(told).toEqual(outcomes);
		expect(outcomes.map(({what, code}) => [what, code])).toEqual([
			['refused', 21],
			['stored', 40],
			['skipped', 0],
		]);
		expect(outcomes[1]!.cause).toBe('The key works, but differs from what is declared here: permissions.');
		const stored = context.vault.read().keys.find(({name}) => name === 'main2')!;
		expect(stored).toMatchObject({
			createdAt: 1_600_000_000_000,
			description: 'as it was',
			permissions: ['read'],
			label: 'main',
			lastTest: {ok: false, code: 40},
		});
		expect(names(context)).not.toContain('stranger');
	});

	test('sees that a key belongs to another account than the file says', async () => {
		const {context} = await world();
		const main = context.vault.read().keys[0]!;
		const {secretKey, passphrase, apiKey} = main.credential;
		const entry = {
			name: 'main2',
			apiKey,
			secretKey: secretKey.reveal(),
			passphrase: passphrase.reveal(),
			account: {kind: 'main', uid: '1', mainUid: '1'},
		};
		await removeKey(context, main.id);
		const [outcome] = await importKeys(context, entriesOf(entry), {test: true});
		expect(outcome).toMatchObject({what: 'stored', code: 40, cause: expect.stringContaining('account') as string});
	});

	test('keeps a revoked key for its history, without asking', async () => {
		const {context, calls} = fakeContext();
		expect(
			(await importKeys(context, entriesOf(foreign('old', {status: 'revoked'})), {test: true})).map(({what}) => what),
		).toEqual(['stored']);
		expect(calls).toEqual([]);
		expect(context.vault.read().keys[0]).toMatchObject({name: 'old', status: 'revoked'});
	});

	test('can be stopped: what is stored stays, and the rest is not told of', async () => {
		const {context} = fakeContext();
		const stop = new AbortController();
		const told: string[] = [];
		const work = importKeys(
			context,
			entriesOf(foreign('one', {status: 'revoked'}), foreign('two', {status: 'revoked'})),
			{
				test: true,
				signal: stop.signal,
				onOutcome({name}) {
					told.push(name);
					stop.abort(new AppError('aborted'));
				},
			},
		);
		expect(await failureOf(work)).toBe('aborted');
		expect(told).toEqual(['one']);
		expect(names(context)).toEqual(['one']);
	});

	test.each([true, false])(
		'can be stopped among thousands of entries that need no call (tested: %s)',
		async isTested => {
			const {context, vault} = fakeContext();
			const stop = new AbortController();
			const told: string[] = [];
			const many = entriesOf(...Array.from({length: 3000}, (_, index) => foreign(`k${index}`, {site: 'nowhere'})));
			const work = importKeys(context, many, {
				test: isTested,
				signal: stop.signal,
				onOutcome({name}) {
					told.push(name);
				},
			});
			setImmediate(() => {
				stop.abort(new AppError('aborted'));
			});
			expect(await failureOf(work)).toBe('aborted');
			expect(told.length).toBeLessThan(3000);
			expect(vault.writes).toBe(0);
		},
	);
});
