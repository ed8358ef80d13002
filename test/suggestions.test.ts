import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {commands} from '../source/commands/index.ts';

/** The function that spells them. */
const exempt = new Set(['core/invocation.ts']);

/** The examples of the help, in which nothing is meant for one run. */
const examples = /(?:\bexamples: |programExamples: [^=]*= )\[[^]*?\](?:,|;)\n/g;

/** The source without its comments and the examples of the help. */
function codeOf(text: string): string {
	return text
		.replaceAll(examples, '')
		.split('\n')
		.filter(line => !/^\s*(\/\/|\/?\*)/.test(line))
		.join('\n');
}

test('suggested-command-for-another-vault: no sentence of the program spells a command of its own', () => {
	const names = commands
		.map(({name}) => name)
		.toSorted((left, right) => right.length - left.length)
		.join('|');
	const spelled = new RegExp(String.raw`okx-keys (?:--\S+ )*(?:${names}|--help)\b.{0,40}`, 'g');
	expect('Run okx-keys list to see').toMatch(spelled);
	const found = fs
		.readdirSync('source', {recursive: true, encoding: 'utf8'})
		.filter(file => /\.tsx?$/.test(file) && !exempt.has(file))
		.flatMap(file =>
			(codeOf(fs.readFileSync(path.join('source', file), 'utf8')).match(spelled) ?? []).map(
				words => `${file}: ${words}`,
			),
		);
	expect(found).toEqual([]);
});
