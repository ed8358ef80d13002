import {expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {width} from '../../source/core/text/width.ts';
import {openApp} from '../helpers/app.tsx';
import {wireError} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {slowly, world, worldPassphrase} from '../helpers/world.ts';
import {answering, never, wellKey} from './answering.ts';

/** Keys of accounts of their own; the exchange of the tests knows them by their API key, which is their id. */
function keysNamed(...names: readonly string[]): StoredKey[] {
	return names.map((name, index) =>
		storedKey({
			id: name,
			name,
			createdAt: Date.now(),
			account: {kind: 'sub', subAccount: `quantdesk${String(index).padStart(2, '0')}`},
			credential: {
				apiKey: name,
				secretKey: new Secret('9F86D081884C7D659A2FEAA0C55AD015'),
				passphrase: new Secret('Correct-Horse9!'),
			},
		}),
	);
}

const ofSub = {...wellKey, mainUid: '1'};

function refused(exchangeCode: string): never {
	throw wireError({kind: 'code', exchangeCode, httpStatus: 401});
}

/** The names in the table, from the top. */
function namesIn(lines: readonly string[]): string[] {
	const start = lines.findIndex(line => line.includes('NAME'));
	return lines.slice(start + 1).flatMap(line => /^[› ] (\w+) +.*[✓✗!·]/.exec(line)?.[1] ?? []);
}

function testedOf(keys: readonly StoredKey[]): string[] {
	return keys.filter(({lastTest}) => lastTest !== null).map(({name}) => name);
}

test('T tests the keys that the filter shows, each once, and puts the worst first', async () => {
	const {context} = await world({
		sandbox: false,
		keys: [
			...keysNamed('alpha', 'beta', 'gamma'),
			storedKey({id: 'other', name: 'other', environment: 'demo'}),
			storedKey({id: 'dead', name: 'alphadead', status: 'revoked'}),
		],
	});
	const {answered, asked} = await answering(context, {
		config: ({credential}) =>
			credential?.apiKey === 'gamma'
				? refused('50119')
				: credential?.apiKey === 'beta'
					? {...ofSub, permissions: ['read', 'trade']}
					: ofSub,
	});
	const {terminal} = await openApp(answered);
	await terminal.press('/', 'env:live', 'Enter', 'T');
	await terminal.see('3 tested: 1 passed, 2 failed');
	expect(namesIn(terminal.lines)).toEqual(['gamma', 'beta', 'alpha']);
	await terminal.see('✗ fails', '! differs', '✓ works', '(50119)');
	expect(asked.filter(call => call.startsWith('config'))).toHaveLength(3);
	expect(testedOf(liveKeys(context.vault.read()))).toEqual(['alpha', 'beta', 'gamma']);
});

test('f shows only what is not well, Enter opens the key, and the cause of the selected one is whole', async () => {
	const {context} = await world({sandbox: false, keys: keysNamed('alpha', 'beta', 'gamma')});
	const {answered} = await answering(context, {
		config: ({credential}) => (credential?.apiKey === 'alpha' ? ofSub : refused('50105')),
	});
	const {terminal} = await openApp(answered);
	await terminal.press('T');
	await terminal.see('3 tested: 1 passed, 2 failed', 'f only failures');
	await terminal.press('f');
	await terminal.see('f all');
	expect(namesIn(terminal.lines)).toEqual(['beta', 'gamma']);
	await terminal.see('The passphrase of the key is wrong. (50105)', 'make a new key');
	await terminal.press('Down', 'Enter');
	await terminal.see('› Test all › gamma', 'Secret key');
	await terminal.press('Esc');
	await terminal.see('› gamma');
});

test('Esc stops it: what was tested until then is stored, and counted', async () => {
	const {context} = await world({sandbox: false, keys: keysNamed('alpha', 'beta', 'gamma', 'delta')});
	const {answered} = await answering(context, {
		config: ({credential}, options) => (['alpha', 'beta'].includes(credential!.apiKey) ? ofSub : never(options)),
	});
	const {terminal} = await openApp(answered);
	await terminal.press('T');
	await terminal.see('2 of 4', 'Esc cancel');
	await terminal.press('Esc');
	await terminal.see('Cancelled: 2 of 4 tested and stored.', '2 of 4 tested: all passed', 't test again');
	expect(testedOf(liveKeys(context.vault.read()))).toEqual(['alpha', 'beta']);
	await terminal.press('Esc');
	await terminal.see('4 keys');
});

test('locking stops it too, and waits until what was tested is stored', async () => {
	const {context, elsewhere} = await world({sandbox: false, keys: keysNamed('alpha', 'beta')});
	const {slow, release} = slowly(context);
	const {answered} = await answering(slow, {
		config: ({credential}, options) => (credential!.apiKey === 'alpha' ? ofSub : never(options)),
	});
	const {terminal} = await openApp(answered);
	await terminal.press('T');
	await terminal.see('1 of 2');
	await terminal.press('?');
	await terminal.see('show only failures');
	await terminal.press('?', 'L');
	await terminal.see('Finishing the current operation first…');
	expect(context.vault.isOpen()).toBe(true);
	release();
	await terminal.see('Unlock your vault');
	expect(testedOf(liveKeys((await elsewhere()).read()))).toEqual(['alpha']);
});

test('a result that cannot be stored is shown all the same, and that it was not stored is said', async () => {
	const {context} = await world({sandbox: false, keys: keysNamed('alpha', 'beta')});
	const {slow, release} = slowly(context);
	release(new Error('no space'));
	const {answered} = await answering(slow, {config: () => ofSub});
	const {terminal} = await openApp(answered);
	await terminal.press('T');
	await terminal.see('2 tested: all passed', 'Something unexpected happened');
	expect(terminal.screen).not.toContain('stored.');
	expect(testedOf(liveKeys(context.vault.read()))).toEqual([]);
});

test('from the palette it tests all keys in use, wherever a person is', async () => {
	const {context} = await world({sandbox: false, keys: keysNamed('alpha', 'beta')});
	const {answered} = await answering(context, {config: () => ofSub});
	const {terminal} = await openApp(answered);
	await terminal.press('Enter', ':', 'all keys', 'Enter');
	await terminal.see('2 tested: all passed', '› Test all');
});

test('a vault without a key to test says so', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({status: 'revoked'})]});
	const {terminal} = await openApp(context);
	await terminal.press('Enter', ':', 'all keys', 'Enter');
	await terminal.see('There is no key to test.', 'Esc back');
});

test('after L and the passphrase nothing of it is left', async () => {
	const {context} = await world({sandbox: false, keys: keysNamed('alpha', 'beta')});
	const {answered} = await answering(context, {config: () => ofSub});
	const {terminal} = await openApp(answered);
	await terminal.press('T');
	await terminal.see('2 tested');
	await terminal.press('L');
	await terminal.see('Unlock your vault');
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('2 keys');
	expect(terminal.screen).not.toContain('tested');
});

test.each([
	[40, 12],
	[60, 20],
	[80, 24],
	[200, 50],
])('at %ix%i every row fits, in ASCII and without colour too', async (columns, rows) => {
	const {context} = await world({sandbox: false, keys: keysNamed('alpha', 'beta', 'gamma', '漢字漢字漢')});
	const {answered} = await answering(context, {
		config: ({credential}) => (credential?.apiKey === 'beta' ? refused('50110') : ofSub),
	});
	const {terminal} = await openApp(answered, {columns, rows, look: {ascii: true, color: false}});
	await terminal.press('T');
	await terminal.see('4 tested: 3 passed, 1 failed', '> beta', '(50110)', '+ works');
	for (const line of terminal.lines) expect(width(line)).toBeLessThanOrEqual(columns);
	expect(terminal.screen.replaceAll(/[漢字]/g, '')).toMatch(/^[\n\x20-\x7E]+$/);
});

test('what is wrong and what to do are whole at 60x20, and a smaller window says that there is more', async () => {
	for (const [columns, rows, seen, unseen] of [
		[60, 20, 'a part of it.', '…'],
		[40, 12, '…', 'a part of it.'],
	] as const) {
		const {context} = await world({sandbox: false, keys: keysNamed('alpha', 'beta')});
		const {answered} = await answering(context, {config: () => refused('50113')});
		const {terminal} = await openApp(answered, {columns, rows});
		await terminal.press('T');
		await terminal.see('2 tested: 0 passed, 2 failed', 'does not match.');
		const detail = terminal.lines
			.slice(terminal.lines.findLastIndex(line => line.startsWith('The secret key')))
			.join(' ')
			.replace(/ (Enter|Esc) .*/, '');
		expect(detail).toContain(seen);
		expect(detail).not.toContain(unseen);
	}
});

test('a thousand keys are few frames: what is written counts by the screen, not by the keys', async () => {
	const names = Array.from({length: 1000}, (_, index) => `bot${String(index).padStart(4, '0')}`);
	const {context} = await world({sandbox: false, keys: keysNamed(...names)});
	const {answered} = await answering(context, {
		config: ({credential}) => (credential!.apiKey.endsWith('7') ? refused('50113') : ofSub),
	});
	const {terminal} = await openApp(answered);
	const before = terminal.bytes;
	await terminal.press('T');
	await terminal.see('1000 tested: 900 passed, 100 failed', '› bot0007');
	// Naming each key once would already be more.
	expect(terminal.bytes - before).toBeLessThan(20_000);
	await terminal.press('G');
	await terminal.see('› bot0999');
	await terminal.press('f', 'g', 'PgDn');
	await terminal.see('✗ fails');
	expect(terminal.screen).not.toContain('✓ works');
});
