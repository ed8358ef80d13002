import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {createKey} from '../../source/actions/create.ts';
import {beginRotation, beginWith, handOver} from '../../source/actions/rotate.ts';
import {Secret} from '../../source/core/secret.ts';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {answering, wellKey} from './answering.ts';
import {refusing} from './refusing.ts';

async function gridIn(context: Context, ip = '127.0.0.1') {
	return createKey(context, {
		name: 'grid',
		description: '',
		type: 'api',
		permissions: ['trade'],
		ip: [ip],
		passphrase: new Secret('Correct-Horse9!'),
		environment: 'live',
		target: {kind: 'sub', subAccount: 'gridbots01', using: context.vault.read().keys[0]!.id},
	});
}

test('R puts a new key in the place of the selected one, and R again revokes the old one', async () => {
	const {context} = await world();
	const {id} = await gridIn(context);
	const {terminal} = await openApp(context);
	await terminal.press('R');
	await terminal.see('Rotate grid?');
	await terminal.press('y');
	await terminal.see('grid is the new key now; the old one is grid-old.', 'grid-old');
	await terminal.press('R');
	await terminal.see('grid is the new key. The old one is grid-old', 'nothing that was given the old key');
	await terminal.press('Enter');
	await terminal.see('Revoke grid-old, which was rotated?');
	await terminal.press('y');
	await terminal.see('grid is rotated: the old key is revoked');
	expect(terminal.screen).not.toContain('grid-old');
	expect(context.vault.read().keys.find(key => key.id === id)).toMatchObject({status: 'revoked', name: 'grid'});
	expect(context.vault.read().operations).toBeUndefined();
});

test('R goes on with a rotation that was cut off', async () => {
	const {context} = await world();
	const {id} = await gridIn(context);
	await beginRotation(context, id);
	const {terminal} = await openApp(context);
	await terminal.press('R');
	await terminal.see('The rotation of grid has not ended.', '● go on');
	await terminal.press('Enter');
	await terminal.see('Go on with the rotation of grid?');
	await terminal.press('y');
	await terminal.see('grid is the new key now; the old one is grid-old.', '3 keys');
});

test('a rotation whose new key fails its test shows what can be done, and does not ask to begin again', async () => {
	const {context} = await world();
	const {id} = await gridIn(context, '10.9.9.9');
	const {terminal} = await openApp(context, {columns: 120, rows: 30});
	await terminal.press('R', 'y');
	await terminal.see(
		'The rotation of grid has not ended.',
		'● go on',
		'○ undo the rotation',
		'✗ The new key for grid does not pass its test',
	);
	expect(terminal.screen).not.toMatch(/Rotate grid\?|--continue/);
	await terminal.press('Enter', 'y');
	await terminal.see('does not pass its test', '● go on');
	expect(terminal.screen).not.toContain('Go on with the rotation');
	await terminal.press('Down', 'Enter', 'y');
	await terminal.see('grid is the old key again, as it was.');
	expect(context.vault.read().keys.find(key => key.id === id)).toMatchObject({name: 'grid', status: 'active'});
});

test.each([
	['before the hand-over', false],
	['after the hand-over', true],
])('R undoes a rotation %s, and says so', async (_, isHandedOver) => {
	const {context} = await world();
	const {id} = await gridIn(context);
	const begun = await beginRotation(context, id);
	if (isHandedOver) await handOver(context, begun, {test: false});
	const {terminal} = await openApp(context);
	await terminal.press('R', 'Down', 'Enter');
	await terminal.see(`Undo the rotation of ${isHandedOver ? 'grid' : 'grid-new'}?`);
	await terminal.press('y');
	await terminal.see('grid is the old key again, as it was.', '2 keys');
	expect(context.vault.read().keys.find(key => key.id === id)).toMatchObject({status: 'active', name: 'grid'});
	expect(context.vault.read().operations).toBeUndefined();
});

test('the screen of a rotation names who has the old key still, and who was given the new one', async () => {
	const {context} = await world();
	const {id} = await gridIn(context);
	const {newId} = await handOver(context, await beginRotation(context, id), {test: false});
	const at = Date.UTC(2026, 0, 1);
	await context.vault.change(content => ({
		...content,
		keys: content.keys.map(key => {
			if (key.id === id) return {...key, uses: ['bot.py', 'freqtrade'].map(program => ({at, by: 'exec', program}))};
			return key.id === newId ? {...key, uses: [{at, by: 'exec', program: 'bot.py'}]} : key;
		}),
	}));
	const {terminal} = await openApp(context, {columns: 60, rows: 20});
	await terminal.press('R');
	await terminal.see(
		'! freqtrade, 2026-01-01 00:00; not the new key yet',
		'✓ bot.py, 2026-01-01 00:00; the new key 2026-01-01 00:00',
		'● revoke the old key',
	);
});

const paper = storedKey({
	name: 'paper',
	environment: 'demo',
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7'],
	tags: ['eu'],
	credential: credentialWith({apiKey: 'old'}),
});

describe('R on a key that no API makes', () => {
	test.each([
		[60, 24],
		[120, 36],
	])('guides through the page at %ix%i, takes the new key, and hands over to it', async (columns, rows) => {
		const {context} = await world({sandbox: false, keys: [paper]});
		const {answered} = await answering(context);
		const {terminal} = await openApp(answered, {columns, rows});
		await terminal.press('R');
		await terminal.see('do not reset a passkey', 'www.okx.com', 'paperr2', 'read, trade', 'y I have made it there');
		await terminal.press('y');
		await terminal.see('API key');
		await terminal.paste('11111111-2222-4333-8444-555555555555\n0123456789ABCDEF0123456789ABCDEF\n');
		await terminal.press('Enter');
		await terminal.see('paper is the new key now; the old one is paper-old.', '2 keys');
		expect(context.vault.read().keys.map(({name, status, tags}) => [name, status, tags])).toEqual([
			['paper-old', 'frozen', ['eu']],
			['paper', 'active', ['eu']],
		]);
		await terminal.press('R');
		await terminal.see('paper is the new key. The old one is paper-old', '● check that the old key is deleted');
		await terminal.press('Enter');
		await terminal.see('The exchange still has the old key of paper, and no API deletes it.');
	});

	test('ends once the old key is deleted there', async () => {
		const {context} = await world({sandbox: false, keys: [paper]});
		const {answered} = await answering(context, {
			config: ({credential}) => (credential?.apiKey === 'old' ? refusing('50119')() : wellKey),
		});
		const begun = await beginWith(answered, paper.id, credentialWith({apiKey: 'new'}), {test: true});
		await handOver(answered, begun, {test: false});
		const {terminal} = await openApp(answered);
		await terminal.press('R', 'Enter');
		await terminal.see('paper is rotated: the old key is revoked', '1 key');
		expect(context.vault.read().operations).toBeUndefined();
	});

	test('stores nothing where the new key does not work, and says why', async () => {
		const {context} = await world({sandbox: false, keys: [paper]});
		const {answered} = await answering(context, {config: refusing('50113')});
		const {terminal} = await openApp(answered);
		await terminal.press('R', 'y');
		await terminal.paste('11111111-2222-4333-8444-555555555555\n0123456789ABCDEF0123456789ABCDEF\n');
		await terminal.press('Enter');
		await terminal.see('secret key is wrong');
		expect(context.vault.read().operations).toBeUndefined();
		expect(context.vault.read().keys).toEqual([paper]);
		await terminal.press('Esc', 'Esc');
		await terminal.see('Leave without saving?');
	});

	test('says before it asks for anything why one cannot be rotated', async () => {
		const odd = storedKey({name: 'odd', permissions: ['read', 'earn'] as never});
		const {context} = await world({sandbox: false, keys: [odd]});
		const {terminal} = await openApp(context);
		await terminal.press('R');
		await terminal.see('odd has the permission earn, which no new key can be given here.');
	});
});
