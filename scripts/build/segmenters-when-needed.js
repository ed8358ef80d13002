import fs from 'node:fs/promises';

const atOnce = /^const (\w+) = (new Intl\.Segmenter\([^;\n]*\));$/m;

const ofWrapAnsi = 'wrap-ansi/index.js';
const ofSliceAnsi = 'slice-ansi/tokenize-ansi.js';
const ofInk = 'ink/build/line-update.js';
const ofTokenizer = '@alcalzone/ansi-tokenize/build/tokenize.js';
const files = [ofWrapAnsi, ofSliceAnsi, ofInk, ofTokenizer];

/** The first segmenter of a process takes 8 ms to make, and most of what is shown is ASCII. */
export const segmentersWhenNeeded = {
	name: 'segmenters-when-needed',
	expects: {
		[ofWrapAnsi]: ['\nconst segmenter = new Intl.Segmenter();\n'],
		[ofSliceAnsi]: ["\nconst GRAPHEME_SEGMENTER = new Intl.Segmenter(undefined, {granularity: 'grapheme'});\n"],
		[ofInk]: ["\nconst segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });\n"],
		[ofTokenizer]: ['\nconst segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });\n'],
	},
	setup(builder) {
		builder.onLoad({filter: /\/node_modules\//}, async ({path}) => {
			if (!files.some(file => path.endsWith(`/node_modules/${file}`))) return undefined;
			const text = await fs.readFile(path, 'utf8');
			const whenNeeded = 'let made; const $1 = {segment: text => (made ??= $2).segment(text)};';
			return {contents: text.replace(atOnce, whenNeeded)};
		});
	},
};
