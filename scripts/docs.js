// Writes the generated parts of the documents; --check only compares them.
import fs from 'node:fs/promises';
import {globalOptions} from '../source/cli/global-options.ts';
import {commandGroups} from '../source/commands/index.ts';
import {settingNames, settingOf} from '../source/core/settings/table.ts';
import {exits} from '../source/core/exit-status.ts';
import {dialects} from '../source/formats/env-dialects.ts';
import {formatNames, formats} from '../source/formats/index.ts';
import {variables} from '../source/manual/surroundings.ts';
import {flavours} from '../source/formats/flavours.ts';
import {keymapTable} from '../source/ui/keyboard/keymap-table.ts';
import {mapOf, readImports} from './map.js';

const row = cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (headings, rows) => [row(headings), row(headings.map(() => '---')), ...rows.map(row)].join('\n');

const sentence = text => `${text[0].toUpperCase()}${text.slice(1)}.`;
const optionTable = options =>
	table(
		['option', 'does'],
		options.map(({flags, summary}) => [`\`${flags}\``, summary()]),
	);
const shell = lines => `\`\`\`sh\n${lines.join('\n')}\n\`\`\``;

function section({title, commands}) {
	return [`## ${title()}`, ...commands.map(reference)].join('\n\n');
}

function reference({name, operands, options, passes, summary, examples}) {
	const usage = [name, operands, passes && `-- <${passes}...>`].filter(Boolean).join(' ');
	return [
		`### \`${usage}\``,
		sentence(summary()),
		...(Object.keys(options).length > 0 ? [optionTable(Object.values(options))] : []),
		...(examples.length > 0 ? [shell(examples.map(line => line()))] : []),
	].join('\n\n');
}

const {picture, problems} = mapOf(readImports('source'));

const documents = {
	'docs/keys.md': {keys: keymapTable()},
	'docs/settings.md': {
		settings: table(
			['setting', 'default', 'values', 'means'],
			settingNames.map(name => {
				const {kind, usual, about} = settingOf(name);
				return [`\`${name}\``, `\`${kind.format(usual)}\``, kind.allowed(), about()];
			}),
		),
	},
	'docs/commands.md': {
		commands: commandGroups.map(section).join('\n\n'),
		options: optionTable(Object.values(globalOptions)),
		variables: table(
			['variable', 'holds'],
			variables.map(([name, about]) => [
				name
					.split(', ')
					.map(word => `\`${word}\``)
					.join(', '),
				about(),
			]),
		),
		exits: table(
			['status', 'means'],
			Object.values(exits).map(({status, means, covers}) => [
				String(status),
				covers ? `${means()}: ${covers()}` : means(),
			]),
		),
	},
	'docs/bots.md': {
		flavours: table(
			['flavour', 'for', 'variables'],
			Object.entries(flavours).map(([name, {about, variables}]) => [
				`\`${name}\``,
				about(),
				Object.keys(variables)
					.map(variable => `\`${variable}\``)
					.join(', ') || 'none of its own',
			]),
		),
		dialects: table(
			['`--dialect`', 'read by'],
			Object.entries(dialects).map(([name, {about}]) => [`\`${name}\``, about()]),
		),
	},
	'docs/import.md': {
		formats: table(
			['format', 'file', 'import', 'export'],
			formatNames.map(name => {
				const {about, parse, print} = formats[name];
				return [`\`${name}\``, about(), parse ? 'yes' : '', print ? 'yes' : ''];
			}),
		),
	},
	'CONTRIBUTING.md': {map: `\`\`\`text\n${picture}\n\`\`\``},
};

for (const [document, parts] of Object.entries(documents)) {
	const before = await fs.readFile(document, 'utf8');
	let after = before;
	for (const [name, text] of Object.entries(parts)) {
		const marks = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
		if (!marks.test(after)) throw new Error(`${document} has no place marked for ${name}`);
		after = after.replace(marks, (_, start, end) => `${start}${text}\n${end}`);
	}

	if (!process.argv.includes('--check')) await fs.writeFile(document, after);
	else if (after !== before)
		problems.push(`${document} differs from what the program does; npm run docs writes it anew.`);
}

if (problems.length > 0) {
	console.error(problems.join('\n'));
	process.exitCode = 1;
}
