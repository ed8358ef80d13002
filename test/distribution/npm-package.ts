import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Installs the package that `npm pack` makes of the built program below an empty `prefix`, as npm does by default. */
export function installPackage(prefix: string): {readonly program: string; readonly packageFolder: string} {
	const npm = (...words: readonly string[]) =>
		execFileSync('npm', [...words, '--ignore-scripts', '--offline', '--no-audit', '--no-fund', '--loglevel=error'], {
			encoding: 'utf8',
		});
	const [{filename}] = JSON.parse(npm('pack', '--json', '--pack-destination', prefix)) as [{readonly filename: string}];
	const tarball = path.join(prefix, filename);
	npm('install', '--global', '--prefix', prefix, tarball);
	fs.rmSync(tarball);
	return {
		program: path.join(prefix, 'bin/okx-keys'),
		packageFolder: path.join(prefix, 'lib/node_modules/okx-keys'),
	};
}
