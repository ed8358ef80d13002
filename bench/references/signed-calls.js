// What a client is given: where the exchange lies, the keys to test, and where its package is installed.
import fs from 'node:fs';

const [, , url, file, module] = process.argv;
export const baseUrl = url;
export const packagePath = module;
export const keys = JSON.parse(fs.readFileSync(file, 'utf8'));

/** Works on each, ten at a time. */
export async function inTens(items, work) {
	const left = [...items];
	await Promise.all(
		Array.from({length: 10}, async () => {
			for (let item = left.shift(); item; item = left.shift()) await work(item);
		}),
	);
}
