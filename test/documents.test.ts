import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {argumentsIn, outcome} from './helpers/usage.ts';

const pages = ['README.md', ...fs.readdirSync('docs').map(page => path.join('docs', page))];
const textOf = (page: string) => fs.readFileSync(page, 'utf8');

/** Lines that stand in a block of code, or are a line of code in a sentence. */
function commandsOf(text: string): readonly string[] {
	const blocks = [...text.matchAll(/^```\w*\n([^]*?)^```$/gm)].flatMap(([, block]) => block!.split('\n'));
	const inline = [...text.matchAll(/`(okx-keys [^\s`]+ [^`\n]+)`/g)].map(([, code]) => code!);
	return [...blocks, ...inline, ...text.split('\n').filter(line => line.startsWith('    '))]
		.filter(
			line =>
				/(?:^|[\s/])okx-keys (?:-|[a-z]+\b(?!\/))/.test(line) &&
				!/[<…]|^\s*(?:#|(?:Description|ReadWritePaths)=|\|)/.test(line),
		)
		.map(line => line.replace(/\\$/, ''));
}

test.each(pages)('every command line of %s is one of this program', async page => {
	for (const line of commandsOf(textOf(page))) expect(await outcome(...argumentsIn(line)), line).not.toContain(' | ');
});

test('the pages show most commands at work', () => {
	expect(pages.flatMap(page => commandsOf(textOf(page))).length).toBeGreaterThan(60);
});

test.each(pages)('every link of %s leads to a file and a heading that are there', page => {
	for (const [, target] of textOf(page)
		.replaceAll(/^```[^]*?^```$/gm, '')
		.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
		const [file, heading] = target!.split('#') as [string, string?];
		const linked = textOf(file === '' ? page : path.join(path.dirname(page), file));
		const headings = [...linked.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
			title!
				.toLowerCase()
				.replaceAll(/[^\w\s-]/g, '')
				.replaceAll(' ', '-'),
		);
		if (heading !== undefined) expect(headings, target).toContain(heading);
	}
});

test('the README ends within 8 kB, and leads to every page', () => {
	const readme = textOf('README.md');
	expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(8 * 1024);
	for (const page of pages.slice(1)) expect(readme).toContain(`](${page})`);
});
