import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'nodes');

const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));

/** The Nodes that become part of the executables, by their architectures; installed with the sums of the lock file. */
export function installNodes() {
	const {packages} = readJson(path.join(folder, 'package-lock.json'));
	const locked = Object.entries(packages).filter(([place]) => place !== '');
	const isThere = locked.every(([place, {version}]) => {
		const file = path.join(folder, place, 'package.json');
		return fs.existsSync(file) && readJson(file).version === version;
	});
	// By force, for each is only for an architecture of its own.
	if (!isThere)
		execFileSync('npm', ['ci', '--ignore-scripts', '--force', '--loglevel=error'], {cwd: folder, stdio: 'inherit'});
	return new Map(
		locked.map(([place, {version, integrity, cpu}]) => [
			cpu,
			{
				name: path.basename(place),
				version,
				integrity,
				program: path.join(folder, place, 'bin/node'),
				licence: fs.readFileSync(path.join(folder, place, 'LICENSE'), 'utf8'),
			},
		]),
	);
}
