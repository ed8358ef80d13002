import {CommanderError} from 'commander';
import {describe, expect, test} from 'vitest';
import {defineCommand, required, type ParsedArguments} from '../../source/cli/command.ts';
import {flag, text} from '../../source/cli/option.ts';
import {helpText, programFor} from '../../source/parser/program.ts';
import {asksFor, readRequest, repeatedGlobals} from '../../source/parser/request.ts';
import {usageError} from '../../source/parser/usage-errors.ts';
import {isAppError} from '../../source/core/errors.ts';
import {msg} from '../../source/language/translate.ts';

const launch = defineCommand({
	name: 'launch',
	summary: msg`run another program`,
	examples: [],
	operand: required('name'),
	options: {quiet: flag('--quiet', msg`say nothing`), into: text('--into <folder>', msg`where`)},
	passes: 'command',
	run: async () => 'ok',
});

/** The words that reach the command, or what is said against the line. */
async function outcome(...argv: readonly string[]): Promise<ParsedArguments | string> {
	const request = readRequest(argv, [launch]);
	if (request.kind !== 'command') return request.kind;
	let words: ParsedArguments | undefined;
	try {
		await programFor(
			request.command,
			{
				async fullScreen() {},
				async command(_, given) {
					words = given;
				},
			},
			request.passed,
		).parseAsync(request.words, {from: 'user'});
		return words!;
	} catch (error) {
		const told = error instanceof CommanderError ? usageError(error, launch) : error;
		if (!isAppError(told)) throw error;
		return `${told.message} | ${told.hint ?? ''}`;
	}
}

const seeUsage = 'Usage: okx-keys launch [options] <name> -- <command...>\nSee okx-keys --help.';

describe('the words after -- of a command that passes them on', () => {
	test.each(
		['--help', '-h', '--version', '-V', '--nagios', '--ascii', '--sandbox', '--quiet', '--into', '--nosuch=1', '--', '']
			.map(word => [word])
			.concat([
				['--into', 'there'],
				['curl', '--', 'x'],
				['curl', ''],
				['a b\n', '-'],
				['check', '--nagios'],
				['help'],
				['version'],
				['ls'],
			])
			.map(passed => ({passed})),
	)('reach it as they are, whatever they say: $passed', async ({passed}) => {
		expect(await outcome('launch', 'grid', '--', ...passed)).toEqual({operands: ['grid'], options: {}, passed});
	});

	test('decide nothing about this program', () => {
		const line = [
			'--vault',
			'v',
			'launch',
			'--quiet',
			'grid',
			'--',
			'--ascii',
			'--sandbox',
			'--vault',
			'w',
			'--nagios',
		];
		expect(readRequest(line, [launch])).toMatchObject({kind: 'command', flags: new Set(['--quiet'])});
		expect(asksFor('--ascii', line)).toBe(false);
		expect(repeatedGlobals(line)).toEqual([['--vault', 'v']]);
	});

	test('begin at the first -- that is not the value of an option', async () => {
		expect(await outcome('launch', '--into', '--', 'grid', '--', 'curl')).toMatchObject({
			operands: ['grid'],
			options: {into: '--'},
			passed: ['curl'],
		});
	});

	test.each([['--help'], ['-h']])('%s before them is still for this program', async word => {
		expect(await outcome('launch', 'grid', word, '--', 'curl')).toBe('help');
	});

	test.each([
		[['launch', 'grid'], `launch needs a command after --. | ${seeUsage}`],
		[['launch', 'grid', '--'], `launch needs a command after --. | ${seeUsage}`],
		[['launch', 'grid', 'curl', 'CANARY'], `launch takes one name, and its command comes after --. | ${seeUsage}`],
		[['launch', '--', 'curl'], `launch needs a name. | ${seeUsage}`],
		[
			['launch', '', '--', 'curl'],
			'launch needs a name, and was given an empty one. | Is the variable that should hold it empty?',
		],
		[
			['launch', 'grid', '--queit', '--', 'curl'],
			'Unknown option --queit. | Did you mean --quiet? See okx-keys --help.',
		],
	])('%j is told: %s', async (argv, said) => {
		expect(await outcome(...argv)).toBe(said);
	});

	test('are in its help', () => {
		expect(helpText(launch)).toMatch(/^Usage: okx-keys launch \[options\] <name> -- <command\.\.\.>\n/);
	});
});

test('of any other command, the words after -- are operands, and an empty name is refused', async () => {
	const request = readRequest(['show', '--', '']);
	if (request.kind !== 'command') throw new Error(request.kind);
	expect(request).toMatchObject({words: ['show', '--', ''], passed: []});
	await expect(
		programFor(request.command, {async fullScreen() {}, async command() {}}).parseAsync(request.words, {from: 'user'}),
	).rejects.toMatchObject({code: 'usage', message: 'show needs a name, and was given an empty one.'});
});
