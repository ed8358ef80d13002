import fs from 'node:fs';
import {describe, expect, test} from 'vitest';
import {AppError} from '../../../source/core/errors.ts';
import {checks, exitOf} from '../../../source/actions/doctor/doctor.ts';
import type {Machine} from '../../../source/actions/doctor/machine.ts';
import {world} from '../../helpers/world.ts';
import {examined, wordsOf} from './examined.ts';

const usual = {m: 128 * 1024, t: 3, p: 1};

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

describe('the settings', () => {
	test('are counted where they differ from the defaults', async () => {
		const {context} = await world();
		await context.settings.change('colors', 'never');
		await context.settings.change('keys.key.test', 'ctrl+t');
		const all = await examined({}, {context});
		expect(all['settings']!.text()).toMatch(/^Changed: 1 of \d+ settings; actions with other keys: 1\.$/);
		expect(all['colors']!.text()).toBe('The settings turn them off.');
	});

	test.each([
		['{', 'are not used', 'Correct it, or move it away.'],
		['{"lock-time": "soon"}', 'lock-time has a value that is not allowed', 'It may be a time from 30s'],
		['{"ascii": "auto", "lok-time": "5m"}', 'has lok-time, which is no setting', 'Correct its name'],
		['{"keys": {"key.test": ["e"]}}', 'e is a key of key.edit', 'Choose another key'],
	])('of %j are a warning with what to do', async (text, problem, fix) => {
		const {context} = await world();
		fs.writeFileSync(context.settings.path!, text, {mode: 0o600});
		context.settings.reload();
		const all = await examined({}, {context});
		expect(all['settings']!.state).toBe('warn');
		expect(wordsOf(all['settings']).join(' ')).toContain(problem);
		expect(wordsOf(all['settings']).join(' ')).toContain(fix);
	});

	test('that ask for signs where the locale has none are a warning', async () => {
		const {context} = await world();
		await context.settings.change('ascii', 'never');
		expect(wordsOf((await examined({showsUnicode: false}, {context}))['locale'])).toEqual([
			'warn',
			'The settings ask for signs that this terminal may draw wrong.',
			'Go back with okx-keys settings ascii --unset.',
		]);
		await context.settings.change('ascii', 'always');
		expect((await examined({showsUnicode: false}, {context}))['locale']!.state).toBe('ok');
	});
});

describe('a warning says what to do', () => {
	const environment = {TERM: 'xterm', LANG: 'C.UTF-8'};
	test.each<[id: string, wanted: Partial<Machine>, text: RegExp, fix: RegExp]>([
		['kdf', {timeOf: async () => 4321}, /19 MiB and 2 passes takes 4321 ms/, /passwd/],
		['kdf', {timeOf: async () => undefined}, /more memory than is free/, /key file/],
		['kdf', {usualCost: () => usual}, /easier to guess/, /passwd/],
		['lock', {lockHolder: async () => ({pid: 7, name: 'okx-keys'})}, /okx-keys, process 7, is changing/, /hangs/],
		['lock', {lockHolder: async () => ({})}, /another program is changing/, /hangs/],
		['terminal', {terminal: {columns: 30, rows: 40, colors: 256}}, /30 columns and 40 rows are too few/, /40 columns/],
		['terminal', {terminal: {columns: 0, rows: 0, colors: 256}}, /does not tell its size/, /stty columns 80 rows 24/],
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
		['time-server', {isClockSynchronized: async () => false}, /No time server keeps the clock/, /chrony/],
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
