import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';
import {options} from '../build.js';

/** What Node is told on each start, in the place of what bin/okx-keys.js is started with. */
const execArgv = ['--disable-sigusr1', '--no-use-env-proxy'];

/** The program in one file, as Node takes it into an executable; with what the bundler tells of it. */
export async function bundleForExecutable(outfile) {
	const {metafile} = await build({...options, outfile, target: 'node26'});
	return metafile;
}

/**
 * Makes `output` of the Node of `target` and of the program. The code that V8 has compiled goes in too where the Node
 * that builds can run the target's; with a seed of its own each build would be another.
 */
export function buildSingle({main, output, builder, target}) {
	const [config, folder] = [`${output}.json`, path.dirname(output)];
	fs.writeFileSync(
		config,
		JSON.stringify({
			// As it would be in any folder, for the executable remembers it.
			main: path.relative(folder, main),
			mainFormat: 'module',
			output: path.basename(output),
			executable: target.program,
			disableExperimentalSEAWarning: true,
			useCodeCache: target === builder,
			execArgv,
			execArgvExtension: 'none',
		}),
	);
	execFileSync(builder.program, ['--random-seed=1', '--build-sea', path.basename(config)], {
		cwd: folder,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	fs.rmSync(config);
	fs.chmodSync(output, 0o755);
}
