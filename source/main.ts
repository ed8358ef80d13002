import {constants} from 'node:os';
import {agentProcessCommand} from './agent/endpoint.ts';
import {failed, states} from './monitoring/nagios.ts';
import {readPlainWords} from './parser/plain-words.ts';
import {helpText, programFor, runProgram} from './parser/program.ts';
import {isNagiosRequest, prepareSuggestions, type CommandRequest} from './parser/request.ts';
import {unknownCommand} from './parser/usage-errors.ts';
import type {Command, Outcome, ParsedArguments} from './cli/command.ts';
import {globalOptions, type Globals} from './cli/global-options.ts';
import {valuesOf} from './cli/option.ts';
import type {Io} from './cli/io.ts';
import {withWaitNotes} from './cli/waiting.ts';
import {faultList} from './commands/sandbox.ts';
import {readGiven, type Given} from './given.ts';
import {compose, type ComposeOptions} from './compose.ts';
import {setOwnCommand} from './core/invocation.ts';
import {sanitize} from './core/text/sanitize.ts';
import {AppError, isAppError} from './core/errors.ts';
import {exits, type Exit} from './core/exit-status.ts';
import {clipboardHere} from './system/clipboard.ts';
import {onCrash} from './system/crash.ts';
import {harden} from './system/harden.ts';
import {machineHere} from './system/machine.ts';
import {restWhenIdle} from './system/memory.ts';
import {processIo} from './system/io.ts';
import {standardError, standardOutput} from './system/output/output.ts';
import {dieBy, processPrograms, replaceProcess} from './system/programs.ts';
import {dieInBackground, isInForeground, leaveTerminalInBackground} from './system/terminal/foreground.ts';
import {fullScreenHere} from './system/terminal/full-screen.ts';
import {handedOver} from './system/terminal/hand-over.ts';
import {defaultVaultPath, seenPath} from './system/paths.ts';
import {storeAt} from './vault/store/store-at.ts';
import type {UnlockMethod} from './vault/vault.ts';
import {speak} from './language/languages.ts';
import {t} from './language/translate.ts';

declare const OKX_KEYS_VERSION: string;

/** Set by `start`, not while this file is loaded: other files of the program need it loaded first. */
let given!: Given;

/**
 * Runs the program; `process.exitCode` is its exit status then. `onRequest` is told which command is asked for, or what
 * else is.
 */
export async function start(onRequest?: (what: string) => void): Promise<void> {
	given = readGiven(process.argv.slice(2));
	const {words, settings, language, asked} = given;
	onRequest?.(asked.kind === 'command' ? asked.command.name : asked.kind);
	if (language !== undefined) {
		await speak(language);
		// What is wrong with the file is to be said in that language.
		settings.reload();
	}

	leaveTerminalInBackground();
	// `okx-keys list | head` ends the pipe early, which is no failure. A terminal that has gone (EIO) means SIGHUP,
	// which may come later.
	standardOutput.onError(({code}) => {
		if (code === 'EPIPE') return;
		if (code === 'EIO' && standardOutput.isTerminal()) process.exit(128 + constants.signals.SIGHUP);
		standardError.write(
			`${t`okx-keys: the output could not be written (${code ?? 'unknown'}), and what it said is lost.`}\n`,
		);
		process.exit(isNagiosRequest(asked) ? states.UNKNOWN : exits.unexpected.status);
	});
	onCrash(error => {
		process.exit(tell(error, asked));
	});
	process.exitCode = await main(words, asked);
}

async function main(argv: readonly string[], request: CommandRequest): Promise<number> {
	prepareSuggestions(argv, given.among);
	try {
		hardenFor(request);
		const [word, socket] = argv;
		if (word === agentProcessCommand && socket !== undefined) {
			await (await import('./agent/process.ts')).agentProcess(socket);
			return exits.ok.status;
		}

		return await answer(request);
	} catch (error) {
		return tell(error, request);
	}
}

/** What touches no secrets works in any process. */
function hardenFor(request: CommandRequest): void {
	try {
		harden(note);
	} catch (error) {
		const isHarmless = request.kind === 'command' && request.command.isHarmless;
		if (!isHarmless && request.kind !== 'version' && request.kind !== 'help') throw error;
	}
}

async function answer(request: CommandRequest): Promise<number> {
	if (request.kind === 'version') return print(OKX_KEYS_VERSION);
	if (request.kind === 'help' && request.word === undefined) return print(helpText(request.command).trimEnd());
	if (request.kind === 'help' || request.kind === 'unknown') throw unknownCommand(request.word!);
	const command = request.kind === 'command' ? request.command : undefined;
	setOwnCommand(command?.name);
	let status: number = exits.ok.status;
	const run = async (globals: Globals, work: () => Promise<number>) => {
		status = globals.fault === 'list' ? print(await faultList(globals.json, standardOutput.columns())) : await work();
	};
	const runner = {
		fullScreen: async (globals: Globals) => run(globals, async () => fullScreen(globals)),
		command: async (globals: Globals, words: ParsedArguments) =>
			run(globals, async () => runCommand(command!, globals, words)),
	};
	const passed = request.kind === 'command' ? request.passed : [];
	const plain = readPlainWords(request.words, command, passed);
	if (!plain) {
		await runProgram(programFor(command, runner, passed), request.words, command);
	} else {
		const globals = valuesOf(globalOptions, plain.globals);
		await (command ? runner.command(globals, {...plain, passed}) : runner.fullScreen(globals));
	}

	return status;
}

async function fullScreen(globals: Globals): Promise<number> {
	const here = fullScreenHere(process.env, globals.screenReader);
	noteWrongSettings();
	const opener = await openerOf(ioOf(globals));
	const {context, dispose} = await compose(wantedOf(globals, () => isInForeground() !== false));
	let status: number;
	try {
		const {runApp} = await import('./ui/run.tsx');
		// Compiled code is found again only by a program with the same options of the engine.
		restWhenIdle();
		status = await runApp(context, {...here, opener, early: handedOver()});
	} finally {
		await dispose();
	}

	dieInBackground(status);
	return status;
}

async function openerOf({givenPassphrase, givenKeyFile}: Io): Promise<UnlockMethod | undefined> {
	const passphrase = await givenPassphrase();
	const keyFile = passphrase ? undefined : givenKeyFile();
	return passphrase ? {passphrase} : keyFile && {keyFile};
}

async function runCommand(command: Command, globals: Globals, words: ParsedArguments): Promise<number> {
	const io = ioOf(globals);
	if (!command.isHidden) noteWrongSettings();
	const {context, dispose} = await compose(wantedOf(command.inSandbox ? {...globals, sandbox: true} : globals));
	let outcome: Outcome;
	try {
		outcome = await command.run({context: withWaitNotes(context, io), io}, words);
	} finally {
		await dispose();
		await io.release();
	}

	if (typeof outcome === 'string') return exits[outcome].status;
	const ended =
		typeof outcome === 'object' && 'replaceBy' in outcome
			? await replaceProcess(outcome.replaceBy, given.before)
			: outcome;
	return typeof ended === 'number' ? ended : dieBy(ended.signal);
}

/** `mayWrite` is whether the terminal may be written to now, past what a command prints. */
function wantedOf(globals: Globals, mayWrite?: () => boolean): ComposeOptions {
	const {sandbox} = globals;
	if (globals.fault !== undefined && !sandbox)
		throw new AppError('usage', {
			problem: t`Only the sandbox can rehearse a failure.`,
			hint: t`Give --sandbox with --fault.`,
		});
	const named = globals.vault ?? process.env['OKX_KEYS_VAULT'];
	const place = named === undefined || named === '' ? defaultVaultPath(process.env, sandbox) : named;
	const store = storeAt(place, {environment: process.env, clock: () => Date.now()});
	given.signs.keep([store.description]);
	return {
		store,
		sandbox,
		readonly: globals.readonly,
		noSecrets: globals.noSecrets || !['', '0'].includes(process.env['OKX_KEYS_NO_SECRETS'] ?? ''),
		seenPath: seenPath(process.env),
		sshSocket: process.env['SSH_AUTH_SOCK'] || undefined,
		clipboard: clipboardHere({environment: process.env, ...(mayWrite && {mayWrite})}),
		environment: process.env,
		fault: globals.fault,
		settings: given.settings,
	};
}

function ioOf({json, passphraseFile, passphraseFd, keyFile}: Globals): Io {
	// A way named on the command line replaces any in the environment.
	const isNamed = passphraseFile !== undefined || passphraseFd !== undefined || keyFile !== undefined;
	const inherited = (name: string) => (isNamed ? undefined : process.env[name] || undefined);
	const files = {
		passphraseFile: passphraseFile ?? inherited('OKX_KEYS_PASSPHRASE_FILE'),
		keyFile: keyFile ?? inherited('OKX_KEYS_KEY_FILE'),
	};
	given.signs.keep(Object.values(files).filter(file => file !== undefined));
	const {signs, before} = given;
	return processIo({
		json,
		passphraseFd,
		...files,
		signs,
		programs: processPrograms(before),
		machine: machineHere(before),
	});
}

function noteWrongSettings(): void {
	for (const {problem, fix} of given.settings.problems()) note(`! ${problem} ${fix}`);
}

function tell(error: unknown, request: CommandRequest): number {
	if (!isNagiosRequest(request)) return exits[printError(error)].status;
	const {line, status} = failed(error);
	print(line);
	return status;
}

/** Prints of an unexpected error only its name and code, never its message, which may hold a secret. */
function printError(error: unknown): Exit {
	if (isAppError(error)) {
		note(`okx-keys: ${error.message}${error.hint ? `\n${error.hint}` : ''}`);
		return error.exit;
	}

	const {name, code} =
		error instanceof Error ? (error as NodeJS.ErrnoException) : {name: typeof error, code: undefined};
	note(
		t`okx-keys: something unexpected happened (${sanitize(`${name}${code === undefined ? '' : ` ${code}`}`)}). Nothing
			was left half-written; please report it with what you did.`,
	);
	return 'unexpected';
}

function print(text: string): number {
	handedOver()?.screen.leave();
	standardOutput.write(`${given.signs.shown(text)}\n`);
	return exits.ok.status;
}

function note(text: string): void {
	handedOver()?.screen.leave();
	standardError.write(`${given.signs.shown(text)}\n`);
}
