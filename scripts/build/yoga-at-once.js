import fs from 'node:fs/promises';
import path from 'node:path';

const binary = 'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js';
const index = 'yoga-layout/dist/src/index.js';
const wasm = /"data:application\/octet-stream;base64,([\d+/A-Za-z]+=*)"/;

/**
 * Yoga makes its module of WebAssembly in the background: a screen would wait for that, and could not be a script. Its
 * loader also asks whether fetch exists, which loads Node's whole HTTP client, and decodes base64 byte by byte.
 */
export const yogaAtOnce = {
	name: 'yoga-at-once',
	expects: {
		[binary]: ['"data:application/octet-stream;base64,', 'if(h.instantiateWasm)try{return h.instantiateWasm(d,\na)}'],
		[index]: ['const Yoga = wrapAssembly(await loadYoga());\nexport default Yoga;'],
	},
	setup(builder) {
		builder.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, async ({path: file}) => ({
			contents: `const fetch = undefined;\n${(await fs.readFile(file, 'utf8')).replace(wasm, '""')}`,
		}));
		builder.onLoad({filter: /yoga-layout\/dist\/src\/index\.js$/}, async ({path: file}) => {
			const beside = path.join(path.dirname(file), '../binaries', path.basename(binary));
			const [, encoded] = wasm.exec(await fs.readFile(beside, 'utf8').catch(() => '')) ?? [];
			if (encoded === undefined) return undefined;
			const made = `const made = {
				instantiateWasm(imports, done) {
					const bytes = Buffer.from('${encoded}', 'base64');
					done(new WebAssembly.Instance(new WebAssembly.Module(bytes), imports));
					return {};
				},
			};
			loadYoga(made);
			export default wrapAssembly(made);`;
			const text = await fs.readFile(file, 'utf8');
			return {
				contents: text.replace(/const Yoga = .*\nexport default Yoga;/, () => made),
				resolveDir: path.dirname(file),
			};
		});
	},
};
