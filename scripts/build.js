// One minified file: an install brings no other package, and a start reads one file.
import fs from 'node:fs/promises';
import {build} from 'esbuild';
import {builtinsWhenNeeded} from './build/builtins-when-needed.js';
import {confWithoutSchemas} from './build/conf-without-schemas.js';
import {inkForgets} from './build/ink-forgets.js';
import {pluginOf} from './build/patch.js';
import {widthsWhenNeeded} from './build/widths-when-needed.js';
import {withoutDevtools} from './build/without-devtools.js';
import {yogaWithoutFetch} from './build/yoga-without-fetch.js';
import {commandGroups} from '../source/commands/index.ts';
import {manualOf} from '../source/manual/manual.ts';
import {manualPage} from '../source/manual/roff.ts';
import {thirdPartyLicences} from './licences.js';
import {sbomOf} from './sbom.js';

const own = JSON.parse(await fs.readFile('package.json', 'utf8'));

export const patches = [
	builtinsWhenNeeded,
	widthsWhenNeeded,
	confWithoutSchemas,
	yogaWithoutFetch,
	withoutDevtools,
	inkForgets,
];

export const options = {
	entryPoints: ['source/main.ts'],
	outfile: 'dist/okx-keys.js',
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node24',
	jsx: 'automatic',
	legalComments: 'none',
	metafile: true,
	logLevel: 'warning',
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
		OKX_KEYS_VERSION: JSON.stringify(own.version),
	},
	banner: {js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);'},
	plugins: patches.map(pluginOf),
};

if (import.meta.main) {
	// Written last: a failed build leaves no unpatched program.
	const {metafile, outputFiles} = await build({...options, write: false});
	const licences = await thirdPartyLicences(metafile);
	const sbom = sbomOf(own, metafile, JSON.parse(await fs.readFile('package-lock.json', 'utf8')));
	await fs.mkdir('dist', {recursive: true});
	await Promise.all(outputFiles.map(({path, contents}) => fs.writeFile(path, contents)));
	await fs.writeFile('dist/okx-keys.1', `${manualPage(manualOf(commandGroups))}\n`);
	await fs.writeFile('dist/THIRD-PARTY-LICENSES.txt', licences);
	await fs.writeFile('dist/okx-keys.cdx.json', `${JSON.stringify(sbom, null, '\t')}\n`);
}
