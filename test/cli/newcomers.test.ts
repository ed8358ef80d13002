import {afterEach, describe, expect, test} from 'vitest';
import {oneWord} from '../../source/cli/command.ts';
import {typeOption} from '../../source/cli/options.ts';
import {repeatGlobalOptions, setOwnCommand} from '../../source/core/invocation.ts';
import {isAppError} from '../../source/core/errors.ts';
import {readRequest, repeatedGlobals} from '../../source/parser/request.ts';
import {outcome} from '../helpers/usage.ts';

afterEach(() => {
	repeatGlobalOptions([]);
	setOwnCommand(undefined);
});

test.each([
	[[], 'full screen'],
	[['--sandbox'], 'full screen'],
	[['-h'], 'help'],
	[['--help'], 'help'],
	[['help'], 'help'],
	[['--sandbox', 'help'], 'help'],
	[['test', '-h'], 'help test'],
	[['--help', 'test'], 'help test'],
	[['-h', 'test'], 'help test'],
	[['help', 'test'], 'help test'],
	[['help', 'ls'], 'help list'],
	[['help', 'help'], 'help'],
	[['help', 'version'], 'help'],
	[['show', 'x', '--help'], 'help show'],
	[['-V'], 'version'],
	[['-v'], 'version'],
	[['--version'], 'version'],
	[['version'], 'version'],
	[['list', '--version'], 'version'],
	[['--sandbox', '-V'], 'version'],
	[['ls'], 'list {}'],
	[['ls', '--json'], 'list {"json":true}'],
	[['rm', 'grid', '--yes'], 'remove grid {"yes":true}'],
	[['get', 'grid'], 'show grid {}'],
	[['--sandbox', 'unlock', '--idle', '1h'], 'agent {"sandbox":true,"idle":"1h"}'],
	[['lock'], 'agent lock {}'],
	[['show', '--', '-x'], 'show -x {}'],
	[['edit', '--env', 'demo', '--', '-x'], 'edit -x {"environment":"demo"}'],
	// What follows an option that takes a value is that value, and `--` ends the options.
	[['--vault', '--help', 'list'], 'list {"vault":"--help"}'],
	[['show', '--', '--help'], 'show --help {}'],
	[['edit', 'x', '--description', '--version'], 'edit x {"description":"--version"}'],
])('%j comes to %s', async (argv, expected) => {
	expect(await outcome(...argv)).toBe(expected);
});

test.each([
	[['lst'], 'lst is not a command. | Did you mean list? See okx-keys --help.'],
	[['help', 'shwo'], 'shwo is not a command. | Did you mean show? See okx-keys --help.'],
	[['hlep', 'list'], 'hlep is not a command. | Did you mean help? See okx-keys --help.'],
	[['verison'], 'verison is not a command. | Did you mean version? See okx-keys --help.'],
	[['--help', 'nosuch'], 'nosuch is not a command. | See okx-keys --help.'],
	[['config'], 'config is not a command. | Did you mean okx-keys settings?'],
	[['run', 'grid'], 'run is not a command. | Did you mean okx-keys exec NAME -- COMMAND?'],
	[['help', 'rename'], 'rename is not a command. | Did you mean okx-keys edit NAME --name NEW?'],
	[['--sandbox', 'keys'], 'keys is not a command. | Did you mean okx-keys --sandbox list?'],
	[
		['status'],
		'status is not a command. | okx-keys agent status says whether commands find the vault open; okx-keys list ' +
			'says how the keys are.',
	],
	[['--list'], 'Unknown option --list. | list is a command: okx-keys list.'],
	[['--versoin'], 'Unknown option --versoin. | Did you mean --version? See okx-keys --help.'],
	[['show', 'x', '--hepl'], 'Unknown option --hepl. | Did you mean --help? See okx-keys show --help.'],
	[[''], 'The name of the command is empty. | Is the variable that should hold it empty?'],
	[
		['delete', 'x'],
		'delete is not a command. | okx-keys revoke NAME deletes a key on the exchange; okx-keys remove NAME ' +
			'only takes it out of this vault.',
	],
	[
		['new'],
		'new is not a command. | okx-keys create NAME makes a key; okx-keys add NAME stores one that was made ' +
			'on the exchange’s page.',
	],
	[
		['--sandbox', 'generate'],
		'generate is not a command. | okx-keys --sandbox create NAME makes a key; okx-keys --sandbox add NAME ' +
			'stores one that was made on the exchange’s page.',
	],
	[
		['login'],
		'login is not a command. | There is no login: make a vault with okx-keys init, then okx-keys add NAME ' +
			'or okx-keys create NAME.',
	],
	[['stop'], 'stop is not a command. | Did you mean okx-keys agent stop?'],
	[['toString'], 'toString is not a command. | See okx-keys --help.'],
	[
		['--sandbox=true', 'list'],
		'--sandbox takes no value. | Usage: okx-keys list [options] [words...]\nSee okx-keys list --help.',
	],
	[['list', '--format', 'json'], 'Unknown option --format. | Did you mean --json? See okx-keys list --help.'],
	[['list', '-j'], 'Unknown option -j. | Did you mean --json? See okx-keys list --help.'],
	[['list', '--jsn'], 'Unknown option --jsn. | Did you mean --json? See okx-keys list --help.'],
	[['list', '-phunter2'], 'Unknown option -p. | Usage: okx-keys list [options] [words...]\nSee okx-keys list --help.'],
	[['list', '-éhunter2'], 'Unknown option -é. | Usage: okx-keys list [options] [words...]\nSee okx-keys list --help.'],
	[['test', '-a'], 'Unknown option -a. | Did you mean --all? See okx-keys test --help.'],
	[
		['--name', 'x', 'edit', 'y'],
		'--name is an option of edit and comes after it. | Usage: okx-keys edit [options] <names...>\nSee ' +
			'okx-keys edit --help.',
	],
	[['slots', 'extra'], 'slots takes only options. | Usage: okx-keys slots [options]\nSee okx-keys slots --help.'],
	[
		['list', '--sort', 'size'],
		'--sort takes name, risk, last-test, days-left, age or tag. | Usage: okx-keys list [options] [words...]\nSee ' +
			'okx-keys list --help.',
	],
	[['show'], 'show needs a name. | Usage: okx-keys show [options] <name>\nSee okx-keys show --help.'],
	[
		['remove-slot'],
		'remove-slot needs an id. | Usage: okx-keys remove-slot [options] <id>\nSee okx-keys remove-slot --help.',
	],
	[
		['show', 'my', 'key'],
		'show takes one name, and 2 were given. A name with spaces needs quotes. | Usage: okx-keys show ' +
			'[options] <name>\nSee okx-keys show --help.',
	],
	[
		['export', '--all', '--format', 'yaml'],
		'--format takes json, freqtrade, ccxt, okx-cli, env, python-okx or age. | Usage: okx-keys export [options] ' +
			'[names...]\nSee okx-keys export --help.',
	],
	[
		['add', 'x', '--env', 'test'],
		'--env takes live or demo. | Usage: okx-keys add [options] <name>\nSee okx-keys add --help.',
	],
	[['list', '--vault'], '--vault needs a file. | Usage: okx-keys list [options] [words...]\nSee okx-keys list --help.'],
	[['show', ''], 'show needs a name, and was given an empty one. | Is the variable that should hold it empty?'],
	[['test', 'a', ''], 'test needs a name, and was given an empty one. | Is the variable that should hold it empty?'],
])('%j is told what to say instead: %s', async (argv, expected) => {
	expect(await outcome(...argv)).toBe(expected);
});

test('secret-repeated-from-argv: no value and no extra word is repeated', async () => {
	for (const argv of [
		['list', '--api-key=CANARY'],
		['list', '--secret', 'CANARY'],
		['add', 'x', 'CANARY'],
		['add', 'x', '--env', 'CANARY'],
		['--passphrase=CANARY', 'list'],
	]) {
		const said = await outcome(...argv);
		expect(said, argv.join(' ')).toMatch(/See okx-keys/);
		expect(said).not.toContain('CANARY');
	}
});

test.each([
	['own', 'api'],
	['api', 'api'],
	['third-party', 'app'],
	['app', 'app'],
	[undefined, undefined],
] as const)('a type may be said as the exchange’s page says it: %s is %s', (type, expected) => {
	expect(typeOption.read(type)).toBe(expected);
});

test.each([
	['lokc', 'There is no action called lokc. | Did you mean lock? It is one of start, lock.'],
	['dance', 'There is no action called dance. | It is one of start, lock.'],
	['', 'There is no action called “”. | It is one of start, lock.'],
])('%j is not one of the words that an operand may be: %s', (word, expected) => {
	try {
		oneWord('action', ['start', 'lock'], 'start').read([word]);
		expect.unreachable();
	} catch (error) {
		if (!isAppError(error)) throw error;
		expect(`${error.message} | ${error.hint}`).toBe(expected);
	}
});

test('an empty word is refused only where it names something', async () => {
	expect(await outcome('agent', '')).toBe('agent  {}');
	expect(await outcome('edit', 'x', '--description', '')).toBe('edit x {"description":""}');
});

describe('argv-includes-decides: whether a monitoring program asks', () => {
	const asks = (...argv: string[]) => {
		const request = readRequest(argv);
		return request.kind === 'command' && request.command.name === 'check' && request.flags.has('--nagios');
	};

	test.each([
		[['check', '--nagios']],
		[['--sandbox', 'check', 'x', '--nosuch', '--nagios']],
		[['check', '--nagios', '--policy', '']],
	])('%j does', argv => {
		expect(asks(...argv)).toBe(true);
	});

	test.each([
		[['show', 'check', '--nagios']],
		[['check', '--', '--nagios']],
		[['check', '--policy', '--nagios']],
		[['export', 'check', '--output', '--nagios']],
	])('%j does not', argv => {
		expect(asks(...argv)).toBe(false);
	});
});

test('the options that lead to the same vault are repeated, and no other', () => {
	expect(
		repeatedGlobals([
			'--sandbox',
			'list',
			'--json',
			'--vault=a b',
			'--key-file',
			'k',
			'--passphrase-fd',
			'3',
			'--readonly',
			'--fault',
			'50113',
		]),
	).toEqual([['--sandbox'], ['--vault', 'a b'], ['--key-file', 'k']]);
	expect(repeatedGlobals(['edit', 'x', '--description', '--sandbox', '--', '--vault', 'y'])).toEqual([]);
});
