import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';

const debianNames = {x64: 'amd64', arm64: 'arm64'};

/** What Node links to, as `readelf -d` tells, in the packages of Debian 10 and later. */
const depends = 'libc6 (>= 2.28), libgcc-s1 (>= 3.0) | libgcc1, libstdc++6 (>= 5.2), libatomic1';

const description = `OKX API keys: an encrypted vault, and live tests of what a key can do
 A full screen and a command line for the API keys of the exchange OKX: create,
 test, edit and revoke them, keep them in an encrypted vault instead of in .env
 files, and give them to programs.
 .
 Node.js is part of the program; none has to be installed.
`;

/** The documentation, with all that its links lead to, below `folder`. */
function documentsIn(folder) {
	const pages = ['docs', 'media'].flatMap(folder => fs.readdirSync(folder).map(name => `${folder}/${name}`));
	const files = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'LICENSE', 'source/vault/FORMAT.md', ...pages];
	return Object.fromEntries(files.map(file => [`${folder}${file}`, {from: file}]));
}

/** The lines of bin/okx-keys.js that note what Node changes as it starts, before the executable. */
function wrapper() {
	const guards = fs
		.readFileSync('bin/okx-keys.js', 'utf8')
		.split('\n')
		.filter(line => line.startsWith("':' //;") && !line.includes('exec node'))
		.map(line => line.slice("':' //; ".length));
	if (guards.length < 5) throw new Error('bin/okx-keys.js has no longer the lines that a shell reads.');
	return [
		'#!/bin/sh',
		...guards,
		'OKX_KEYS_0=$(readlink -f "$0")',
		'exec "${OKX_KEYS_0%/*}/../lib/okx-keys/okx-keys" "$@"',
		'',
	].join('\n');
}

/** Writes files below `root`, each of them and each folder with the same time and the usual mode. */
function writeTree(root, files, seconds) {
	fs.rmSync(root, {recursive: true, force: true});
	for (const [name, {from, text, mode = 0o644}] of Object.entries(files)) {
		const file = path.join(root, name);
		fs.mkdirSync(path.dirname(file), {recursive: true});
		if (from === undefined) fs.writeFileSync(file, text);
		else fs.copyFileSync(from, file);
		fs.chmodSync(file, mode);
	}

	const places = [root, ...fs.readdirSync(root, {recursive: true}).map(name => path.join(root, name))];
	for (const place of places) {
		if (fs.statSync(place).isDirectory()) fs.chmodSync(place, 0o755);
		fs.utimesSync(place, seconds, seconds);
	}
}

function installedSize(files) {
	const sizes = Object.values(files).map(({from, text}) => (from === undefined ? text.length : fs.statSync(from).size));
	return sizes.reduce((sum, size) => sum + Math.ceil(size / 1024), 0);
}

function md5sums(files) {
	const sumOf = ({from, text}) =>
		createHash('md5')
			.update(from === undefined ? text : fs.readFileSync(from))
			.digest('hex');
	return Object.entries(files)
		.map(([name, file]) => `${sumOf(file)}  ${name}\n`)
		.join('');
}

/** Makes a package for Debian and its kin in `folder`; gives its file. */
export function debianPackage({
	executable,
	arch,
	version,
	manual,
	completion,
	licences,
	changelog,
	bill,
	seconds,
	folder,
}) {
	const files = {
		'usr/bin/okx-keys': {text: wrapper(), mode: 0o755},
		'usr/lib/okx-keys/okx-keys': {from: executable, mode: 0o755},
		'usr/share/bash-completion/completions/okx-keys': {text: completion.bash},
		...documentsIn('usr/share/doc/okx-keys/'),
		'usr/share/doc/okx-keys/changelog.gz': {text: gzipSync(changelog, {level: 9})},
		'usr/share/doc/okx-keys/copyright': {text: licences},
		'usr/share/doc/okx-keys/okx-keys.cdx.json': {text: bill},
		'usr/share/fish/vendor_completions.d/okx-keys.fish': {text: completion.fish},
		'usr/share/man/man1/okx-keys.1.gz': {text: gzipSync(manual, {level: 9})},
		'usr/share/zsh/vendor-completions/_okx-keys': {text: completion.zsh},
	};
	const control = [
		'Package: okx-keys',
		`Version: ${version}`,
		'Section: utils',
		'Priority: optional',
		`Architecture: ${debianNames[arch]}`,
		'Maintainer: the okx-keys authors <okx-keys@localhost>',
		`Installed-Size: ${installedSize(files)}`,
		`Depends: ${depends}`,
		`Description: ${description}`,
	].join('\n');
	const root = path.join(folder, `deb-${arch}`);
	const all = {...files, 'DEBIAN/control': {text: control}, 'DEBIAN/md5sums': {text: md5sums(files)}};
	writeTree(root, all, seconds);
	const file = path.join(folder, `okx-keys_${version}_${debianNames[arch]}.deb`);
	// The dpkg of Debian 11 knows no zstd; with more threads, xz writes other bytes.
	const packing = ['--root-owner-group', '--threads-max=1', '-Zxz', '-z1'];
	execFileSync('dpkg-deb', [...packing, '--build', root, file], {
		env: {...process.env, SOURCE_DATE_EPOCH: String(seconds)},
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	fs.rmSync(root, {recursive: true});
	return file;
}

/** Makes an archive with the executable and its documents for every Linux; gives its file. */
export function archive({executable, arch, version, manual, completion, licences, bill, seconds, folder}) {
	const name = `okx-keys-${version}-linux-${arch}`;
	const tree = path.join(folder, 'tree');
	writeTree(
		path.join(tree, name),
		{
			'okx-keys': {from: executable, mode: 0o755},
			'LICENSES.txt': {text: licences},
			'CHANGELOG.md': {from: 'CHANGELOG.md'},
			...documentsIn(''),
			'okx-keys.1': {text: manual},
			'okx-keys.cdx.json': {text: bill},
			'completion/okx-keys.bash': {text: completion.bash},
			'completion/_okx-keys': {text: completion.zsh},
			'completion/okx-keys.fish': {text: completion.fish},
		},
		seconds,
	);
	const file = path.join(folder, `${name}.tar.gz`);
	const fixed = ['--sort=name', '--format=ustar', '--owner=0', '--group=0', '--numeric-owner'];
	execFileSync('tar', [...fixed, '--use-compress-program=gzip -n -6', '-cf', file, '-C', tree, name]);
	fs.rmSync(tree, {recursive: true});
	return file;
}
