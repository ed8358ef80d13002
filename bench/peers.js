// Programs of others that a row compares with: those that are here, and with --peers those that can be brought.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** The package that a peer comes in. */
const packages = {
	ccxt: {npm: 'ccxt'},
	'okx-api': {npm: 'okx-api'},
	'keepassxc-cli': {debian: 'keepassxc'},
	ranger: {debian: 'ranger'},
	strace: {debian: 'strace'},
	tig: {debian: 'tig'},
	time: {debian: 'time'},
	tmux: {debian: 'tmux'},
};

const inPath = program =>
	process.env.PATH.split(path.delimiter)
		.map(folder => path.join(folder, program))
		.find(file => fs.existsSync(file));

/** Node remembers that it has not found a package, so it is asked only for one that is there. */
function moduleIn(folder, name) {
	const isThere = fs.existsSync(path.join(folder, 'node_modules', name));
	return isThere ? createRequire(`${folder}/`).resolve(name) : undefined;
}

/** The last line that a failed program wrote; undefined if it did not fail. */
function failureOf(program, words, environment = {}) {
	const {error, status, stdout, stderr} = spawnSync(program, words, {
		env: {...process.env, ...environment},
		encoding: 'utf8',
	});
	if (error) return error.message;
	return status === 0 ? undefined : `${stdout}${stderr}`.trim().split('\n').at(-1);
}

/**
 * @param {boolean} brings whether what is missing is to be installed
 */
export function createPeers(brings) {
	const leftOut = new Map();
	let folder = process.env.OKX_KEYS_PEERS;
	let isUpdated = false;

	function bringFromNpm(name) {
		folder ??= fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-peers-'));
		fs.mkdirSync(folder, {recursive: true});
		console.error(`Installing ${name} into ${folder}; OKX_KEYS_PEERS=${folder} uses it again.`);
		return failureOf('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', name]);
	}

	function bringFromDebian(name) {
		if (inPath('apt-get') === undefined) return 'there is no apt-get to install it';
		if (process.getuid() !== 0) return 'only root can install it';
		console.error(`Installing Debian’s ${name}.`);
		const quiet = {DEBIAN_FRONTEND: 'noninteractive'};
		if (!isUpdated) failureOf('apt-get', ['update', '-qq'], quiet);
		isUpdated = true;
		return failureOf('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], quiet);
	}

	return {
		/**
		 * The path of a program, or of a module of npm; undefined if it is not there, which the end of the run tells.
		 *
		 * @param {keyof typeof packages} name
		 * @returns {string | undefined}
		 */
		find(name) {
			const {npm, debian} = packages[name];
			const here = () => (npm ? moduleIn(folder ?? process.cwd(), npm) : inPath(name));
			const found = here();
			if (found !== undefined || leftOut.has(name)) return found;
			const problem = brings
				? npm
					? bringFromNpm(npm)
					: bringFromDebian(debian)
				: 'it is not installed; --peers installs it';
			const brought = problem === undefined ? here() : undefined;
			if (brought === undefined) leftOut.set(name, problem ?? 'it was installed, but not found');
			return brought;
		},
		/** Why each peer that was asked for is left out. */
		leftOut,
	};
}
