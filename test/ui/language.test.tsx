import fs from 'node:fs';
import {beforeEach, describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {liveKeys} from '../../source/actions/keys.ts';
import {commands} from '../../source/commands/index.ts';
import {t} from '../../source/language/translate.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn} from '../../source/vault/vault.ts';
import {openApp} from '../helpers/app.tsx';
import {wireError} from '../helpers/fakes.ts';
import {creation, storedKey} from '../helpers/keys.ts';
import {englishIn, speakPseudoLanguage} from '../helpers/pseudo-language.ts';
import {world, worldPassphrase} from '../helpers/world.ts';
import {answering} from './answering.ts';

/** Names of data, the words of the exchange's contract and of command lines, and what is printed on keys. */
const known = [
	[
		'OKX',
		'okx-keys',
		'bot',
		'gridbot',
		'gridbotgrid',
		'nothing',
		'main',
		'quantdesk',
		'late',
		'half',
		'sandbox',
		'global',
		'FILE',
		'lock',
	],
	commands.map(({name}) => name),
	['live', 'demo', 'read', 'trade', 'withdraw', 'api', 'eea', 'NAME', 'UTC', 'HTTP', 'vault'],
	['Alt', 'Ctrl', 'Down', 'End', 'Enter', 'Esc', 'Home', 'Left', 'PgDn', 'PgUp', 'Right', 'Shift', 'Space', 'Tab'],
].flat();

const sizes = [
	[120, 50],
	[80, 24],
] as const;

/** The program on a terminal; `english` gathers what any screen shows that was written past the translation. */
async function walk(context: Context, [columns, rows]: readonly [number, number]) {
	const {terminal} = await openApp(context, {columns, rows});
	const english = new Set<string>();
	// What the sandbox describes its key with, and says to a refused address.
	const data = context.seed().keys.flatMap(({description}) => description.split(/[\s.:]+/));
	const said = 'is not on the allow-list of your API key'.split(' ');
	const allowed = [...known, ...data, ...said];
	const isCut = (begun: string) => allowed.some(word => word.startsWith(begun));
	// The ends of a random API key that is shown masked may be letters alone.
	const ends = () =>
		context.vault.isOpen()
			? context.vault.read().keys.flatMap(({credential: {apiKey}}) => [apiKey.slice(0, 4), apiKey.slice(-4)])
			: [];
	const look = () => {
		const whole = terminal.screen.replaceAll(/([\w-]+)…/g, (cut, begun: string) => (isCut(begun) ? '…' : cut));
		for (const word of englishIn(whole, [...allowed, ...ends()])) english.add(word);
	};
	return {
		english,
		terminal,
		async press(...keys: readonly string[]) {
			for (const key of keys) {
				await terminal.press(key);
				look();
			}
		},
		async see(...texts: readonly string[]) {
			await terminal.see(...texts);
			look();
		},
	};
}

beforeEach(speakPseudoLanguage);

describe.each(sizes)('at %ix%i no English is left', (...size) => {
	test('from the first passphrase to a key that was made, tested, edited, revoked and locked away', async () => {
		const {context} = await world({isOpen: false});
		const {english, press, see} = await walk(context, size);
		await see(t`Make your vault`);
		await press('short', 'Ctrl+U', worldPassphrase, 'Enter', worldPassphrase, 'Enter');
		await see(t`Your recovery key`);
		await press('q', 'n', 'w');
		await see(t`Your vault is ready.`);
		await press('?', 'Down', '?', ':', 'Esc', 's', 's', '/', 'nothing', 'Enter', 'Esc');
		await press('v', 'Esc', 'Enter', 'v', 'Esc');
		await press('n', 'gridbotgrid', 'PgDn', 'Ctrl+U', 'gridbot', 'PgDn');
		await see(t`Account`);
		await press('Down', 'Down', 'PgDn', 'Down', 'Space', 'PgDn', '10.0.0.1', 'PgDn');
		await see(t`Review`);
		await press('Esc', 'PgDn', 'y');
		await see(t`API key and secret`);
		await press('q', 'n', 's', 't');
		await see(t`Sign a call`);
		await press('?', '?', 'Esc', 'p', 'Space', 'PgDn');
		await see(t`This would change ${'gridbot'}`);
		await press('y');
		await see(t`${'gridbot'} is changed on the exchange and in this vault.`);
		await press('e', '2', 'PgDn');
		await see(t`This would change ${'gridbot'}`);
		await press('y');
		await see(t`${'gridbot2'} is changed in this vault.`);
		await press('H', 'Enter', 'Esc', 'T');
		await see(t`Test all`);
		await press('f', 'f', 'Enter', 'Esc', 'Esc', 'D', 'n', 'x', 'y', 'L');
		await see(t`Unlock your vault`);
		await press('wrong', 'Enter');
		await see(t`Wrong passphrase; nothing was changed.`);
		await press(worldPassphrase, 'Enter');
		expect([...english]).toEqual([]);
	});

	test('of a test that fails, its remedies, and the sites that are asked', async () => {
		const {context} = await world();
		const [main] = liveKeys(context.vault.read());
		await context.exchange.call('pageEdit', {apiKey: main!.credential.apiKey, ip: ['203.0.113.7']}, main!);
		await context.vault.change(content => ({...content, keys: [{...main!, ip: ['203.0.113.7']}]}));
		const refused = await walk(context, size);
		await refused.press('t');
		await refused.see('(50110)');
		await refused.press('f');
		await refused.see(t`This would change ${'main'}`);
		await refused.press('y', 'Esc', 'Enter', 'H', 'Enter', 'Enter');
		expect([...refused.english]).toEqual([]);

		const real = await world({sandbox: false, keys: [storedKey({tags: []})]});
		const {answered} = await answering(real.context, {
			config() {
				throw wireError({kind: 'code', exchangeCode: '50119', httpStatus: 401});
			},
		});
		const elsewhere = await walk(answered, size);
		await elsewhere.press('t');
		await elsewhere.see('(50119)');
		await elsewhere.press('f');
		await elsewhere.see('eea.okx.com');
		await elsewhere.press('n', 'f', 'y', 'Esc', 'x', 'Esc', 'D', 'y');
		expect([...elsewhere.english]).toEqual([]);
	});

	test('of a key made on the page of the exchange, and of one whose creation was interrupted', async () => {
		const {context} = await world({sandbox: false});
		await context.vault.change(content => ({...content, operations: [creation({name: 'half'})]}));
		const {english, press, see, terminal} = await walk({...context, readonly: false}, size);
		await press('Enter', 't', 'x', 'n', 'Esc', 'n', 'gridbot', 'PgDn', 'PgDn', 'Space', 'PgDn', '203.0.113.7', 'PgDn');
		await see('okx.com');
		await press('v', 'y');
		await terminal.paste('{"apiKey": "');
		await press('PgDn', '123', 'PgDn', 'Esc', 'Esc', 'Esc', 'Esc', 'Esc', 'Esc', 'y', 'q');
		expect([...english]).toEqual([]);
	});

	test('of a vault that is read only, damaged, older or gone', async () => {
		const {context} = await world();
		const readonly = await walk({...context, readonly: true}, size);
		await readonly.press('e', 'n', 'x', 't', ':', 'Esc', 'Esc');
		expect([...readonly.english]).toEqual([]);

		for (const save of ['late1', 'late2']) await context.vault.change(content => ({...content, note: save}));
		context.vault.lock();
		const {path} = context.vault;
		fs.writeFileSync(path, 'hello');
		const damaged = await walk(context, size);
		await damaged.see(t`This is not a vault`);
		await damaged.press('wrong', 'Enter');
		await damaged.see(t`Wrong passphrase; nothing was changed.`);
		await damaged.press(worldPassphrase, 'Enter');
		await damaged.see(t`Restore this earlier save?`);
		await damaged.press('?', '?', 'n');
		fs.unlinkSync(path);
		await damaged.press(worldPassphrase, 'Enter');
		await damaged.see(t`Restore this earlier save?`);
		await damaged.press('n', '\u000E');
		await damaged.see(t`Make your vault`);
		await damaged.press('Esc', worldPassphrase, 'Enter');
		await damaged.see(t`Restore this earlier save?`);
		await damaged.press('y');
		expect([...damaged.english]).toEqual([]);

		context.vault.lock();
		const seen = {of: () => ({rev: 99, mac: ''}), note() {}, takeDamage: () => undefined};
		const {clock, random} = context;
		const vault = vaultIn({store: fileStoreAt({path, clock}), clock, random, seen});
		const older = await walk({...context, vault}, size);
		await older.press(worldPassphrase, 'Enter');
		await older.see(t`This is an older copy of your vault`);
		await older.press('?', '?', 'r');
		await older.see(t`Restore this earlier save?`);
		await older.press('n');
		await older.see(t`This may be an older copy`);
		await older.press(worldPassphrase, 'Enter');
		await older.see(t`This is an older copy of your vault`);
		await older.press('y');
		expect([...older.english]).toEqual([]);
	});
});
