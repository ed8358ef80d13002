/** Ink asks for React's developer tools when DEV is set; the shipped program must not. */
export const withoutDevtools = {
	name: 'without-devtools',
	expects: {
		'ink/build/devtools.js': ["import devtools from 'react-devtools-core';"],
	},
	replaces: /^react-devtools-core$/,
	by: 'export default {};',
};
