import {afterEach, describe, expect, test} from 'vitest';
import {programExamples} from '../../source/cli/global-options.ts';
import {commands} from '../../source/commands/index.ts';
import {repeatGlobalOptions, setOwnCommand} from '../../source/core/invocation.ts';
import {helpText} from '../../source/parser/program.ts';
import {argumentsIn, outcome} from '../helpers/usage.ts';

afterEach(() => {
	repeatGlobalOptions([]);
	setOwnCommand(undefined);
});

describe('help', () => {
	test('names every command in a group, and a few things to try', () => {
		const text = helpText();
		for (const {name} of commands) expect(text).toMatch(new RegExp(String.raw`^  ${name}[ ,]`, 'm'));
		for (const heading of ['Start:', 'Keys:', 'Test and watch:', 'Move keys:', 'Vault:', 'Examples:'])
			expect(text).toContain(`\n${heading}\n`);
		expect(text).toContain('list, ls ');
	});

	test('shows examples of every command, and each of them is a command line of this program', async () => {
		for (const command of commands) expect(helpText(command), command.name).toContain('\nExamples:\n  okx-keys ');
		const lines = [...programExamples, ...commands.flatMap(({examples}) => examples)].map(line => line());
		for (const line of lines) {
			expect(await outcome(...argumentsIn(line)), line).not.toContain(' | ');
		}
	});

	test('of a command shows how it is used and does not repeat the options of the program', () => {
		const text = helpText(commands.find(({name}) => name === 'create'));
		expect(text).toMatch(/^Usage: okx-keys create \[options\] <name>\n/);
		expect(text).toContain('\nExamples:\n  okx-keys --sandbox create ');
		expect(text).toContain('see okx-keys --help.');
		expect(text).not.toContain('--passphrase-fd');
	});
});
