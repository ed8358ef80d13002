// The program in several files, so that a start reads only what it needs.
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const source = path.resolve('source');

/**
 * The files of the program, with the modules below source/ that are in them. A module that no line names is in `core`,
 * which all others import; any other file is loaded when something that it exports is first used. The modules of
 * `start` keep nothing to themselves, and each file has copies of those that it imports; `ui` has copies of `keymap`.
 *
 * @type {readonly (readonly [file: string, modules: RegExp])[]}
 */
const rules = [
	[
		'start',
		/^(?:start|early-prompt|system\/(?:code-cache|output\/write-now|settings\/path|terminal\/locale)|files\/(?:home|folders))\.ts$/,
	],
	['keymap', /^ui\/keyboard\/(?:keymap|key-names|remapping\/)/],
	['ui', /^ui\//],
	['policy', /^core\/health\/policy/],
	['failures', /^core\/failures\//],
	['terminal', /^system\/terminal\/(?:terminal|painter|signals)\./],
	['changes', /^core\/(?:activity\/|difference|validate|ip\/validate|key\/undo-step)/],
	['changes', /^(?:files\/(?:shred|copies)|actions\/(?:copy|trash)\.|formats\/(?:flavours|env-dialects))/],
	['changes', /^system\/(?:user-files\/(?:private-output|report-file)|transient-file|output\/filtered-output)/],
	['diagnosis', /^core\/diagnosis\//],
	['search', /^core\/text\/search/],
	['exchange', /^exchange\/(?!sites|target|site-of-host|http\/proxy)/],
	['formats', /^formats\/(?!flavours|env-dialects|format\.)/],
	['scan', /^(?:scan|core\/secret-text)\//],
	['agent', /^(?:agent|ssh-agent)\/(?!endpoint|client|process)/],
	['sandbox', /^sandbox\//],
	['manual', /^manual\//],
	['parser', /^parser\/(?!plain-words|request)/],
	['exec', /^commands\/(?:exec|copy)\.ts$/],
	['test', /^(?:commands\/(?:test|check)|cli\/test-report)\.ts$/],
	['commands', /^commands\/(?!(?:frequent|list|show)\.ts)|^cli\/(?:options|site|slots|note-use)/],
	['doctor', /^actions\/doctor\//],
	[
		'actions',
		/^(?:actions\/(?!abortable|activity|clipboard-hold|copy\.|edit-plan|earlier|keys|no-keys|open|setup|test-result|trash|vault-trouble)|monitoring\/)/,
	],
];

/** Loaded by `import()` alone, so that they may wait at their top level. */
const asynchronous = new Set(['ui']);

/** Loaded with the code that was compiled in earlier starts: see source/system/code-cache.ts. */
const scripts = new Set(['core', 'ui']);
const isScript = builder => builder.initialOptions.format === 'cjs';

const ruleOf = file => rules.find(([, rule]) => rule.test(path.relative(source, file)))?.[0] ?? 'core';
const isOwn = file => !path.relative(source, file).startsWith('..');

/** The names that each module exports, by its path. */
async function exportsOf(options) {
	const entryPoints = fs
		.readdirSync(source, {recursive: true})
		.filter(file => /(?<!\.d)\.tsx?$/.test(file))
		.map(file => path.join(source, file));
	const {metafile} = await build({
		...options,
		entryPoints,
		outfile: undefined,
		outdir: 'dist',
		outbase: source,
		bundle: false,
		banner: {},
		plugins: [],
		write: false,
	});
	return new Map(
		Object.values(metafile.outputs)
			.filter(({entryPoint}) => entryPoint !== undefined)
			.map(({entryPoint, exports}) => [path.resolve(entryPoint), exports]),
	);
}

/** The packages that modules load by `import()`, each with the name of the file it is in. */
function packagesOf(modules) {
	const names = modules.flatMap(module =>
		Array.from(fs.readFileSync(module, 'utf8').matchAll(/\bimport\('((?!node:)[^.'][^']*)'\)/g), ([, name]) => name),
	);
	return new Map(names.map(name => [name, path.basename(name, '.js')]));
}

/**
 * What stands for a module of another file. A function can be passed on before that file is loaded; whatever else is
 * asked for loads it.
 */
function standIn(module, file, names, outside) {
	const text = fs.readFileSync(module, 'utf8');
	const isFunction = name => new RegExp(`^export (?:async )?function ${name}\\b`, 'm').test(text);
	const members = names.map(name =>
		isFunction(name)
			? `${name}(...given) { return load().${outside(name)}(...given); }`
			: `get ${name}() { return load().${outside(name)}; }`,
	);
	// As a prototype, for esbuild reads the properties of a module's own object as soon as it is imported.
	return `let loaded;
		const load = () => (loaded ??= require('./${file}.js'));
		module.exports = Object.create({${members.join(', ')}});`;
}

/**
 * What all others import, as a script: the code of its functions can be kept between two starts, which that of an ES
 * module cannot. It passes on what it exports when that is first asked for.
 */
function scriptOf(modules, exported, outsideOf) {
	const imports = modules.map((module, index) => `import * as module${index} from ${JSON.stringify(module)};`);
	const members = modules.flatMap((module, index) =>
		exported.get(module).map(name => `${outsideOf(module)(name)}: module${index}.${name}`),
	);
	return `${imports.join('\n')}
		export {start} from ${JSON.stringify(path.join(source, 'main.ts'))};
		let made;
		export const all = () => (made ??= {${members.join(', ')}});`;
}

/** The same for ES modules. */
function moduleOfScript(modules, exported, outsideOf) {
	const names = modules.flatMap(module => exported.get(module).map(name => outsideOf(module)(name)));
	return `const all = require('./core.cjs').all();
		export const ${names.map(name => `${name} = all.${name}`).join(', ')};`;
}

/** How a script imports what has to be waited for: see source/system/code-cache.ts. */
export function importsByRequire(code) {
	return code.replaceAll(/\bimport\((?=["'`])/g, 'require.import(');
}

/** Text as V8 keeps it in half of the memory. (Only what `String.raw` gives would read otherwise.) */
export function inAsciiOnly(code) {
	return code.replaceAll(/[^\0-\x7F]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Those of builds that write all files of the program, from the options of one that makes a single file. */
export async function splitOptions(options) {
	const exported = await exportsOf(options);
	const modules = [...exported.keys()].toSorted();
	const packages = packagesOf(modules);
	/** The name by which a file exports something of one of its modules. */
	const outsideOf = module => name => `${name}$${modules.indexOf(module)}`;

	const separateFiles = {
		name: 'separate-files',
		setup(builder) {
			builder.onResolve({filter: /^\.\.?\//}, ({path: wanted, importer, kind, namespace}) => {
				if (namespace === 'core' || namespace === 'stand-in') return {path: wanted, external: true};
				if (namespace !== 'file' || !isOwn(importer)) return undefined;
				const module = path.resolve(path.dirname(importer), wanted);
				const file = ruleOf(module);
				const isCopied = file === 'start' || (file === 'keymap' && ruleOf(importer) === 'ui');
				if (file === ruleOf(importer) || isCopied) return undefined;
				if (!asynchronous.has(file)) return {path: module, namespace: file === 'core' ? 'core' : 'stand-in'};
				return kind === 'dynamic-import'
					? {path: `./${file}.${scripts.has(file) ? 'cjs' : 'js'}`, external: true}
					: {errors: [{text: `${file} can be loaded by import() only: see scripts/split.js`}]};
			});
			builder.onResolve({filter: /^[^.]/}, ({path: wanted, importer, kind}) =>
				kind === 'dynamic-import' && packages.has(wanted) && isOwn(importer)
					? {path: `./${packages.get(wanted)}.js`, external: true}
					: undefined,
			);
			builder.onLoad({filter: /.*/, namespace: 'core'}, ({path: module}) => {
				const names = exported.get(module);
				const outside = outsideOf(module);
				return {
					contents: isScript(builder)
						? `import {all} from 'core members';
							export const ${names.map(name => `${name} = all.${outside(name)}`).join(', ')};`
						: `export {${names.map(name => `${outside(name)} as ${name}`).join(', ')}} from './core.js';`,
				};
			});
			builder.onResolve({filter: /^core members$/}, ({path: wanted}) => ({path: wanted, namespace: 'members'}));
			builder.onLoad({filter: /.*/, namespace: 'members'}, () => ({
				contents: `export const all = require('./core.cjs').all();`,
				resolveDir: source,
			}));
			builder.onLoad({filter: /.*/, namespace: 'stand-in'}, ({path: module}) => ({
				contents: standIn(module, ruleOf(module), exported.get(module), outsideOf(module)),
			}));
			builder.onResolve({filter: /^all of /}, ({path: wanted}) => ({
				path: wanted.slice('all of '.length),
				namespace: 'whole-file',
			}));
			builder.onResolve({filter: /^\.\/core\.cjs$/}, ({path: wanted}) => ({path: wanted, external: true}));
			builder.onLoad({filter: /^core$/, namespace: 'whole-file'}, () => {
				const inCore = modules.filter(module => ruleOf(module) === 'core');
				const contentsOf = isScript(builder) ? scriptOf : moduleOfScript;
				return {contents: contentsOf(inCore, exported, outsideOf), resolveDir: source};
			});
			builder.onLoad({filter: /.*/, namespace: 'whole-file'}, ({path: file}) => ({
				contents: modules
					.filter(module => ruleOf(module) === file && exported.get(module).length > 0)
					.map(module => {
						const names = exported.get(module).map(name => `${name} as ${outsideOf(module)(name)}`);
						return `export {${names.join(', ')}} from ${JSON.stringify(module)};`;
					})
					.join('\n'),
				resolveDir: source,
			}));
		},
	};
	const files = ['core', ...rules.map(([file]) => file)].filter(file => file !== 'start' && !asynchronous.has(file));
	const inFiles = {...options, outfile: undefined, outdir: 'dist', plugins: [separateFiles, ...options.plugins]};
	const script = {
		...inFiles,
		format: 'cjs',
		outExtension: {'.js': '.cjs'},
		banner: {},
		entryPoints: {core: 'all of core', ui: 'source/ui/run.tsx'},
	};
	const esModules = {
		...inFiles,
		entryPoints: {
			...Object.fromEntries(files.map(file => [file, `all of ${file}`])),
			...Object.fromEntries(Array.from(packages, ([name, file]) => [file, fileURLToPath(import.meta.resolve(name))])),
		},
	};
	return [script, esModules];
}
