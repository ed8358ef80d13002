/** Modules that a start loads anyway, and whose default export is called, extended or listened to. */
const alwaysLoaded = /^node:(events|stream|process|assert)$/;

const lazy = path => `
	let loaded;
	module.exports = Object.create(new Proxy({}, {
		get: (_, name) => (loaded ??= require('${path}'))[name],
		has: (_, name) => name in (loaded ??= require('${path}')),
	}));`;

/**
 * Loads each of Node's own modules when it is first needed. The import of `node:http` alone loads Node's whole HTTP
 * client, since an ES module is given each of its exports by value; here it is given an object that asks for them.
 */
export const builtinsWhenNeeded = {
	name: 'builtins-when-needed',
	expects: {},
	setup(builder) {
		let isUsed = false;
		builder.onResolve({filter: /^node:/}, ({path, namespace}) =>
			namespace === 'builtin' ? {path, external: true} : {path, namespace: 'builtin'},
		);
		builder.onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => {
			isUsed = true;
			if (alwaysLoaded.test(path)) return {contents: `module.exports = require('${path}');`};
			// An object that asks for members cannot be called.
			if (typeof process.getBuiltinModule(path) === 'function')
				return {errors: [{text: `${path} is a function: add it to alwaysLoaded, or import what it exports by name`}]};
			return {contents: lazy(path)};
		});
		builder.onEnd(() => (isUsed ? undefined : {errors: [{text: 'no module is imported as node:*'}]}));
	},
};
