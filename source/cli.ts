import path from 'node:path';
import {Command as Program, CommanderError, Option as ProgramOption} from 'commander';
import {agentWord} from './agent/place.ts';
import {failed, states} from './commands/check/nagios.ts';
import type {Command, Io, Option, Words} from './commands/command.ts';
import {commands, globalOptions} from './commands/index.ts';
import {compose, type Wanted} from './compose.ts';
import {clean} from './core/text.ts';
import {AppError, exits, isAppError, type Exit} from './errors.ts';
import {isFetchProxied} from './exchange/proxy.ts';
import {harden} from './io/harden.ts';
import {processIo} from './io/io.ts';
import {defaultVaultPath, seenPath} from './io/paths.ts';
import type {Opener} from './vault/vault.ts';

declare const OKX_KEYS_VERSION: string;

type Globals = {
	readonly vault?: string;
	readonly passphraseFile?: string;
	readonly passphraseFd?: string;
	readonly keyFile?: string;
	readonly sandbox?: boolean;
	readonly readonly?: boolean;
	readonly fault?: string;
	readonly ascii?: boolean;
	readonly color?: boolean;
	readonly json?: boolean;
};

function wantedOf(globals: Globals): Wanted {
	const sandbox = globals.sandbox === true;
	if (globals.fault !== undefined && !sandbox) throw new AppError('usage', {problem: 'Only the sandbox can rehearse a failure.', hint: 'Give --sandbox with --fault.'});
	const given = globals.vault ?? process.env['OKX_KEYS_VAULT'];
	const vaultPath = given === undefined || given === '' ? defaultVaultPath(process.env, sandbox) : path.resolve(given);
	return {vaultPath, sandbox, readonly: globals.readonly === true, seenPath: seenPath(process.env), sshSocket: process.env['SSH_AUTH_SOCK'] || undefined, environment: process.env, isFetchProxied: isFetchProxied(process.env, process.execArgv), fault: globals.fault};
}

function ioOf({json = false, passphraseFile, passphraseFd, keyFile}: Globals): Io {
	// Whoever names one way on the command line does not mean the one in the environment.
	const isNamed = passphraseFile !== undefined || passphraseFd !== undefined || keyFile !== undefined;
	const inherited = (name: string) => isNamed ? undefined : process.env[name] || undefined;
	return processIo({json, passphraseFd, passphraseFile: passphraseFile ?? inherited('OKX_KEYS_PASSPHRASE_FILE'), keyFile: keyFile ?? inherited('OKX_KEYS_KEY_FILE')});
}

/** Without a command: the full screen, where there is a terminal. */
async function fullScreen(globals: Globals): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY) throw new AppError('no-terminal');
	const opener = openerOf(ioOf(globals));
	const {context, dispose} = await compose(wantedOf(globals));
	try {
		const {runApp} = await import('./ui/run.tsx');
		return await runApp(context, {ascii: globals.ascii === true, color: hasColor(globals), opener});
	} finally {
		await dispose();
	}
}

/** What the command line or the environment gives to open the vault with. */
function openerOf({givenPassphrase, givenKeyFile}: Io): Opener | undefined {
	const passphrase = givenPassphrase();
	const keyFile = passphrase ? undefined : givenKeyFile();
	return passphrase ? {passphrase} : keyFile && {keyFile};
}

function hasColor({color}: Globals): boolean {
	return color !== false && !process.env['NO_COLOR'] && process.env['FORCE_COLOR'] !== '0' && process.env['TERM'] !== 'dumb';
}

async function runCommand(command: Command, globals: Globals, operands: readonly string[], options: Words['options']): Promise<number> {
	const io = ioOf(globals);
	const {context, dispose} = await compose(wantedOf(command.inSandbox ? {...globals, sandbox: true} : globals));
	try {
		const exit = await command.run({context, io}, {operands, options});
		return typeof exit === 'number' ? exit : exits[exit].status;
	} finally {
		await dispose();
	}
}

/** The words of the command line, from the tables; `finish` gets the exit status of what was run. */
function programFor(argv: readonly string[], finish: (status: number) => void): Program {
	const program = new Program('okx-keys')
		.description('OKX API keys in an encrypted vault, tested live. Without a command: the full screen.')
		.version(OKX_KEYS_VERSION, '--version', 'print the version')
		.helpOption('--help', 'print this help')
		.helpCommand(false)
		.configureHelp({showGlobalOptions: true})
		.exitOverride()
		.configureOutput({writeErr() {}, outputError() {}})
		.allowExcessArguments()
		.action(async () => {
			const [word] = program.args;
			if (word !== undefined) throw new AppError('usage', {problem: `${clean(word)} is not a command.`});
			finish(await fullScreen(program.opts<Globals>()));
		});
	for (const option of globalOptions) program.addOption(optionOf(option));
	// All of them only where help or an error may want to name them: to lay out one is quicker than to lay out twenty.
	const named = commands.filter(({name}) => argv.includes(name));
	for (const command of named.length === 0 || argv.includes('--help') ? commands : named) {
		const sub = program.command(`${command.name} ${command.operands ?? ''}`.trim()).description(command.summary).allowExcessArguments(false);
		for (const option of command.options ?? []) sub.addOption(optionOf(option));
		sub.action(async () => {
			// Variadic operands come as one list among the others.
			const operands = sub.processedArgs.flat().filter((word): word is string => typeof word === 'string');
			if (operands.includes('')) throw nothingNamed(emptyOperand(command));
			finish(await runCommand(command, program.opts<Globals>(), operands, sub.opts()));
		});
	}

	return program;
}

function optionOf({flags, summary, choices, isRepeatable}: Option): ProgramOption {
	const option = new ProgramOption(flags, summary);
	if (isRepeatable) option.argParser<readonly string[] | undefined>((value, before) => [...before ?? [], value]);
	const what = /<(file|id|fingerprint)>/.exec(flags)?.[1];
	if (what !== undefined) {
		option.argParser<string>(value => {
			if (value === '') throw nothingNamed(`${option.long} names no ${what}.`);
			return value;
		});
	}

	return choices ? option.choices(choices) : option;
}

/** The name of a key, a file, … that somebody gave as an empty word. */
function emptyOperand({name, operands = ''}: Command): string {
	const what = /[a-z]+?(?=s?\W)/.exec(operands)?.[0] ?? 'word';
	return `${name} needs ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}, and was given an empty one.`;
}

function nothingNamed(problem: string): AppError {
	return new AppError('usage', {problem, hint: 'Is the variable that should hold it empty?'});
}

/** Commander's words as one sentence. Nothing after `=` is repeated: somebody may have typed a secret there. */
function usageError({message}: CommanderError): AppError {
	const [sentence = ''] = message.replace(/^error: /, '').replaceAll(/=[^'’]*(?=['’]|$)/g, '').replace(/(but got \d+):.*/, '$1').split('\n');
	const problem = `${sentence.charAt(0).toUpperCase()}${clean(sentence.slice(1))}${sentence.endsWith('.') ? '' : '.'}`;
	const hint = message.split('\n')[1]?.replaceAll(/[()]/g, '');
	return /--?(api-?key|secret|pass(phrase|word)?|key)/i.test(sentence) && /unknown option/.test(sentence)
		? new AppError('usage', {problem, hint: 'No secret is taken on the command line, where every user of this machine can read it; see okx-keys --help.'})
		: new AppError('usage', hint ? {problem, hint} : {problem});
}

/** The one printer of errors: one sentence and what to do; of an unexpected one only its name and where, never its values. */
function printError(error: unknown): Exit {
	if (isAppError(error)) {
		process.stderr.write(`okx-keys: ${error.message}\n${error.hint ? `${error.hint}\n` : ''}`);
		return error.exit;
	}

	const {name, code} = error instanceof Error ? error as NodeJS.ErrnoException : {name: typeof error, code: undefined};
	process.stderr.write(`okx-keys: something unexpected happened (${clean(`${name}${code === undefined ? '' : ` ${code}`}`)}). Nothing was left half-written; please report it with what you did.\n`);
	return 'unexpected';
}

/** Says what failed, in the form that was asked for, and gives the exit status. */
function tell(error: unknown, argv: readonly string[]): number {
	if (!isPlugin(argv)) return exits[printError(error)].status;
	const {line, status} = failed(error);
	process.stdout.write(`${line}\n`);
	return status;
}

/** Whether a monitoring program has asked, to which even wrong usage has to be told in its own way: it takes our 2 for the worst. */
function isPlugin(argv: readonly string[]): boolean {
	return argv.includes('check') && argv.includes('--nagios');
}

async function main(argv: readonly string[]): Promise<number> {
	let status: number = exits.ok.status;
	try {
		harden(text => { process.stderr.write(`${text}\n`); });
		const [word, socket] = argv;
		if (word === agentWord && socket !== undefined) {
			await (await import('./agent/process.ts')).agentProcess(socket);
			return status;
		}

		await programFor(argv, given => { status = given; }).parseAsync(argv, {from: 'user'});
	} catch (error) {
		if (error instanceof CommanderError && error.exitCode === 0) return exits.ok.status;
		return tell(error instanceof CommanderError ? usageError(error) : error, argv);
	}

	return status;
}

const words = process.argv.slice(2);
// `okx-keys list | head` ends the pipe early, which is no failure and changes nothing of what is found; and nobody can be told that the
// terminal has gone.
process.stdout.on('error', ({code}: NodeJS.ErrnoException) => {
	if (code === 'EPIPE') return;
	if (code !== 'EIO') process.stderr.write(`okx-keys: the output could not be written (${code ?? 'unknown'}), and what it said is lost.\n`);
	process.exit(isPlugin(words) ? states.UNKNOWN : exits.unexpected.status);
});
// What nobody reads on standard error changes nothing.
process.stderr.on('error', () => {});
process.exitCode = await main(words);
