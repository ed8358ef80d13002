// Writes the parts of the README that the program knows itself; with --check it only says whether they are true.
import fs from 'node:fs/promises';
import {commands, globalOptions} from '../source/commands/index.ts';
import {exits} from '../source/core/exit-status.ts';
import {keymapTable} from '../source/ui/keyboard/keymap-table.ts';

const row = cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (headings, rows) => [row(headings), row(headings.map(() => '---')), ...rows.map(row)].join('\n');

const parts = {
	keys: keymapTable(),
	commands: table(
		['command', 'does'],
		commands.map(({name, operands, options, summary}) => [
			`\`${[name, operands, ...(options ?? []).map(({flags}) => `[${flags}]`)].filter(Boolean).join(' ')}\``,
			summary,
		]),
	),
	options: table(
		['option', 'does'],
		globalOptions.map(({flags, summary}) => [`\`${flags}\``, summary]),
	),
	exits: table(
		['status', 'means'],
		Object.values(exits).map(({status, means}) => [String(status), means]),
	),
};

const before = await fs.readFile('README.md', 'utf8');
let after = before;
for (const [name, text] of Object.entries(parts)) {
	const marks = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
	if (!marks.test(after)) throw new Error(`README.md has no place marked for ${name}`);
	after = after.replace(marks, (_, start, end) => `${start}${text}\n${end}`);
}

if (process.argv.includes('--check')) {
	if (after !== before) {
		console.error('README.md differs from what the program does; npm run docs writes it anew.');
		process.exitCode = 1;
	}
} else {
	await fs.writeFile('README.md', after);
}
