import {describe, expect, test} from 'vitest';
import {importKeys} from '../../source/actions/import.ts';
import type {ImportOutcome} from '../../source/actions/import-draft.ts';
import {areAllStored} from '../../source/actions/import-file.ts';
import {AppError} from '../../source/core/errors.ts';
import type {ImportEntry} from '../../source/formats/format.ts';
import {fakeContext, failureOf} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {untested, foreign, entriesOf, names} from './imports.ts';

const short = (outcomes: readonly ImportOutcome[]) => outcomes.map(({name, what, cause}) => [name, what, cause]);

describe('an import', () => {
	test('judges each entry by itself: stores what it can, skips what is here, says why it refuses others', async () => {
		const main = storedKey({name: 'main'});
		const {apiKey, secretKey, passphrase} = main.credential;
		const {context, vault} = fakeContext({keys: [main], sandbox: {}});
		const outcomes = await importKeys(
			context,
			entriesOf(
				foreign('new1'),
				foreign('main'),
				foreign('other', {apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()}),
				{name: 'broken'},
				foreign('a-key-of-the-exchange-with-28'),
				foreign('x'.repeat(51)),
				foreign('real', {site: 'global'}),
				foreign('ip', {ip: ['0.0.0.0/0']}),
				foreign('new2'),
			),
			untested,
		);
		expect(short(outcomes)).toEqual([
			['new1', 'stored', ''],
			['main', 'stored', ''],
			['other', 'skipped', 'This API key is already stored here as main.'],
			['broken', 'refused', 'Its field apiKey is missing.'],
			['a-key-of-the-exchange-with-28', 'stored', ''],
			['x'.repeat(31) + '…', 'refused', `The name ${'x'.repeat(51)} has 51 characters; the exchange allows 50.`],
			['real', 'refused', 'A real key cannot be stored in the sandbox.'],
			['ip', 'refused', '0.0.0.0/0 lets every address in, so it protects nothing.'],
			['new2', 'stored', ''],
		]);
		expect(outcomes.map(({code}) => code)).toEqual([0, 0, 0, 2, 0, 2, 2, 2, 0]);
		expect(outcomes[1]!.storedAs).toBe('main-2');
		expect(outcomes.map(({number}) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(names({vault})).toEqual(['main', 'new1', 'main-2', 'a-key-of-the-exchange-with-28', 'new2']);
		expect(vault.writes).toBe(1);
	});

	test('tells a long name whole, and as new only where it is taken, and what the key is for', async () => {
		const {context} = fakeContext({keys: []}, {sandbox: false});
		const long = 'n'.repeat(50);
		const outcomes = await importKeys(
			context,
			entriesOf(foreign(long, {site: 'eea', env: 'demo'}), foreign(long, {site: 'us'})),
			{test: false, isDryRun: true},
		);
		expect(outcomes).toMatchObject([
			{name: long, storedAs: long, site: 'eea', environment: 'demo', what: 'new'},
			{name: long, storedAs: `${'n'.repeat(48)}-2`, site: 'us', environment: 'live', what: 'new'},
		]);
	});

	test('of the same file twice skips all of it, also a key that comes twice in one file', async () => {
		const {context, vault} = fakeContext();
		const file = [foreign('bot1'), foreign('bot2')];
		expect(
			short(await importKeys(context, entriesOf(...file, {...file[0], name: 'again'}, foreign('bot2')), untested)),
		).toEqual([
			['bot1', 'stored', ''],
			['bot2', 'stored', ''],
			['again', 'skipped', 'This API key is already stored here as bot1.'],
			['bot2', 'stored', ''],
		]);
		expect((await importKeys(context, entriesOf(...file), untested)).map(({what}) => what)).toEqual([
			'skipped',
			'skipped',
		]);
		expect(vault.writes).toBe(1);
	});

	test.each([[true], [false]])(
		'refuses a key that is here with another secret key or passphrase, so that its file is kept (tested: %s)',
		async isTested => {
			const {context} = await world();
			const [main] = context.vault.read().keys;
			const {apiKey, secretKey, passphrase} = main!.credential;
			const same = {apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()};
			const file = [same, {...same, secretKey: 'F'.repeat(32)}, {...same, passphrase: 'Another-1'}];
			const outcomes = await importKeys(context, entriesOf(...file.map(one => foreign('bot', one))), {test: isTested});
			expect(outcomes.map(({what, code}) => [what, code])).toEqual([
				['skipped', 0],
				['refused', 2],
				['refused', 2],
			]);
			expect(outcomes[1]!.cause).toBe('This API key is stored here as main, with another secret key or passphrase.');
			expect(areAllStored(outcomes)).toBe(false);
			expect(names(context)).toEqual(['main']);
		},
	);

	test('sees what another program has stored meanwhile', async () => {
		const {context, vault} = fakeContext();
		vault.behindOurBack(content => ({...content, keys: [storedKey({name: 'bot1'})]}));
		expect(short(await importKeys(context, entriesOf(foreign('bot1'), foreign('bot2')), untested))).toEqual([
			['bot1', 'stored', ''],
			['bot2', 'stored', ''],
		]);
		expect(names({vault})).toEqual(['bot1', 'bot1-2', 'bot2']);
	});

	test('that cannot be saved says so once, and tells of no key as stored', async () => {
		const {context, vault} = fakeContext();
		vault.failNext(new AppError('vault-busy', {path: 'x'}));
		const told: ImportOutcome[] = [];
		expect(
			await failureOf(
				importKeys(context, entriesOf(foreign('bot1')), {
					...untested,
					onOutcome: outcome => {
						told.push(outcome);
					},
				}),
			),
		).toBe('vault-busy');
		expect(told).toEqual([]);
	});

	test('in a dry run says the same and stores nothing, even under --readonly', async () => {
		const {context, vault, calls} = fakeContext({keys: [storedKey({name: 'main'})], sandbox: {}}, {readonly: true});
		const entries = entriesOf(foreign('bot1'), foreign('main'), foreign('bot1'));
		expect((await importKeys(context, entries, {test: true, isDryRun: true})).map(({what}) => what)).toEqual([
			'new',
			'new',
			'new',
		]);
		expect(vault.writes).toBe(0);
		expect(calls).toEqual([]);
		expect(await failureOf(importKeys(context, entriesOf(foreign('bot1')), untested))).toBe('readonly');
	});

	test('wipes the secrets of what it did not store, and of nothing else', async () => {
		const {context} = fakeContext({keys: [storedKey({name: 'main'})], sandbox: {}});
		const entries = entriesOf({...foreign('main'), apiKey: storedKey().credential.apiKey}, foreign('bot1'));
		await importKeys(context, entries, untested);
		const isWiped = ({key}: ImportEntry) => {
			try {
				return key!.credential.secretKey.reveal() === '';
			} catch {
				return true;
			}
		};
		expect(entries.map(entry => isWiped(entry))).toEqual([true, false]);
	});

	test('visible-cause: stores an unusual form, or an address that no call comes from, and says so', async () => {
		const {context, vault} = fakeContext({keys: []}, {sandbox: false});
		const outcomes = await importKeys(
			context,
			entriesOf(
				foreign('quoted', {site: 'global', apiKey: '"7e5f0a11-2b3c-4d5e-8f90-a5b4c3d2e1f1"'}),
				foreign('lan', {site: 'global', ip: ['192.168.1.5', '8.8.8.8']}),
				foreign('right', {site: 'global'}),
			),
			untested,
		);
		expect(short(outcomes)).toEqual([
			['quoted', 'stored', 'The API key is in quotes.'],
			[
				'lan',
				'stored',
				'192.168.1.5 in the allow-list lies inside a private network: no call reaches the exchange from there.',
			],
			['right', 'stored', ''],
		]);
		expect(outcomes.map(({code, fix}) => [code, fix !== ''])).toEqual([
			[0, true],
			[0, true],
			[0, false],
		]);
		expect(vault.read().keys[0]!.credential.apiKey).toContain('"');
	});

	test.each([
		['createdAt', 0],
		['createdAt', 8.64e15],
		['updatedAt', 4_000_000_000_000],
		['lastUsedAt', 1],
	])('far-date: refuses a key whose %s is %d, and names the field', async (field, at) => {
		const {context, vault} = fakeContext({keys: []});
		expect(
			short(
				await importKeys(
					context,
					entriesOf(foreign('far', {[field]: at}), foreign('right', {[field]: Date.UTC(2026, 0)})),
					untested,
				),
			),
		).toEqual([
			['far', 'refused', `Its date ${field} does not lie between 2017 and tomorrow.`],
			['right', 'stored', ''],
		]);
		expect(names({vault})).toEqual(['right']);
	});

	test.each([true, false])(
		'wiped-while-held: that the disk does not confirm leaves the vault its secrets, and tells of them (tested: %s)',
		async test => {
			const {context, recoveryKey} = await world();
			expect(recoveryKey).toBeDefined();
			const {vault} = context;
			const unconfirmed: typeof vault.change = async (change, options) => {
				await vault.change(change, options);
				throw new AppError('saved-not-durable', {path: '/x', reason: 'EIO', fix: ''});
			};
			const entries = entriesOf(foreign('bot1', {status: 'revoked'}), foreign('lost', {site: 'nowhere'}));
			const told: ImportOutcome[] = [];
			expect(
				await failureOf(
					importKeys({...context, vault: {...vault, change: unconfirmed}}, entries, {
						test,
						onOutcome: outcome => {
							told.push(outcome);
						},
					}),
				),
			).toBe('saved-not-durable');
			expect(told[0]).toMatchObject({name: 'bot1', what: 'stored'});
			expect(
				vault
					.read()
					.keys.find(({name}) => name === 'bot1')!
					.credential.secretKey.reveal(),
			).toMatch(/^9F86D081884C7D659A2F/);
			expect(() => entries[1]!.key!.credential.secretKey.reveal()).toThrow();
		},
	);
});
