// A patch is plain data: its name, the texts it `expects` in files of packages, and what it does.
import fs from 'node:fs/promises';

const problem = text => ({errors: [{text}]});

const inPackage = path => path.replace(/^.*\/node_modules\//, '');

/**
 * The build fails if an expected file has changed or is not bundled: an upgrade would undo the patch unnoticed. A build
 * of a part of the program need not bundle all of them.
 */
export function pluginOf(patch, {isPart = false} = {}) {
	const {name, expects} = patch;
	const correct = `read that package anew and correct scripts/build/${name}.js`;
	return {
		name,
		setup(builder) {
			const loaded = new Set();
			builder.onLoad({filter: /\/node_modules\//}, async ({path}) => {
				const file = inPackage(path);
				if (!Object.hasOwn(expects, file)) return undefined;
				loaded.add(file);
				const text = await fs.readFile(path, 'utf8');
				const missing = expects[file].find(part => !text.includes(part));
				return missing === undefined ? undefined : problem(`${file} no longer contains ${missing}: ${correct}`);
			});
			builder.onEnd(({errors}) => {
				const missing = Object.keys(expects).find(file => !loaded.has(file));
				return errors.length > 0 || missing === undefined || isPart
					? undefined
					: problem(`${missing} is not bundled: ${correct}`);
			});
			if (patch.replaces) replaceModule(builder, patch, correct);
			patch.setup?.(builder);
		},
	};
}

/** Replaces the module for the files that the patch expects only. */
function replaceModule(builder, {name, expects, replaces, by}, correct) {
	builder.onResolve({filter: replaces}, ({path, importer}) =>
		Object.hasOwn(expects, inPackage(importer))
			? {path, namespace: name}
			: problem(`${inPackage(importer)} imports ${path} too: ${correct}`),
	);
	builder.onLoad({filter: /.*/, namespace: name}, () => ({contents: by}));
}
