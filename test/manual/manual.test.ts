import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {commandGroups, commands, hiddenCommands} from '../../source/commands/index.ts';
import {globalOptions} from '../../source/cli/global-options.ts';
import {bashCompletion} from '../../source/manual/bash.ts';
import {fishCompletion} from '../../source/manual/fish.ts';
import {commandsIn, manualOf} from '../../source/manual/manual.ts';
import {manualPage} from '../../source/manual/roff.ts';
import {zshCompletion} from '../../source/manual/zsh.ts';
import {helpText} from '../../source/parser/program.ts';

const manual = manualOf(commandGroups);
const page = manualPage(manual);
/** The page as it reads, for comparing words. */
const read = page.replaceAll('\\-', '-').replaceAll('\\(aq', "'");

/** How a shell's script writes an option. */
const scripts = {
	bash: {text: bashCompletion(manual), written: (flag: string) => flag},
	zsh: {text: zshCompletion(manual), written: (flag: string) => `'*${flag}`},
	fish: {
		text: fishCompletion(manual),
		written: (flag: string) => (flag.startsWith('--') ? `-l ${flag.slice(2)} ` : `-s ${flag.slice(1)} `),
	},
};

function wordsOf(flags: string): readonly string[] {
	return flags.match(/(?<![\w-])--?[\w-]+/g) ?? [];
}

test.each(commands.map(command => [command.name, command] as const))(
	'%s and its options are in the help, in the manual page and in what every shell completes',
	(name, command) => {
		const help = helpText(command);
		expect(helpText()).toMatch(new RegExp(String.raw`^  ${name}[ ,]`, 'm'));
		const section = read.slice(read.indexOf(`.BI "${name}`), read.indexOf('.SH OPTIONS'));
		for (const {text} of Object.values(scripts)) expect(text).toMatch(new RegExp(String.raw`(^|[\s'|])${name}\b`, 'm'));
		for (const {flags} of Object.values(command.options))
			for (const flag of wordsOf(flags)) {
				expect(help).toContain(flag);
				expect(section).toContain(flag);
				for (const {text, written} of Object.values(scripts))
					expect(
						text
							.split('\n')
							.some(line => new RegExp(String.raw`\b${name}\b`).test(line) && line.includes(written(flag))),
						`${name} ${flag} in ${written(flag)}`,
					).toBe(true);
			}
	},
);

test('every option of the program is in the help, in the manual page and in what every shell completes', () => {
	for (const {flags} of [...Object.values(globalOptions), {flags: '-h, --help'}, {flags: '-V, --version'}])
		for (const flag of wordsOf(flags)) {
			expect(helpText()).toContain(flag);
			expect(read.slice(read.indexOf('.SH OPTIONS'))).toContain(flag);
			for (const {text, written} of Object.values(scripts)) expect(text).toContain(written(flag));
		}
});

test('what the scripts themselves ask is in no help, page or list of commands', () => {
	expect(hiddenCommands.map(({name}) => name)).toEqual(['__complete']);
	expect(helpText() + page).not.toContain('__complete');
	expect(commandsIn(manual).flatMap(({names}) => names)).not.toContain('__complete');
});

test('the manual page has every exit status, variable and example', () => {
	for (const word of ['.B 0\n', '.B 127\n', 'OKX_KEYS_VAULT', 'vault.json', '--sandbox create grid'])
		expect(read).toContain(word);
	expect(page).toMatch(/^[\n -~]*$/);
});

test('the manual page has every variable that a person can set', () => {
	const internal = new Set(['OKX_KEYS_VERSION', 'OKX_KEYS_UNLOCK_FRAMES', 'OKX_KEYS_IGNORED', 'OKX_KEYS_OPEN_FILES']);
	const named = fs
		.readdirSync('source', {recursive: true, encoding: 'utf8'})
		.filter(file => /\.tsx?$/.test(file) && !file.startsWith('manual/'))
		.flatMap(file => fs.readFileSync(path.join('source', file), 'utf8').match(/\bOKX_KEYS_[A-Z_]*[A-Z]\b/g) ?? []);
	expect(new Set(named).size).toBeGreaterThan(4);
	expect([...new Set(named)].filter(name => !internal.has(name) && !read.includes(`.B ${name}\n`))).toEqual([]);
});

describe('the manual page is read without a warning', () => {
	for (const [reader, words] of [
		['groff', ['-man', '-ww', '-z']],
		['mandoc', ['-T', 'lint', '-W', 'error']],
	] as const)
		test.skipIf(spawnSync(reader, ['--version']).error !== undefined)(`by ${reader}`, () => {
			const {status, stdout, stderr} = spawnSync(reader, words, {input: page, encoding: 'utf8'});
			expect({status, stdout, stderr}).toEqual({status: 0, stdout: '', stderr: ''});
		});
});

describe('a shell reads its script without an error', () => {
	for (const [shell, {text}] of Object.entries(scripts))
		test.skipIf(spawnSync(shell, ['--version']).status !== 0)(shell, () => {
			const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-script-'));
			onTestFinished(() => {
				fs.rmSync(folder, {recursive: true});
			});
			fs.writeFileSync(path.join(folder, 'script'), text);
			const {status, stderr} = spawnSync(shell, ['-n', path.join(folder, 'script')], {encoding: 'utf8'});
			expect({status, stderr}).toEqual({status: 0, stderr: ''});
		});
});
