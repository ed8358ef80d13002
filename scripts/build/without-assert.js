/** Node's assertions take a millisecond of a start, and one package makes a single one of them. */
export const withoutAssert = {
	name: 'without-assert',
	expects: {
		'signal-exit/index.js': ["var assert = require('assert')", "assert.equal(typeof cb, 'function', "],
	},
	replaces: /^assert$/,
	by: `exports.equal = (value, wanted, message) => {
		if (value !== wanted) throw new TypeError(message);
	};`,
};
