import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, describe, expect, test} from 'vitest';
import {endToEnd, type Installation} from './end-to-end.ts';
import {brokenLinksIn} from './links.ts';
import {installPackage} from './npm-package.ts';

/** What scripts/executable.js has built. */
type Release = {
	readonly built: readonly {
		readonly arch: string;
		/** The words that run a program for this architecture here. */
		readonly emulator: readonly string[];
		readonly executable: string;
		readonly deb: string;
		readonly archive: string;
	}[];
	/** The Node that is part of the executables. */
	readonly node: string;
};

type Building = {
	readonly bundleForExecutable: (outfile: string) => Promise<unknown>;
	readonly buildSingle: (how: {
		readonly main: string;
		readonly output: string;
		readonly builder: {readonly program: string};
		readonly target: {readonly program: string};
	}) => void;
};

const {built, node} = JSON.parse(process.env['OKX_KEYS_RELEASE']!) as Release;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-release-'));
afterAll(() => {
	fs.rmSync(folder, {recursive: true});
});

function read(file: string, ...words: readonly string[]): string {
	return execFileSync(file, words, {encoding: 'utf8'});
}

/** A folder with the only programs that a server without Node is taken to have. */
function toolsWithoutNode(): string {
	const tools = path.join(folder, 'tools');
	fs.mkdirSync(tools);
	for (const name of ['sh', 'env', 'kill', 'prlimit', 'readlink', 'rm', 'stty', 'tmux', 'true']) {
		const file = ['/usr/bin', '/bin'].map(folder => path.join(folder, name)).find(place => fs.existsSync(place));
		if (file !== undefined) fs.symlinkSync(file, path.join(tools, name));
	}

	expect(spawnSync('node', ['--version'], {env: {PATH: tools}}).error).toMatchObject({code: 'ENOENT'});
	return tools;
}

const tools = toolsWithoutNode();

function commandOf(program: string, [emulator, ...words]: readonly string[]): Installation['command'] {
	return emulator === undefined ? [program] : [emulator, ...words, program];
}

describe.each(built)('for $arch', ({arch, emulator, executable, deb, archive}) => {
	const unpacked = path.join(folder, `deb-${arch}`);
	read('dpkg-deb', '-x', deb, unpacked);
	const isNative = emulator.length === 0;
	const command = commandOf(executable, emulator);

	describe('the executable', () => {
		endToEnd({
			command,
			searched: tools,
			keepsIgnoredSignals: false,
			hasOwnNode: true,
			isNative,
		});
	});

	describe.runIf(isNative)('the Debian package', () => {
		endToEnd({
			command: [path.join(unpacked, 'usr/bin/okx-keys')],
			searched: tools,
			keepsIgnoredSignals: true,
			hasOwnNode: true,
			isNative,
		});
	});

	test.runIf(isNative)('the same sources give the same bytes, also in another folder', async () => {
		const {buildSingle, bundleForExecutable} = (await import(
			pathToFileURL(path.resolve('scripts/executable/single.js')).href
		)) as Building;
		const [main, output] = [path.join(folder, 'again/main.js'), path.join(folder, 'again/okx-keys')];
		await bundleForExecutable(main);
		const own = {program: node};
		buildSingle({main, output, builder: own, target: own});
		expect(fs.readFileSync(output).equals(fs.readFileSync(executable))).toBe(true);
	});

	test('the Debian package says what it needs, and has documentation, licences and bill of materials', () => {
		expect(read('dpkg-deb', '-f', deb, 'Package', 'Architecture')).toBe(
			`Package: okx-keys\nArchitecture: ${arch === 'x64' ? 'amd64' : arch}\n`,
		);
		expect(read('dpkg-deb', '-f', deb, 'Depends').trim().split(', ')).toContain('libatomic1');
		const documents = path.join(unpacked, 'usr/share/doc/okx-keys');
		const licences = fs.readFileSync(path.join(documents, 'copyright'), 'utf8');
		for (const text of ['the okx-keys authors', 'react 19.', 'Copyright Node.js contributors', 'OpenSSL'])
			expect(licences).toContain(text);
		expect(brokenLinksIn(documents)).toEqual([]);
		expect(read('gzip', '-dc', path.join(documents, 'changelog.gz'))).toBe(fs.readFileSync('CHANGELOG.md', 'utf8'));
		const {components} = JSON.parse(fs.readFileSync(path.join(documents, 'okx-keys.cdx.json'), 'utf8')) as {
			readonly components: readonly {readonly name: string; readonly components?: readonly {readonly name: string}[]}[];
		};
		expect(components[0]).toMatchObject({name: 'node'});
		expect(components[0]!.components!.map(({name}) => name)).toEqual(expect.arrayContaining(['openssl', 'v8', 'uv']));
		expect(fs.readFileSync(path.join(unpacked, 'usr/lib/okx-keys/okx-keys')).equals(fs.readFileSync(executable))).toBe(
			true,
		);
	});

	test('the Debian package has the manual page, and the completion of each shell, where they are looked for', () => {
		const share = path.join(unpacked, 'usr/share');
		const roff = read('gzip', '-dc', path.join(share, 'man/man1/okx-keys.1.gz'));
		expect(roff).toBe(fs.readFileSync('dist/okx-keys.1', 'utf8'));
		for (const [shell, place] of [
			['bash', 'bash-completion/completions/okx-keys'],
			['zsh', 'zsh/vendor-completions/_okx-keys'],
			['fish', 'fish/vendor_completions.d/okx-keys.fish'],
		] as const)
			expect(read(command[0], ...command.slice(1), 'completion', shell)).toBe(
				fs.readFileSync(path.join(share, place), 'utf8'),
			);
	});

	test('its files belong to root, with sums that are right', () => {
		for (const line of read('dpkg-deb', '-c', deb).trim().split('\n'))
			expect(line).toMatch(/^(?:drwxr-xr-x|-rwxr-xr-x|-rw-r--r--) root\/root /);
		const control = path.join(folder, `control-${arch}`);
		read('dpkg-deb', '-e', deb, control);
		const sums = read('sh', '-c', `cd '${unpacked}' && md5sum -c '${control}/md5sums'`).trim().split('\n');
		expect(sums.length).toBeGreaterThan(4);
		expect(sums.filter(line => !line.endsWith(': OK'))).toEqual([]);
	});

	test('the archive has the same executable, with the licences and the documentation', () => {
		const name = path.basename(archive, '.tar.gz');
		read('tar', '-xzf', archive, '-C', folder);
		const inside = path.join(folder, name);
		expect(fs.readFileSync(path.join(inside, 'okx-keys')).equals(fs.readFileSync(executable))).toBe(true);
		expect(fs.readFileSync(path.join(inside, 'LICENSES.txt'), 'utf8')).toContain('Copyright Node.js contributors');
		expect(brokenLinksIn(inside)).toEqual([]);
		expect(fs.statSync(path.join(inside, 'okx-keys')).mode & 0o777).toBe(0o755);
	});
});

describe('the npm package under the Node of the executables', () => {
	const prefix = path.join(folder, 'prefix');
	fs.mkdirSync(prefix);
	const {program} = installPackage(prefix);
	endToEnd({
		command: [program],
		searched: `${path.dirname(node)}:${process.env['PATH']}`,
		keepsIgnoredSignals: true,
		hasOwnNode: false,
		isNative: true,
	});
});
