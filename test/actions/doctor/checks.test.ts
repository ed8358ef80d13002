import {once} from 'node:events';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {AppError} from '../../../source/core/errors.ts';
import {checks, examine, exitOf, type Examined} from '../../../source/actions/doctor/doctor.ts';
import type {Machine} from '../../../source/actions/doctor/machine.ts';
import type {Context} from '../../../source/actions/context.ts';
import {world} from '../../helpers/world.ts';

const usual = {m: 128 * 1024, t: 3, p: 1};

/** A machine where all is well, but for what a test wants otherwise. */
function machine(wanted: Partial<Machine> = {}): Machine {
	return {
		environment: {TERM: 'xterm-256color', LANG: 'C.UTF-8'},
		node: '24.21.0',
		platform: 'linux',
		isInstalled: () => false,
		terminal: {columns: 120, rows: 40, colors: 256},
		showsUnicode: true,
		startProblem: () => undefined,
		dumpsMemory: () => false,
		isTraceable: () => false,
		isClockSynchronized: async () => true,
		vaultFile: () => 'fine',
		vaultFolder: () => 'fine',
		keyFile: () => 'fine',
		passphraseFile: () => 'fine',
		backupsOf: () => ['/vault/backups/vault.000001.json'],
		unreadable: () => undefined,
		lockHolder: async () => undefined,
		usualCost: () => ({m: 19 * 1024, t: 2, p: 1}),
		timeOf: async () => 500,
		tmux: async () => undefined,
		addresses: async () => ['203.0.113.7'],
		...wanted,
	};
}

async function examined(
	wanted: Partial<Machine> = {},
	{
		context,
		...options
	}: {
		readonly context?: Context;
		readonly keyFile?: string;
		readonly passphraseFile?: string;
		readonly site?: string;
		readonly isOffline?: boolean;
	} = {},
): Promise<Readonly<Record<string, Examined>>> {
	const all = await examine(context ?? (await world()).context, {
		machine: machine(wanted),
		site: 'global',
		keyFile: undefined,
		passphraseFile: undefined,
		isOffline: true,
		...options,
	});
	return Object.fromEntries(all.map(one => [one.id, one]));
}

const wordsOf = (one: Examined | undefined) => [one?.state, one?.text(), one && 'fix' in one ? one.fix() : undefined];

test('where all is well, nothing is to mend, and nothing is asked outside the machine', async () => {
	const all = await examined({addresses: async () => Promise.reject(new Error('asked'))});
	expect(Object.values(all).filter(({state}) => state === 'warn' || state === 'bad')).toEqual([]);
	expect(exitOf(Object.values(all))).toBe('ok');
	expect(['dns', 'exchange', 'clock'].map(id => all[id]?.state)).toEqual(['skipped', 'skipped', 'skipped']);
});

test('each check has an id and a title of its own', () => {
	expect(new Set(checks.map(({id}) => id)).size).toBe(checks.length);
	expect(new Set(checks.map(({title}) => title())).size).toBe(checks.length);
});

test('the vault stays locked', async () => {
	const {context} = await world();
	context.vault.lock();
	const all = await examined({}, {context});
	expect(context.vault.isOpen()).toBe(false);
	expect(wordsOf(all['vault'])).toEqual([
		'ok',
		expect.stringMatching(/opens with a passphrase and a recovery key\.$/),
		undefined,
	]);
});

test('a missing vault is a warning that says how to make one', async () => {
	const {context} = await world({isOpen: false});
	const all = await examined({}, {context});
	expect(wordsOf(all['vault'])).toEqual([
		'warn',
		expect.stringMatching(/^There is no vault at /),
		'Make one with okx-keys init.',
	]);
	expect(exitOf(Object.values(all))).toBe('ok');
});

describe('what is wrong with a file is a failure with the exit status of other commands', () => {
	const unsafe = new AppError('vault-unsafe', {path: '/v', problem: 'can be read by others', fix: 'Run chmod 600 /v.'});
	const closed = new AppError('key-file', {path: '/k', problem: 'can be read by others', fix: 'Run chmod 600 /k.'});
	test.each<[id: string, wanted: Partial<Machine>]>([
		['vault-folder', {vaultFolder: () => unsafe}],
		['backups', {vaultFile: () => unsafe}],
		['key-file', {keyFile: () => closed}],
		['passphrase-file', {passphraseFile: () => closed}],
		['node-options', {startProblem: () => new AppError('unsafe-process', {reason: 'It is debugged', fix: 'Do not.'})}],
	])('%s', async (id, wanted) => {
		const all = await examined(wanted, {keyFile: '/k', passphraseFile: '/k'});
		expect(all[id]).toMatchObject({state: 'bad'});
		expect(exitOf(Object.values(all))).not.toBe('ok');
		expect(wordsOf(all[id]).join(' ')).not.toContain('undefined');
	});
});

describe('a warning says what to do', () => {
	const environment = {TERM: 'xterm', LANG: 'C.UTF-8'};
	test.each<[id: string, wanted: Partial<Machine>, text: RegExp, fix: RegExp]>([
		['kdf', {timeOf: async () => 4321}, /19 MiB and 2 passes takes 4321 ms/, /passwd/],
		['kdf', {timeOf: async () => undefined}, /more memory than is free/, /key file/],
		['kdf', {usualCost: () => usual}, /cheaper to guess/, /passwd/],
		['lock', {lockHolder: async () => ({pid: 7, name: 'okx-keys'})}, /okx-keys, process 7, is changing/, /hangs/],
		['lock', {lockHolder: async () => ({})}, /another program is changing/, /hangs/],
		['terminal', {terminal: {columns: 30, rows: 40, colors: 256}}, /30 columns and 40 rows are too few/, /40 columns/],
		['terminal', {environment: {TERM: 'dumb'}}, /TERM names no terminal/, /export TERM/],
		['colors', {terminal: {columns: 80, rows: 24, colors: 2}}, /shows 2/, /TERM/],
		['locale', {showsUnicode: false}, /not UTF-8/, /LANG=C\.UTF-8/],
		['locale', {showsUnicode: false, environment: {TERM: 'linux'}}, /console of Linux/, /SSH/],
		['clipboard', {environment: {TERM: 'linux'}}, /has none/, /OSC 52/],
		['tmux', {environment: {...environment, TMUX: 'x'}}, /does not answer/, /server/],
		[
			'tmux',
			{environment: {...environment, TMUX: 'x'}, tmux: async () => '500'},
			/escape-time is 500 ms/,
			/escape-time 10/,
		],
		[
			'tmux',
			{environment: {...environment, TMUX: 'x'}, tmux: async word => (word === '-V' ? 'tmux 3.1c' : '10')},
			/older than 3\.2/,
			/newer one/,
		],
		['certificates', {environment: {NODE_TLS_REJECT_UNAUTHORIZED: '0'}}, /not obeyed/, /Take/],
		[
			'certificates',
			{environment: {NODE_EXTRA_CA_CERTS: '/ca.pem'}, unreadable: () => 'permission denied'},
			/\/ca\.pem, which cannot be read: permission denied/,
			/Correct/,
		],
		['certificates', {environment: {NODE_EXTRA_CA_CERTS: '/ca.pem'}}, /trusted too/, /Take/],
		['time-server', {isClockSynchronized: async () => false}, /None keeps the clock/, /chrony/],
		['core-dumps', {dumpsMemory: () => true}, /hold its memory/, /ulimit/],
		['tracing', {isTraceable: () => true}, /can read that of this one/, /ptrace_scope/],
		['variables', {environment: {OKX_SECRET_KEY: 'x'}}, /^OKX_SECRET_KEY is set/, /exec/],
		['variables', {environment: {OKX_SECRET_KEY: 'x', OKX_PASSPHRASE: 'y'}}, /and 1 more are set/, /exec/],
	])('%s: %o', async (id, wanted, text, fix) => {
		const all = await examined(wanted);
		expect(wordsOf(all[id])).toEqual(['warn', expect.stringMatching(text), expect.stringMatching(fix)]);
		expect(exitOf(Object.values(all))).toBe('ok');
	});
});

test.each<[wanted: Partial<Machine>, text: RegExp]>([
	[{environment: {TERM: 'screen', STY: '1'}}, /^screen passes/],
	[{environment: {TERM: 'screen', TMUX: 'x', SSH_TTY: '/dev/pts/1'}}, /^tmux passes/],
	[{environment: {TERM: 'linux', DISPLAY: ':0'}, isInstalled: () => true}, /^xclip reaches/],
	[{environment: {TERM: 'xterm', WAYLAND_DISPLAY: 'x'}, isInstalled: () => true}, /^OSC 52 .* wl-copy reaches/],
])('the clipboard is reached as copy reaches it: %o', async (wanted, text) => {
	const {clipboard} = await examined(wanted);
	expect(wordsOf(clipboard)).toEqual(['ok', expect.stringMatching(text), undefined]);
});

test('only one unlock method is a warning', async () => {
	const {context} = await world();
	const [, recovery] = context.vault.slots();
	await context.vault.removeSlot(recovery!.id);
	const all = await examined({}, {context});
	expect(all['unlock-methods']).toMatchObject({state: 'warn'});
});

describe('the exchange', () => {
	/** One whose clock differs from this machine's by so many ms. */
	async function exchangeWith(skewMs: number): Promise<string> {
		const server = http
			.createServer((_, response) => {
				const data = [{ts: String(Date.now() - skewMs)}];
				response.setHeader('content-type', 'application/json').end(JSON.stringify({code: '0', msg: '', data}));
			})
			.listen(0, '127.0.0.1');
		onTestFinished(() => void server.close());
		await once(server, 'listening');
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	test.each([
		[40_000, 'bad', /^It is (?:39|40)\.\d s ahead/],
		[-40_000, 'bad', /^It is (?:39|40)\.\d s behind/],
		[8000, 'warn', /^It is [78]\.\d s ahead/],
		[0, 'ok', /^It is 0\.\d s (?:ahead|behind)/],
	] as const)('tells that the clock is %i ms off', async (skewMs, state, text) => {
		const all = await examined({}, {site: await exchangeWith(skewMs), isOffline: false});
		expect(all['clock']?.state).toBe(state);
		expect(all['clock']?.text()).toMatch(text);
		expect(exitOf(Object.values(all))).toBe(state === 'bad' ? 'clockSkew' : 'ok');
		expect(all['exchange']).toMatchObject({state: 'ok'});
		expect(wordsOf(all['dns'])[1]).toBe('127.0.0.1 has 1 of IPv4 and 1 of IPv6.');
	});

	test('that is not reached is a warning, since a machine may have no network', async () => {
		const all = await examined({addresses: async () => []}, {site: 'http://127.0.0.1:9', isOffline: false});
		expect([all['dns'], all['exchange'], all['clock']].map(one => one?.state)).toEqual(['warn', 'warn', 'skipped']);
		expect(exitOf(Object.values(all))).toBe('ok');
	});
});

describe('a proxy', () => {
	test('is named without its password', async () => {
		const environment = {HTTPS_PROXY: 'http://me:canary-word@proxy.example:3128'};
		const all = await examined({environment});
		expect(wordsOf(all['proxy'])).toEqual([
			'ok',
			'Calls go through proxy.example:3128, which HTTPS_PROXY names.',
			undefined,
		]);
	});

	test('that cannot be used is a failure, and its value is not repeated', async () => {
		const all = await examined({environment: {HTTPS_PROXY: 'socks5://me:canary-word@proxy.example:1080'}});
		expect(all['proxy']).toMatchObject({state: 'bad', exit: 'network'});
		expect(wordsOf(all['proxy']).join(' ')).not.toMatch(/canary|me:|proxy\.example/);
	});
});
