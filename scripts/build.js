// Minified files without packages beside them: an install brings no other package, and a start reads few bytes.
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';
import {builtinsWhenNeeded} from './build/builtins-when-needed.js';
import {confWithoutSchemas} from './build/conf-without-schemas.js';
import {inkForgets} from './build/ink-forgets.js';
import {pluginOf} from './build/patch.js';
import {segmentersWhenNeeded} from './build/segmenters-when-needed.js';
import {widthsWhenNeeded} from './build/widths-when-needed.js';
import {withoutAssert} from './build/without-assert.js';
import {withoutDevtools} from './build/without-devtools.js';
import {yogaAtOnce} from './build/yoga-at-once.js';
import {commandGroups} from '../source/commands/index.ts';
import {inAscii} from '../source/core/text/signs.ts';
import {bashCompletion} from '../source/manual/bash.ts';
import {fishCompletion} from '../source/manual/fish.ts';
import {manualOf} from '../source/manual/manual.ts';
import {manualPage} from '../source/manual/roff.ts';
import {zshCompletion} from '../source/manual/zsh.ts';
import {helpText} from '../source/parser/program.ts';
import {framePartsOf} from '../source/ui/screens/unlock/frame-parts.ts';
import {thirdPartyLicences} from './licences.js';
import {sbomOf} from './sbom.js';
import {importsByRequire, inAsciiOnly, splitOptions} from './split.js';

const own = JSON.parse(await fs.readFile('package.json', 'utf8'));

export const patches = [
	builtinsWhenNeeded,
	segmentersWhenNeeded,
	widthsWhenNeeded,
	confWithoutSchemas,
	yogaAtOnce,
	withoutDevtools,
	inkForgets,
	withoutAssert,
];

const bannerForRequire = 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);';

/** Of a program in one file, as the executables contain it. */
export const options = {
	entryPoints: ['scripts/executable/entry.js'],
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
		OKX_KEYS_UNLOCK_FRAMES: JSON.stringify(
			[false, true].flatMap(ascii =>
				[false, true].map(color => ({look: {ascii, color}, parts: framePartsOf({ascii, color})})),
			),
		),
	},
	banner: {js: bannerForRequire},
	plugins: patches.map(patch => pluginOf(patch)),
};

/** With copies of all that it imports: it answers, and draws the unlock screen, before any other file is loaded. */
const start = {
	...options,
	entryPoints: ['source/start.ts'],
	plugins: [pluginOf(builtinsWhenNeeded)],
};

/** The options of all builds: the program in one file, and then those of `dist/`. */
export async function builds() {
	const split = await splitOptions({...options, plugins: patches.map(patch => pluginOf(patch, {isPart: true}))});
	return [options, ...split, start];
}

/** What `start` prints without loading more. */
function answers() {
	const manual = manualOf(commandGroups);
	const help = helpText().trimEnd();
	return {
		'help.txt': help,
		'help-ascii.txt': inAscii(help),
		'completion.bash': bashCompletion(manual).trimEnd(),
		'completion.zsh': zshCompletion(manual).trimEnd(),
		'completion.fish': fishCompletion(manual).trimEnd(),
	};
}

/** A file that requires nothing need not pay for the loader of CommonJS, which takes a millisecond of a start. */
function withoutUnusedRequire(text) {
	const rest = text.replace(bannerForRequire, '');
	// It may name what it gives to a script.
	return /\brequire\b(?!,)/.test(rest) ? text : rest;
}

/** A script ends with what its kept code is found by. */
function finished(file, code) {
	const text = inAsciiOnly(code);
	return path.extname(file) === '.cjs' ? withId(importsByRequire(text)) : withoutUnusedRequire(text);
}

function withId(text) {
	return `${text}//${createHash('sha256').update(text).digest('hex').slice(0, 32)}\n`;
}

/** Removes what an earlier build has written and this one has not. */
async function removeOthers(folder, kept) {
	for (const name of await fs.readdir(folder)) if (!kept.includes(name)) await fs.rm(path.join(folder, name));
}

if (import.meta.main) {
	// Written last: a failed build leaves no unpatched program.
	const [single, ...parts] = await Promise.all((await builds()).map(async one => build({...one, write: false})));
	// The files have all that is in them, and only the single one tells which package imports which.
	const metafile = {
		inputs: Object.assign({}, ...parts.map(({metafile}) => metafile.inputs), single.metafile.inputs),
		outputs: Object.assign({}, ...parts.map(({metafile}) => metafile.outputs), single.metafile.outputs),
	};
	const licences = await thirdPartyLicences(metafile);
	const sbom = sbomOf(own, metafile, JSON.parse(await fs.readFile('package-lock.json', 'utf8')));
	const files = {
		...Object.fromEntries(
			parts.flatMap(({outputFiles}) =>
				outputFiles.map(({path: file, text}) => [path.basename(file), finished(file, text)]),
			),
		),
		...Object.fromEntries(Object.entries(answers()).map(([name, text]) => [name, `${text}\n`])),
		'okx-keys.1': `${manualPage(manualOf(commandGroups))}\n`,
		'THIRD-PARTY-LICENSES.txt': licences,
		'okx-keys.cdx.json': `${JSON.stringify(sbom, null, '\t')}\n`,
	};
	await fs.mkdir('dist', {recursive: true});
	await Promise.all(Object.entries(files).map(([name, content]) => fs.writeFile(path.join('dist', name), content)));
	await removeOthers('dist', Object.keys(files));
}
