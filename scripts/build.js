// One minified file, so that an install brings no other package and a start reads one file.
import fs from 'node:fs/promises';
import {build} from 'esbuild';
import {thirdPartyLicences} from './licences.js';

const {version} = JSON.parse(await fs.readFile('package.json', 'utf8'));

/**
 * Yoga's loader asks whether fetch exists, and that question alone loads Node's whole HTTP client: 30 ms before the
 * first frame.
 */
const yogaWithoutFetch = {
	name: 'yoga-without-fetch',
	setup(builder) {
		builder.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, async ({path}) => ({
			contents: `const fetch = undefined;\n${await fs.readFile(path, 'utf8')}`,
			loader: 'js',
		}));
	},
};

/** Ink asks for React's developer tools when DEV is set; what ships must not. */
const withoutDevtools = {
	name: 'without-devtools',
	setup(builder) {
		builder.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
		builder.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {};'}));
	},
};

/**
 * Ink remembers thousands of texts it has measured and wrapped for as long as the program runs, and each secret that
 * was on the screen is among them. Within a second is soon enough to measure nothing twice while somebody types.
 */
const inkForgets = {
	name: 'ink-forgets',
	setup(builder) {
		builder.onResolve({filter: /^quick-lru$/}, () => ({path: 'quick-lru', namespace: 'forgetful'}));
		builder.onLoad({filter: /.*/, namespace: 'forgetful'}, () => ({
			contents: `export default class extends Map {
				constructor() { super(); }
				set(key, value) {
					this.timer ??= setTimeout(() => { this.timer = undefined; this.clear(); }, 1000).unref();
					return super.set(key, value);
				}
			}`,
			loader: 'js',
		}));
	},
};

/**
 * conf checks values against a schema where it is given one; the vault gives it none, and the checker is 60 ms of
 * every save by a command.
 */
const confWithoutSchemas = {
	name: 'conf-without-schemas',
	setup(builder) {
		builder.onResolve({filter: /^ajv/}, ({path}) => ({path, namespace: 'no-schemas'}));
		builder.onLoad({filter: /.*/, namespace: 'no-schemas'}, () => ({
			contents: 'export const Ajv2020 = undefined, Ajv = undefined; export default undefined;',
			loader: 'js',
		}));
	},
};

/** Those that a start loads anyway, and whose default export is called, extended or listened to. */
const alwaysLoaded = /^node:(events|stream|process|assert)$/;

/**
 * Node's own modules are loaded by whatever needs them first, not all at the start: the import of `node:http` alone
 * loads Node's whole HTTP client, since an ES module is given each of its exports by value. An importer is given an
 * object without members of its own, before which stands one that loads the module when it is asked for the first of
 * them.
 */
const builtinsWhenNeeded = {
	name: 'builtins-when-needed',
	setup(builder) {
		builder.onResolve({filter: /^node:/}, ({path, namespace}) =>
			namespace === 'builtin' ? {path, external: true} : {path, namespace: 'builtin'},
		);
		builder.onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({
			contents: alwaysLoaded.test(path)
				? `module.exports = require('${path}');`
				: `
			let loaded;
			module.exports = Object.create(new Proxy({}, {
				get: (_, name) => (loaded ??= require('${path}'))[name],
				has: (_, name) => name in (loaded ??= require('${path}')),
			}));`,
			loader: 'js',
		}));
	},
};

/** The tables of wide characters and emoji take 20 ms to set up, and most of what is shown is ASCII. */
const widthsWhenNeeded = {
	name: 'widths-when-needed',
	setup(builder) {
		builder.onResolve({filter: /^string-width$/}, ({namespace, resolveDir, importer}) =>
			namespace === 'widths'
				? undefined
				: {path: 'string-width', namespace: 'widths', pluginData: {resolveDir, importer}},
		);
		builder.onLoad({filter: /.*/, namespace: 'widths'}, ({pluginData}) => ({
			contents: `export default function width(text, options) {
				return /^[\x20-\x7E]*$/.test(text) ? text.length : require('string-width').default(text, options);
			}`,
			resolveDir: pluginData.resolveDir,
			loader: 'js',
		}));
	},
};

/** How the program is bundled. */
export const options = {
	entryPoints: ['source/main.ts'],
	outfile: 'dist/okx-keys.js',
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node24',
	jsx: 'automatic',
	// Their texts are in a file of their own, whole.
	legalComments: 'none',
	metafile: true,
	logLevel: 'warning',
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
		OKX_KEYS_VERSION: JSON.stringify(version),
	},
	banner: {js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);'},
	plugins: [builtinsWhenNeeded, widthsWhenNeeded, confWithoutSchemas, yogaWithoutFetch, withoutDevtools, inkForgets],
};

if (import.meta.main) {
	const {metafile} = await build(options);
	await fs.writeFile('dist/THIRD-PARTY-LICENSES.txt', await thirdPartyLicences(metafile));
}
