import fs from 'node:fs/promises';

/** Asking whether fetch exists loads Node's whole HTTP client: 30 ms before the first frame. */
export const yogaWithoutFetch = {
	name: 'yoga-without-fetch',
	expects: {
		'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js': ['"function"!=typeof fetch'],
	},
	setup(builder) {
		builder.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, async ({path}) => ({
			contents: `const fetch = undefined;\n${await fs.readFile(path, 'utf8')}`,
		}));
	},
};
