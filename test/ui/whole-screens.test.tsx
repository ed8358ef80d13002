import {beforeEach, expect, test, vi} from 'vitest';
import type {StoredKey} from '../../source/core/key/key.ts';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {stopTime} from '../helpers/time.ts';
import {world} from '../helpers/world.ts';
import {answering, wellKey} from './answering.ts';
import {refusing} from './refusing.ts';

// Whole screens, kept as text beside this file: the diff of those texts shows what a change does to them. After a
// change that is meant, run `npx vitest run test/ui/whole-screens.test.tsx -u`, and look at them.

const sizes = [
	[160, 45],
	[100, 30],
	[80, 24],
	[60, 16],
	[40, 12],
] as const;

const day = 86_400_000;
const now = Date.UTC(2027, 0, 15, 9, 30);
const ip = ['192.88.134.7'];

beforeEach(() => {
	stopTime('Date');
	vi.setSystemTime(now);
});

/** A key of some age with a test of some hours ago. */
function key(name: string, wanted: Partial<StoredKey>, hours = 2): StoredKey {
	const {permissions = ['read'], ip = []} = wanted;
	return storedKey({
		id: name,
		name,
		credential: credentialWith({apiKey: `${name}-4b5a-6978-8796`}),
		account: {kind: 'main', uid: '44'},
		label: name,
		createdAt: now - 20 * day,
		updatedAt: now - 3 * day,
		lastTest: {
			at: now - hours * 3_600_000,
			ok: true,
			code: 0,
			cause: 'The key works.',
			latencyMs: 84,
			live: {...wellKey, permissions, ip, label: name},
		},
		...wanted,
	});
}

const keys = [
	key('grid-btc', {permissions: ['read', 'trade'], ip, tags: ['desk1'], description: 'The grid on server 3.'}),
	key('dca-eth', {permissions: ['read', 'trade'], tags: ['desk2']}, 30),
	key('payouts', {permissions: ['read', 'withdraw'], ip}, 1),
	key('機械学習取引ロボット', {environment: 'demo', site: 'eea'}, 200),
	key('a-name-of-fifty-characters-that-fills-all-the-room', {lastTest: null, createdAt: now - 400 * day}),
];

const config = () => ({...wellKey, permissions: ['read', 'trade'], ip, label: 'grid-btc'});
const refused = refusing('50110', 'Your IP 198.51.100.4 is not included in your API key IP whitelist.');

type Screen = readonly [name: string, pressed: readonly string[], seen: string, config?: () => unknown];

const screens: readonly Screen[] = [
	['list', [], '5 keys'],
	['key', ['G', 'Enter'], 'Permissions'],
	['test that passes', ['/', 'grid', 'Enter', 't'], 'The key works', config],
	['test with a cause', ['/', 'grid', 'Enter', 't'], 'f ', refused],
	['test of all keys', ['T'], '5 tested', config],
	['health', ['H'], '5 keys'],
	['create: name', ['n', 'grid2'], 'step 1 of 6'],
	['create: permissions', ['n', 'grid2', 'PgDn', 'PgDn'], 'step 3 of 6'],
	['edit: difference', ['/', 'grid', 'Enter', 'e', '2', 'PgDn'], 'y yes, save'],
	['permissions: difference', ['/', 'grid', 'Enter', 'p', 'Down', 'Space', 'Enter'], 'y yes, save'],
	['copy', ['c'], 'Copy which part'],
	['question', ['D'], 'Remove'],
	['palette', [':', 'test'], 'test the key live'],
	['help', ['?'], 'List of keys'],
];

/** What is different in every run, in as many columns: how long a call took, and the port of the exchange. */
function withoutChance(text: string): string {
	return text
		.replaceAll(/\b(\d+)(?= ms(?: {2}|$| *[│|]))( ms)/gm, (_, digits: string) => `N ms${' '.repeat(digits.length - 1)}`)
		.replaceAll(/(?<=(?:differs|works) {1,9})\d+/g, digits => 'N'.padEnd(digits.length))
		.replaceAll(/(?<=127\.0\.0\.1(?: port |:))\d+/g, digits => 'P'.repeat(digits.length));
}

const textOf = ({lines}: TestTerminal) =>
	withoutChance(lines.map(line => line.trimEnd()).join('\n')).replaceAll(/ +$/gm, '');

test.for(screens)('%s', async ([name, pressed, seen, answer = config]) => {
	const {context} = await world({sandbox: false, keys});
	const {answered} = await answering(context, {config: answer});
	const shown: string[] = [];
	const open = async (columns: number, rows: number, look: {readonly ascii: boolean; readonly color: boolean}) => {
		const {terminal} = await openApp(answered, {columns, rows, look});
		await terminal.press(...pressed);
		await terminal.see(seen);
		return terminal;
	};
	const terminal = await open(160, 45, {ascii: false, color: true});
	for (const [columns, rows] of sizes) {
		await terminal.resize(columns, rows);
		shown.push(`${columns}x${rows}`, textOf(terminal));
	}

	terminal.unmount();
	const plain = await open(80, 24, {ascii: true, color: false});
	shown.push('80x24, ASCII and no colour', textOf(plain));
	await expect(`${shown.join('\n\n')}\n`).toMatchFileSnapshot(`whole-screens/${name.replaceAll(/\W+/g, '-')}.txt`);
});
