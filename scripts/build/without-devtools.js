import fs from 'node:fs/promises';

const reconciler = 'ink/build/reconciler.js';
const waits = ["await import('./devtools.js');", 'const loaded = await loadPackageJson();'];

/** Ink waits for React's developer tools when DEV is set; the shipped program must not, and a script cannot. */
export const withoutDevtools = {
	name: 'without-devtools',
	expects: {[reconciler]: waits},
	setup(builder) {
		builder.onLoad({filter: /ink\/build\/reconciler\.js$/}, async ({path}) => {
			const text = await fs.readFile(path, 'utf8');
			return {contents: text.replace(waits[0], '').replace(waits[1], 'const loaded = {};')};
		});
	},
};
