import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {exportKeys, keysToExport} from '../../source/actions/export.ts';
import {importKeys, type ImportOptions, type ImportOutcome} from '../../source/actions/import.ts';
import {isAllHere} from '../../source/actions/import-file.ts';
import {removeKey} from '../../source/actions/trash.ts';
import {AppError} from '../../source/core/errors.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import type {ImportEntry} from '../../source/formats/format.ts';
import {formats} from '../../source/formats/index.ts';
import {json} from '../../source/formats/json.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {arbitraryKeys, inClear} from '../helpers/arbitrary.ts';
import {fakeContext, failureOf} from '../helpers/fakes.ts';
import {creation, storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const untested: ImportOptions = {test: false};
let made = 0;

/** An entry of a file, with a credential of its own. */
function foreign(name: string, wanted: Record<string, unknown> = {}): Record<string, unknown> {
	made++;
	const digits = String(made).padStart(12, '0');
	return {
		name,
		site: 'sandbox',
		apiKey: `7e5f0a11-2b3c-4d5e-8f90-${digits}`,
		secretKey: `9F86D081884C7D659A2F${digits}`,
		passphrase: `Passphrase-${made}`,
		...wanted,
	};
}

function entriesOf(...values: readonly unknown[]): readonly ImportEntry[] {
	return json.parse(sourceOf(JSON.stringify(values), 'keys.json'));
}

function names({vault}: {readonly vault: {read(): {readonly keys: readonly StoredKey[]}}}): string[] {
	return vault.read().keys.map(({name}) => name);
}

const short = (outcomes: readonly ImportOutcome[]) => outcomes.map(({name, what, cause}) => [name, what, cause]);

describe('the way out and back', () => {
	test('loses nothing of a key but its id and its last test', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryKeys, async keys => {
				const from = fakeContext({keys, sandbox: {}});
				const to = fakeContext();
				let file = '';
				await exportKeys(keysToExport(from.context, 'all'), {format: 'json'}, async content => {
					file = Buffer.from(content).toString();
					return content;
				});
				const outcomes = await importKeys(to.context, json.parse(sourceOf(file, 'keys.json')), untested);
				expect(outcomes.every(({what}) => what === 'stored')).toBe(true);
				const byName = (some: readonly StoredKey[]) => Object.fromEntries(some.map(key => [key.name, inClear(key)]));
				expect(byName(to.vault.read().keys)).toEqual(byName(keys));
				expect(
					to.vault.read().keys.every(({id, lastTest}) => lastTest === null && !keys.some(key => key.id === id)),
				).toBe(true);
				expect(to.vault.writes).toBe(keys.length === 0 ? 0 : 1);
			}),
			{numRuns: 50},
		);
	});

	test('wipes the text it sealed, and refuses more than it would take back', async () => {
		let seen: Uint8Array = new Uint8Array();
		const seal = async (content: Uint8Array) => (seen = content);
		await exportKeys([storedKey()], {format: 'json'}, seal);
		expect(seen.length).toBeGreaterThan(100);
		expect(seen.every(byte => byte === 0)).toBe(true);
		expect(
			await failureOf(
				exportKeys(
					Array.from({length: 10_001}, () => storedKey()),
					{format: 'json'},
					seal,
				),
			),
		).toBe('too-much-to-export');
		expect(
			await failureOf(exportKeys([storedKey({description: 'x'.repeat(17 * 1024 * 1024)})], {format: 'json'}, seal)),
		).toBe('too-much-to-export');
	});

	test('takes the keys in use that are finished, or says which one is not', async () => {
		const {context} = fakeContext({
			keys: [storedKey({id: '1', name: 'used'}), storedKey({id: '2', name: 'gone', trashedAt: 1})],
			operations: [creation({name: 'half'})],
		});
		expect(keysToExport(context, 'all').map(({name}) => name)).toEqual(['used']);
		expect(keysToExport(context, ['used', 'used']).map(({name}) => name)).toEqual(['used']);
		expect(() => keysToExport(context, ['gone'])).toThrow('There is no key called gone');
		expect(() => keysToExport(context, ['used', 'half'])).toThrow('half was never finished');
	});
});

describe('an import', () => {
	test('judges each entry by itself: stores what it can, skips what is here, and says why the rest is refused', async () => {
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
			expect(isAllHere(outcomes)).toBe(false);
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

	test('visible-cause: stores what has another form than usual, or an address that no call comes from, and says so', async () => {
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
		'wiped-while-held: that the disk does not confirm leaves the vault the secrets that it holds, and tells of them (tested: %s)',
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

	test('vault-too-large: a dry run says that there is no room, as the import itself would', async () => {
		const {context} = await world();
		const entries = () =>
			entriesOf(
				...Array.from({length: 5}, (_, index) => foreign(`big${index}`, {description: 'x'.repeat(12 * 1024 * 1024)})),
			);
		const before = context.vault.read();
		expect(await failureOf(importKeys(context, entries(), {test: false, isDryRun: true}))).toBe('vault-too-large');
		expect(await failureOf(importKeys(context, entries(), {test: false}))).toBe('vault-too-large');
		expect(context.vault.read()).toBe(before);
	});

	test('gives a name that is taken, or looks as if it were, the next number, and cuts it to the length of a name', async () => {
		const {context, vault} = fakeContext({
			keys: [storedKey({id: '1', name: 'grid'}), storedKey({id: '2', name: 'gone', trashedAt: 1})],
			operations: [creation({name: 'half'})],
		});
		const long = 'x'.repeat(50);
		const wanted = ['grid', 'grid', 'grid-2', '\uFF47rid', 'gone', 'half', long, long, `${'x'.repeat(48)}-2`];
		await importKeys(context, entriesOf(...wanted.map(name => foreign(name))), untested);
		expect(names({vault}).slice(2)).toEqual([
			'grid-2',
			'grid-3',
			'grid-2-2',
			'\uFF47rid-4',
			'gone',
			'half-2',
			long,
			`${'x'.repeat(48)}-2`,
			`${'x'.repeat(48)}-3`,
		]);
	});

	test('leaves a key of another exchange out, which is no fault', async () => {
		const {context, vault} = fakeContext({keys: []}, {sandbox: false});
		const entries = await formats.ccxt.parse!(sourceOf('{"bybit": {"apiKey": "a", "secret": "b"}}', 'keys.json'));
		expect(await importKeys(context, entries, untested)).toMatchObject([
			{name: 'bybit', what: 'elsewhere', code: 0, cause: 'It is for the exchange bybit, not for OKX.'},
		]);
		expect(vault.writes).toBe(0);
	});

	test('tells its progress after each entry', async () => {
		const {context} = fakeContext();
		const told: number[] = [];
		await importKeys(context, entriesOf(foreign('a'), {name: 'broken'}, foreign('c')), {
			...untested,
			onProgress({done, total}) {
				told.push(done, total);
			},
		});
		expect(told).toEqual([1, 3, 2, 3, 3, 3]);
	});

	test('of 2,000 keys is one save', async () => {
		const {context, vault} = fakeContext();
		const outcomes = await importKeys(
			context,
			entriesOf(...Array.from({length: 2000}, (_, index) => foreign(`k${index}`))),
			untested,
		);
		expect(outcomes.every(({what}) => what === 'stored')).toBe(true);
		expect(vault.writes).toBe(1);
	});
});

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
		'can be stopped among thousands of entries about which nobody is asked (tested: %s)',
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

test.each([
	['MyOKX', 'eea'],
	['https://www.okx.com', 'global'],
	['tr.okx.com', 'tr'],
])('a site that a file calls %s is stored as %s', async (word, site) => {
	const {context, vault} = fakeContext({keys: []}, {sandbox: false});
	expect(await importKeys(context, entriesOf(foreign('bot1', {site: word})), untested)).toMatchObject([
		{what: 'stored'},
	]);
	expect(vault.read().keys.map(key => key.site)).toEqual([site]);
});

describe('what a file says is not believed', () => {
	test.each([
		['name', 'bot\u001B[2J'],
		['name', 'bot\u202Etxt'],
		['name', 'bot\u200B'],
		['name', ' bot'],
		['name', ''],
		['description', 'a\u001B]52;c;AAAA\u0007'],
		['description', 'a\rb'],
		['tags', ['two words']],
		['tags', ['a\u0000']],
		['apiKey', 'with space'],
		['apiKey', 'a\nb'],
		['apiKey', ''],
		['secretKey', 'schlüssel'],
		['passphrase', '\u001B'],
		['ip', Array.from({length: 21}, (_, index) => `10.0.0.${index}`)],
		['site', 'https://evil.example'],
		['site', 'http://127.0.0.1@evil.example'],
	])(
		'hostile-import: %s %j is refused, and nothing that steers a terminal is in the sentence',
		async (field, value) => {
			const {context, vault} = fakeContext({keys: []}, {sandbox: false});
			context.exchange.locate = async site => (await import('../../source/exchange/sites.ts')).siteUrl(site);
			const [outcome] = await importKeys(
				context,
				entriesOf(foreign('bot1', {site: 'global', [field]: value})),
				untested,
			);
			expect(outcome).toMatchObject({what: 'refused', code: 2});
			expect(`${outcome!.name}${outcome!.cause}${outcome!.fix}`).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
			expect(vault.writes).toBe(0);
		},
	);

	test('secret-in-sentence: no outcome repeats a part of a credential', async () => {
		const canary = 'CANARY0SECRET';
		const {context} = fakeContext({
			keys: [
				storedKey({
					name: 'main',
					credential: {apiKey: 'taken', secretKey: new Secret('x'), passphrase: new Secret('y')},
				}),
			],
		});
		const outcomes = await importKeys(
			context,
			entriesOf(
				foreign('bot1', {secretKey: `${canary} `}),
				foreign('bot2', {secretKey: canary, passphrase: canary}),
				foreign('bot3', {apiKey: 'taken', secretKey: canary}),
				foreign('main', {secretKey: canary, apiKey: 'taken'}),
				foreign('bot4', {passphrase: [canary]}),
				foreign('bot5', {secretKey: canary, site: 'nowhere'}),
			),
			untested,
		);
		expect(outcomes.filter(({what}) => what === 'stored')).toEqual([]);
		expect(JSON.stringify(outcomes)).not.toContain(canary);
	});
});
