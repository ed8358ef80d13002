/** A start loads these anyway, and their default exports are called, extended or listened to. */
const alwaysLoaded = /^node:(events|stream|process|assert|module)$/;

/** Not by require(), which first sets up Node's loader of CommonJS. */
const builtin = path => `process.getBuiltinModule('${path}')`;

const lazy = path => `
	let loaded;
	module.exports = Object.create(new Proxy({}, {
		get: (_, name) => (loaded ??= ${builtin(path)})[name],
		has: (_, name) => name in (loaded ??= ${builtin(path)}),
	}));`;

/** With its exports by name: of a CommonJS module, a bundle copies all of them for each importer. */
function alwaysThere(path) {
	const loaded = process.getBuiltinModule(path);
	const names = Object.entries(Object.getOwnPropertyDescriptors(loaded))
		.filter(([name, {value}]) => value !== undefined && /^[A-Za-z]\w*$/.test(name) && name !== 'default')
		.map(([name]) => name);
	return `const loaded = ${builtin(path)};
		const member = name => loaded[name];
		export default loaded;
		export const ${names.map(name => `${name} = /* @__PURE__ */ member('${name}')`).join(', ')};`;
}

/**
 * Loads each built-in module on first use. An ES module reads all exports of what it imports, so that `node:http` alone
 * would load Node's whole HTTP client.
 */
export const builtinsWhenNeeded = {
	name: 'builtins-when-needed',
	expects: {},
	setup(builder) {
		let isUsed = false;
		builder.onResolve({filter: /^node:/}, ({path, kind}) => ({
			path,
			namespace: alwaysLoaded.test(path) && kind !== 'require-call' ? 'builtin-always' : 'builtin',
		}));
		builder.onLoad({filter: /.*/, namespace: 'builtin-always'}, ({path}) => {
			isUsed = true;
			return {contents: alwaysThere(path)};
		});
		builder.onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => {
			isUsed = true;
			if (alwaysLoaded.test(path)) return {contents: `module.exports = ${builtin(path)};`};
			// The lazy object cannot be called.
			if (typeof process.getBuiltinModule(path) === 'function')
				return {errors: [{text: `${path} is a function: add it to alwaysLoaded, or import what it exports by name`}]};
			return {contents: lazy(path)};
		});
		builder.onEnd(() => (isUsed ? undefined : {errors: [{text: 'no module is imported as node:*'}]}));
	},
};
