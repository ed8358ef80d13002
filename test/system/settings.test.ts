import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {takeLock, lockOf} from '../../source/files/lock.ts';
import {settingsIn} from '../../source/system/settings/settings-in.ts';
import {keymapOfSettings} from '../../source/ui/keyboard/remapping/keymap-of-settings.ts';
import {failureOf} from '../helpers/fakes.ts';
import {settingsAt} from '../helpers/settings.ts';

const isRoot = process.getuid!() === 0;
let folder: string;
let file: string;
beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'settings-'));
	file = path.join(folder, 'okx-keys/settings.json');
});
afterEach(() => {
	fs.rmSync(folder, {recursive: true});
});

function write(content: string | Uint8Array, mode = 0o600): void {
	fs.mkdirSync(path.dirname(file), {mode: 0o700, recursive: true});
	fs.writeFileSync(file, content);
	fs.chmodSync(file, mode);
}

const read = () => JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;

describe('settings', () => {
	test('without a file are the defaults, and make none', () => {
		const settings = settingsAt(file);
		expect([settings.get('lock-time'), settings.get('ascii'), settings.keys()]).toEqual([600_000, 'auto', {}]);
		expect(settings.originOf('lock-time')).toEqual({from: 'default'});
		expect(settings.problems()).toEqual([]);
		expect(fs.readdirSync(folder)).toEqual([]);
	});

	test('that are changed are in force at once, and after the next start', async () => {
		const settings = settingsAt(file);
		let told = 0;
		settings.subscribe(() => told++);
		await settings.change('lock-time', '5m');
		await settings.change('keys.key.test', 'Ctrl+T t');
		for (const one of [settings, settingsAt(file)]) {
			expect(one.get('lock-time')).toBe(300_000);
			expect(one.keys()).toEqual({'key.test': ['ctrl+t', 't']});
			expect(one.originOf('lock-time')).toEqual({from: 'file'});
		}

		expect(told).toBe(2);
		expect(read()).toEqual({version: 1, 'lock-time': '5m', keys: {'key.test': ['ctrl+t', 't']}});
		await settings.change('lock-time', undefined);
		await settings.change('keys.key.test', undefined);
		expect(read()).toEqual({version: 1});
	});

	test('are in a file of mode 0600 in a folder of mode 0700, whatever the umask', async () => {
		const before = process.umask(0);
		try {
			await settingsAt(file).change('ascii', 'always');
		} finally {
			process.umask(before);
		}

		expect(fs.statSync(file).mode & 0o777).toBe(0o600);
		expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
	});

	test('of options and of the environment come before those of the file', async () => {
		const settings = settingsIn({
			path: file,
			owner: process.geteuid?.(),
			overrides: {colors: {value: 'never', from: 'environment', by: 'NO_COLOR'}},
			keymap: keymapOfSettings,
		});
		await settings.change('colors', 'auto');
		expect(settings.get('colors')).toBe('never');
		expect(settings.originOf('colors')).toEqual({from: 'environment', by: 'NO_COLOR'});
		expect(read()['colors']).toBe('auto');
	});

	test('that this version does not know are kept and named', async () => {
		write('{"lock-time": "5m", "of-tomorrow": {"a": [1]}, "__proto__": {"ascii": "always"}}');
		const settings = settingsAt(file);
		expect(settings.get('ascii')).toBe('auto');
		expect(settings.unknown()).toEqual(['of-tomorrow', '__proto__']);
		await settings.change('ascii', 'never');
		expect(fs.readFileSync(file, 'utf8')).toContain('"of-tomorrow"');
		expect(fs.readFileSync(file, 'utf8')).toContain('"__proto__"');
		expect(settings.get('ascii')).toBe('never');
	});

	test('with a wrong value are named, their default is used, and the others are in force', async () => {
		write('{"lock-time": "soon", "ascii": "always", "keys": {"key.test": "t"}}');
		const settings = settingsAt(file);
		expect([settings.get('lock-time'), settings.get('ascii')]).toEqual([600_000, 'always']);
		expect(settings.problems().map(({problem}) => problem)).toEqual([
			'The setting lock-time has a value that is not allowed, so its default is used.',
			'The setting keys has a value that is not allowed, so the usual keys are used.',
		]);
		await settings.change('lock-time', '1m');
		expect(settings.problems()).toHaveLength(1);
	});

	test.each([
		['no-such', '1', 'no-such-setting'],
		['keys.key.nothing', 'x', 'no-such-setting'],
		['__proto__', 'x', 'no-such-setting'],
		['keys.__proto__.x', 'x', 'no-such-setting'],
		['lock-time', 'soon', 'invalid'],
		['keys.key.test', 'hyper+x', 'invalid'],
		['keys.key.test', '', 'invalid'],
	])('are left as they are by %s = %j', async (name, text, code) => {
		write('{"lock-time": "5m"}');
		expect(await failureOf(settingsAt(file).change(name, text))).toBe(code);
		expect(fs.readFileSync(file, 'utf8')).toBe('{"lock-time": "5m"}');
	});

	test('two programs change at once are all kept', async () => {
		const changes = [
			['lock-time', '5m'],
			['clipboard-time', '9s'],
			['ascii', 'always'],
			['colors', 'never'],
			['healthy-score', '70'],
			['keys.key.test', 'ctrl+t'],
		] as const;
		await Promise.all(changes.map(async ([name, text]) => settingsAt(file).change(name, text)));
		expect(Object.keys(read())).toHaveLength(changes.length + 1);
	});

	test('have nowhere to be changed without a home folder', async () => {
		expect(await failureOf(settingsAt().change('ascii', 'always'))).toBe('no-settings-folder');
	});
});

describe('a file that is not used', () => {
	const bad: readonly (readonly [string, () => void])[] = [
		['is empty', () => write('')],
		['is no JSON', () => write('{"lock-time": "5m",')],
		['has a member twice', () => write('{"ascii": "always", "ascii": "never"}')],
		['is an array', () => write('[{"ascii": "always"}]')],
		['is of a newer version', () => write('{"version": 2, "ascii": "always"}')],
		['has no version that there is', () => write('{"version": "1", "ascii": "always"}')],
		['is of another program', () => write('{"editor.fontSize": 12}')],
		['is no text', () => write(Uint8Array.from([0xff, 0xfe, 0xfd, 0x00, 0x01]))],
		['is nested without end', () => write(`{"keys": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`)],
		['can be written by others', () => write('{"ascii": "always"}', 0o666)],
		[
			'is larger than settings can be',
			() => {
				write('{"ascii": "always"}');
				fs.truncateSync(file, 1024 ** 3);
			},
		],
		[
			'settings-link: is a symbolic link',
			() => {
				fs.writeFileSync(path.join(folder, 'other.json'), '{"ascii": "always"}');
				fs.mkdirSync(path.dirname(file), {mode: 0o700});
				fs.symlinkSync('../other.json', file);
			},
		],
		[
			'settings-pipe: is a pipe',
			() => {
				fs.mkdirSync(path.dirname(file), {mode: 0o700});
				execFileSync('mkfifo', [file]);
			},
		],
		['is a folder', () => void fs.mkdirSync(file, {recursive: true})],
		[
			'is in a folder that others can write in',
			() => {
				write('{"ascii": "always"}');
				fs.chmodSync(path.dirname(file), 0o777);
			},
		],
		...(isRoot
			? [
					[
						'settings-of-another-user: belongs to another user',
						() => {
							write('{"ascii": "always"}');
							fs.chownSync(file, 4321, 4321);
						},
					] as const,
				]
			: []),
	];

	test.each(bad)('because it %s is said, left as it is, and not changed', async (_, make) => {
		make();
		const before = fs.lstatSync(file);
		const settings = settingsAt(file);
		expect(settings.get('ascii')).toBe('auto');
		const [problem, ...others] = settings.problems();
		expect(others).toEqual([]);
		expect(problem!.problem).toMatch(
			/^The settings in .*settings\.json are not used, and are left as they are: \S.*\.$/,
		);
		expect(problem!.fix).not.toBe('');
		expect(await failureOf(settings.change('ascii', 'never'))).toBe('settings-unusable');
		const after = fs.lstatSync(file);
		expect([after.ino, after.mtimeMs, after.size, after.mode]).toEqual([
			before.ino,
			before.mtimeMs,
			before.size,
			before.mode,
		]);
		expect(fs.readdirSync(path.dirname(file))).toEqual(['settings.json']);
	});

	test('is used again once it has been corrected', () => {
		write('{');
		const settings = settingsAt(file);
		write('{"ascii": "always"}');
		settings.reload();
		expect([settings.get('ascii'), settings.problems()]).toEqual(['always', []]);
	});
});

test('settings that cannot be written are as they were', async () => {
	write('{"ascii": "always"}');
	const settings = settingsAt(file);
	fs.rmSync(file);
	fs.mkdirSync(lockOf(file));
	expect(await failureOf(settings.change('ascii', 'never'))).toBe('settings-not-saved');
	expect(settings.get('ascii')).toBe('always');
});

test('settings that another program is changing wait for it', async () => {
	write('{"ascii": "always"}');
	const release = await takeLock(lockOf(file), 0);
	const settings = settingsAt(file);
	const changed = settings.change('ascii', 'never');
	write('{"ascii": "always", "colors": "never"}');
	release!();
	await changed;
	expect(read()).toEqual({version: 1, ascii: 'never', colors: 'never'});
});
