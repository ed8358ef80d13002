import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const nodes = path.join(import.meta.dirname, 'nodes');

const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));

/** The Nodes that become part of the executables, by their architectures; installed with the sums of the lock files. */
export function installNodes() {
	return new Map(
		fs.readdirSync(nodes).map(architecture => [architecture, installNode(path.join(nodes, architecture))]),
	);
}

function installNode(folder) {
	const {packages} = readJson(path.join(folder, 'package-lock.json'));
	const [place, {version, integrity}] = Object.entries(packages).find(([key]) => key !== '');
	const installed = path.join(folder, place);
	const description = path.join(installed, 'package.json');
	// By force, for it may be for another architecture than that of this machine.
	if (!fs.existsSync(description) || readJson(description).version !== version)
		execFileSync('npm', ['ci', '--ignore-scripts', '--force', '--loglevel=error'], {cwd: folder, stdio: 'inherit'});
	return {
		name: path.basename(place),
		version,
		integrity,
		program: path.join(installed, 'bin/node'),
		licence: fs.readFileSync(path.join(installed, 'LICENSE'), 'utf8'),
	};
}
