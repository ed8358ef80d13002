import {
	chmodSync,
	existsSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {isWithin, makeFolder} from '../../source/files/folders.ts';
import {baseOf} from '../../source/files/home.ts';

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-folders-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	return folder;
}

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('making a folder', () => {
	test.each([0o000, 0o022, 0o277])(
		'makes each level for its owner alone, whatever the umask (%o), and says which',
		umask => {
			const top = newFolder();
			chmodSync(top, 0o755);
			const before = process.umask(umask);
			onTestFinished(() => void process.umask(before));
			const [a, b] = [join(top, 'a'), join(top, 'a/b')];
			expect(makeFolder(b)).toEqual([a, b]);
			expect([top, a, b].map(each => mode(each))).toEqual(['755', '700', '700']);
			expect(makeFolder(b)).toEqual([]);
		},
	);

	test('root-makes-home: makes nothing above its base, nor the base itself', () => {
		const top = newFolder();
		const home = join(top, 'home');
		expect(() => makeFolder(join(home, '.config/okx-keys'), home)).toThrow(
			expect.objectContaining({code: 'ENOENT', path: home}) as Error,
		);
		expect(existsSync(home)).toBe(false);
		mkdirSync(home);
		expect(makeFolder(join(home, '.config/okx-keys'), home)).toHaveLength(2);
	});

	test.skipIf(process.platform !== 'linux')('mkdir-spins-below-proc: gives up where the system makes nothing', () => {
		for (const folder of ['/proc/okx-keys/a', '/proc/self/okx-keys', '/proc/okx-keys/a/b/c'])
			expect(() => makeFolder(folder)).toThrow('ENOENT');
	});

	test('says what is in the way', () => {
		const top = newFolder();
		writeFileSync(join(top, 'file'), '');
		symlinkSync('nowhere', join(top, 'link'));
		expect(() => makeFolder(join(top, 'file/a'))).toThrow('ENOTDIR');
		expect(() => makeFolder(join(top, 'link/a'))).toThrow('ENOENT');
	});

	test('no call in the program makes folders the way that may never return', () => {
		const sources = globSync('source/**/*.{ts,tsx}');
		const calls = sources.map(file => readFileSync(file, 'utf8')).filter(text => /\bmkdir(?:Sync)?\(/.test(text));
		expect(calls.length).toBeGreaterThan(0);
		for (const text of calls) expect(text).not.toMatch(/\bmkdir(?:Sync)?\([^)]*recursive/);
	});
});

test('a path is within a folder by whole names', () => {
	expect(['/a', '/a/b', '/ab', '/'].map(path => isWithin(path, '/a'))).toEqual([true, true, false, false]);
	expect(isWithin('/a', '/')).toBe(true);
});

test.each([
	['a path in the home: below the home', '/home/a/.config/okx-keys/vault.json', {}, '/home/a'],
	[
		'a home is not made for an XDG folder in it',
		'/home/a/cfg/okx-keys/vault.json',
		{XDG_CONFIG_HOME: '/home/a/cfg/'},
		'/home/a',
	],
	[
		'an XDG folder elsewhere may be made, what it lies in not',
		'/srv/cfg/okx-keys/seen',
		{XDG_STATE_HOME: '/srv/cfg'},
		'/srv',
	],
	[
		'the folder of a login is never made',
		'/run/user/7/okx-keys/agent.sock',
		{XDG_RUNTIME_DIR: '/run/user/7'},
		'/run/user/7',
	],
	['what only a person can have named', '/srv/vaults/vault.json', {XDG_CONFIG_HOME: 'srv'}, undefined],
])('where folders may be made: %s', (_, path, environment, base) => {
	expect(baseOf(path, environment, '/home/a')).toBe(base);
});
