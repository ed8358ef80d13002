import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Command, ParsedArguments} from '../../source/cli/command.ts';
import {globalOptions, type Globals} from '../../source/cli/global-options.ts';
import {valuesOf} from '../../source/cli/option.ts';
import {commands, hiddenCommands} from '../../source/commands/index.ts';
import {readPlainWords} from '../../source/parser/plain-words.ts';
import {programFor} from '../../source/parser/program.ts';
import {readRequest} from '../../source/parser/request.ts';

const all = [...commands, ...hiddenCommands];

/** What commander makes of a command line, or that it refuses it. */
async function byCommander(words: readonly string[], command: Command | undefined, passed: readonly string[]) {
	let read: {globals: Globals; given: Pick<ParsedArguments, 'operands' | 'options'>} | 'refused' = 'refused';
	const runner = {
		async fullScreen(globals: Globals) {
			read = {globals, given: {operands: [], options: {}}};
		},
		async command(globals: Globals, {operands, options}: ParsedArguments) {
			read = {globals, given: {operands, options}};
		},
	};
	await programFor(command, runner, passed)
		.parseAsync(words, {from: 'user'})
		.catch(() => {});
	return read;
}

/** A word for that option: most often as it is to be given. */
function optionWord({flags, choices}: {readonly flags: string; readonly choices?: readonly string[]}) {
	const [flag = '', label] = flags.split(' ');
	const value = choices === undefined ? fc.string() : fc.oneof(fc.constantFrom(...choices), fc.string());
	return label === undefined
		? fc.oneof({weight: 9, arbitrary: fc.constant(flag)}, {weight: 1, arbitrary: fc.constant(`${flag}=x`)})
		: fc.oneof(
				{weight: 9, arbitrary: value.map(text => `${flag}=${text}`)},
				{weight: 1, arbitrary: value.map(text => `${flag} ${text}`)},
			);
}

const operand = fc.oneof(fc.string(), fc.constantFrom('grid', '-', '--', '-x', '--nosuch', 'start', 'bash'));

const line = fc.constantFrom(...all, undefined).chain(command => {
	const own = Object.values(command?.options ?? {});
	const before = fc.constantFrom(...Object.values(globalOptions)).chain(optionWord);
	const after = fc.constantFrom(...Object.values(globalOptions), ...own).chain(optionWord);
	return fc.record({
		command: fc.constant(command),
		argv: fc
			.tuple(fc.array(before, {maxLength: 2}), fc.array(fc.oneof(after, operand), {maxLength: command ? 4 : 0}))
			.map(([first, last]) => first.concat(command ? [command.name] : [], last)),
	});
});

describe('the words of a command line', () => {
	test('that are read without commander are what commander reads', async () => {
		let plain = 0;
		await fc.assert(
			fc.asyncProperty(line, async ({command, argv}) => {
				const request = readRequest(argv);
				if (request.kind !== 'command' && request.kind !== 'full-screen') return;
				const passed = request.kind === 'command' ? request.passed : [];
				const read = readPlainWords(request.words, command, passed);
				if (!read) return;
				plain++;
				const {globals, operands, options} = read;
				expect(await byCommander(request.words, command, passed)).toEqual({
					globals: valuesOf(globalOptions, globals),
					given: {operands, options},
				});
			}),
			{numRuns: 2000},
		);
		expect(plain).toBeGreaterThan(200);
	});

	test.each([
		[['list']],
		[['--vault', 'x.json', 'list', 'perm:trade', '--sort', 'risk', '--json']],
		[['show', 'grid', '--key-file=k', '--reveal']],
		[['exec', 'grid', '--no-record', '--', 'env', '--json']],
		[['--sandbox']],
		[[]],
	])('%j are read without commander', argv => {
		const request = readRequest(argv);
		if (request.kind !== 'command' && request.kind !== 'full-screen') throw new Error(request.kind);
		const {command, passed} = request.kind === 'command' ? request : {command: undefined, passed: []};
		expect(readPlainWords(request.words, command, passed)).toBeDefined();
	});

	test.each([
		[['list', '--sort', 'nothing']],
		[['show']],
		[['show', '']],
		[['show', 'one', 'two']],
		[['show', '--', '-x']],
		[['--reveal', 'show', 'grid']],
		[['list', '--json', '--json']],
		[['list', '--trash=yes']],
		[['list', '--vault', '']],
		[['exec', 'grid']],
		[['exec', 'grid', '--nosuch', '--', 'env']],
	])('%j are left to commander', argv => {
		const request = readRequest(argv);
		if (request.kind !== 'command') throw new Error(request.kind);
		expect(readPlainWords(request.words, request.command, request.passed)).toBeUndefined();
	});
});
