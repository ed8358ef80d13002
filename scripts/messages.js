// The sentences of source/ for translators. Without arguments: an empty file for source/language/. With --check: what
// is wrong with a language's file in source/language/, or with all that source/language/languages.ts names.
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {parseAst} from 'vitest/node';
import {languages} from '../source/language/languages.ts';
import {messageId} from '../source/language/translate.ts';

const tags = new Set(['t', 'msg']);

/** Every sentence with the first file that has it. */
export function messagesOf(folder) {
	const messages = new Map();
	const files = fs.readdirSync(folder, {recursive: true}).filter(file => /\.tsx?$/.test(file));
	for (const file of files.toSorted((left, right) => (left < right ? -1 : 1))) {
		const visit = node => {
			if (typeof node !== 'object' || node === null) return;
			if (node.type === 'TaggedTemplateExpression' && tags.has(node.tag.name)) {
				const id = messageId(node.quasi.quasis.map(({value}) => value.cooked));
				if (!messages.has(id)) messages.set(id, file);
			}
			for (const child of Object.values(node)) visit(child);
		};
		visit(parseAst(fs.readFileSync(path.join(folder, file), 'utf8'), {lang: path.extname(file).slice(1)}));
	}
	return messages;
}

export function templateOf(messages) {
	const files = Map.groupBy(messages, ([, file]) => file);
	const entries = [...files].flatMap(([file, found]) =>
		[`// ${file}`].concat(found.map(([id]) => `${literal(id)}: '',`)),
	);
	return `export default {\n${entries.map(line => `\t${line}\n`).join('')}};\n`;
}

/** A string in the style of the source. */
function literal(text) {
	return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

const placeholders = text => new Set(text.match(/\{\d+\}/g));

/** One line for everything that a translation lacks or has too much. */
export function problemsIn(translations, messages) {
	const missing = [...messages].filter(([id]) => !translations[id]).map(([id, file]) => `missing (${file}): ${id}`);
	const others = Object.entries(translations).flatMap(([id, text]) => {
		if (!messages.has(id)) return `not in the source: ${id}`;
		if (text === '') return [];
		const [wanted, given] = [placeholders(id), placeholders(text)];
		const lacks = wanted.difference(given);
		const unknown = given.difference(wanted);
		return Array.from(lacks, one => `lacks ${one}: ${id}`).concat(
			Array.from(unknown, one => `has ${one}, which has no value: ${id}`),
		);
	});
	return [...missing, ...others];
}

async function problemsOf(name, load, messages) {
	const {default: translations} = await load();
	return problemsIn(translations, messages).map(problem => `${name}: ${problem}`);
}

if (import.meta.main) {
	const messages = messagesOf('source');
	const [option, file] = process.argv.slice(2);
	if (option === '--check') {
		const chosen =
			file === undefined ? languages : {[file]: async () => import(pathToFileURL(path.resolve(file)).href)};
		const problems = await Promise.all(
			Object.entries(chosen).map(async ([name, load]) => problemsOf(name, load, messages)),
		);
		if (problems.flat().length > 0) {
			console.error(problems.flat().join('\n'));
			process.exitCode = 1;
		}
	} else if (option === undefined) process.stdout.write(templateOf(messages));
	else {
		console.error('Give nothing, --check or --check FILE.');
		process.exitCode = 2;
	}
}
