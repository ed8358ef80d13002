// Starts the program with the words it is given, and in the end writes to the file of its first word what was loaded.
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [program, report, ...words] = process.argv.slice(2);
const dist = pathToFileURL(path.resolve(path.dirname(program), '../dist')).href;
const files = [];
module.registerHooks({
	load(url, context, next) {
		if (url.startsWith(dist)) files.push(url.slice(dist.length + 1));
		return next(url, context);
	},
});
process.on('exit', () => {
	// What the program loads by itself, to keep its code, no hook is told of.
	const scripts = Object.keys(module._cache).filter(file => pathToFileURL(file).href.startsWith(dist));
	files.push(...scripts.map(file => path.basename(file)));
	const builtins = process.moduleLoadList.map(name => name.replace('NativeModule ', ''));
	fs.writeFileSync(report, JSON.stringify({files: [...new Set(files)], builtins}));
});
process.argv = [process.argv[0], program, ...words];
await import(pathToFileURL(program).href);
