// Makes executables and their packages in release/, and drives what it made. Takes architectures; else this machine's.
// The Node in them is pinned in scripts/executable/nodes/; for a newer one, run in each folder there, with one version:
// npm install --force --ignore-scripts --save-exact node-linux-ARCHITECTURE@VERSION
import {execFileSync, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {installNodes} from './executable/nodes.js';
import {archive, debianPackage} from './executable/packages.js';
import {buildSingle, bundleForExecutable} from './executable/single.js';
import {thirdPartyLicences} from './licences.js';
import {sbomOf, sbomWithNode} from './sbom.js';

const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const own = readJson('package.json');
const release = path.resolve('release');

/** What runs a program for another architecture here, with the libraries that Debian has for that. */
const emulators = {arm64: ['qemu-aarch64', '/usr/aarch64-linux-gnu'], x64: ['qemu-x86_64', '/usr/x86_64-linux-gnu']};
const emulatorPackages = {
	arm64: 'qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross libatomic1-arm64-cross',
	x64: 'qemu-user-static libc6-amd64-cross libstdc++6-amd64-cross libatomic1-amd64-cross',
};

function fail(problem, hint) {
	console.error(`${problem}\n${hint}`);
	process.exit(1);
}

const isRunnable = word => spawnSync(word, ['--version']).status === 0;

/** The words before a program of `arch`; none where the machine runs it itself. */
function emulatorFor(arch) {
	if (arch === process.arch) return [];
	const [name, libraries] = emulators[arch];
	const emulator = [`/usr/bin/${name}-static`, `/usr/bin/${name}`].find(isRunnable);
	if (emulator === undefined || !fs.existsSync(path.join(libraries, 'lib/libatomic.so.1')))
		fail(
			`A program for ${arch} cannot be run here, so it would not be tested.`,
			`Install what runs it, apt install ${emulatorPackages[arch]}, or build for this machine only.`,
		);
	return [emulator, '-L', libraries];
}

/** The time of every file in the packages, so that the same sources give the same bytes. */
function sourceTime() {
	const committed = () => spawnSync('git', ['log', '-1', '--format=%ct'], {encoding: 'utf8'}).stdout?.trim();
	const time = process.env.SOURCE_DATE_EPOCH || committed() || '';
	if (!/^\d{1,12}$/.test(time))
		fail(
			'The time of the sources is not known: this is no clone of git.',
			'Set SOURCE_DATE_EPOCH, in seconds since 1970.',
		);
	return Number(time);
}

function run(words, options) {
	const [file, ...rest] = words;
	const {status} = spawnSync(file, rest, {stdio: 'inherit', ...options});
	if (status !== 0) process.exit(status ?? 1);
}

const asked = process.argv.length > 2 ? process.argv.slice(2) : [process.arch];
const unknown = asked.find(arch => !Object.hasOwn(emulators, arch));
if (unknown !== undefined) fail(`${unknown} is no architecture that is built.`, 'These are: x64, arm64.');
if (process.platform !== 'linux') fail('The executables are for Linux.', 'Build them on it, where they can be tested.');
if (!isRunnable('dpkg-deb')) fail('There is no dpkg-deb, which makes the Debian package.', 'Install dpkg.');
const arches = asked.map(arch => ({arch, emulator: emulatorFor(arch)}));

const seconds = sourceTime();

fs.rmSync(release, {recursive: true, force: true});
fs.mkdirSync(release);
const nodes = installNodes();
const builder = nodes.get(process.arch);
const main = path.join(release, 'main.js');
const metafile = await bundleForExecutable(main);
const packagesLicences = await thirdPartyLicences(metafile);
const bill = sbomOf(own, metafile, readJson('package-lock.json'));
const versions = JSON.parse(
	execFileSync(builder.program, ['-p', 'JSON.stringify(process.versions)'], {encoding: 'utf8'}),
);
const manual = fs.readFileSync('dist/okx-keys.1', 'utf8');
const printed = (...words) => execFileSync(process.execPath, ['bin/okx-keys.js', ...words], {encoding: 'utf8'});
const completion = Object.fromEntries(['bash', 'zsh', 'fish'].map(shell => [shell, printed('completion', shell)]));

const built = [];
for (const {arch, emulator} of arches) {
	const node = nodes.get(arch);
	const executable = path.join(release, `okx-keys-${own.version}-linux-${arch}`);
	buildSingle({main, output: executable, builder, target: node});
	const heading = text => `${'='.repeat(78)}\n${text}\n\n`;
	const parts = {
		executable,
		arch,
		version: own.version,
		manual,
		completion,
		licences: [
			fs.readFileSync('LICENSE', 'utf8'),
			`${heading('Packages that are part of okx-keys')}${packagesLicences}`,
			`${heading(`Node.js ${node.version}, which is part of the executable`)}${node.licence}`,
		].join('\n'),
		changelog: fs.readFileSync('CHANGELOG.md'),
		bill: `${JSON.stringify(sbomWithNode(bill, node, versions), null, '\t')}\n`,
		seconds,
		folder: release,
	};
	built.push({arch, emulator, executable, deb: debianPackage(parts), archive: archive(parts)});
	console.log(`okx-keys ${own.version} for ${arch}, on Node ${node.version}: built`);
}

fs.rmSync(main);
run(['npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', release], {stdio: 'ignore'});
run(['vitest', 'run', '--config', 'vitest.executable.config.ts'], {
	env: {...process.env, OKX_KEYS_RELEASE: JSON.stringify({built, node: builder.program})},
});

// Last: there are no sums of what has not passed.
const sums = fs
	.readdirSync(release)
	.toSorted((left, right) => (left < right ? -1 : 1))
	.map(name => {
		const sum = createHash('sha256').update(fs.readFileSync(path.join(release, name)));
		return `${sum.digest('hex')}  ${name}\n`;
	});
fs.writeFileSync(path.join(release, 'SHA256SUMS'), sums.join(''));
console.log(sums.join('').trimEnd());
