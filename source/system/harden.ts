import fs from 'node:fs';
import {isSea} from 'node:sea';
import {sanitize} from '../core/text/sanitize.ts';
import {AppError} from '../core/errors.ts';
import {t} from '../language/translate.ts';

/**
 * Options for memory, warnings, certificates and names. All others are refused, known or not: too many of them load
 * code, open a debugger or write memory to a file, and each Node brings new ones.
 */
const harmless = new Set([
	'--deprecation',
	'--no-deprecation',
	'--disable-proto',
	'--disable-sigusr1',
	'--disable-wasm-trap-handler',
	'--disable-warning',
	'--disallow-code-generation-from-strings',
	'--dns-result-order',
	'--enable-source-maps',
	'--no-enable-source-maps',
	'--expose-gc',
	'--max-heap-size',
	'--max-http-header-size',
	'--max-old-space-size',
	'--max-old-space-size-percentage',
	'--max-semi-space-size',
	'--network-family-autoselection',
	'--no-network-family-autoselection',
	'--network-family-autoselection-attempt-timeout',
	'--no-addons',
	'--optimize-for-size',
	'--pending-deprecation',
	'--no-pending-deprecation',
	'--secure-heap',
	'--secure-heap-min',
	'--stack-trace-limit',
	'--throw-deprecation',
	'--no-throw-deprecation',
	'--title',
	'--tls-max-v1.3',
	'--tls-min-v1.2',
	'--tls-min-v1.3',
	'--trace-deprecation',
	'--no-trace-deprecation',
	'--trace-warnings',
	'--no-trace-warnings',
	'--unhandled-rejections',
	'--use-bundled-ca',
	'--use-env-proxy',
	'--no-use-env-proxy',
	'--use-openssl-ca',
	'--use-system-ca',
	'--v8-pool-size',
	'--warnings',
	'--no-warnings',
]);

const loadsCode = new Set(['--require', '-r', '--import']);

/**
 * These make Node print what passes through its streams, a typed passphrase included (`NODE_DEBUG=stream`).
 * Deleting them here would be too late.
 */
const talkative = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'];

const memoryOfDumps = '/proc/self/coredump_filter';

export type Start = {
	readonly execArgv: readonly string[];
	readonly environment: NodeJS.ProcessEnv;
	readonly isDebugged: boolean;
	/** Whether Node is part of the program, and reads no NODE_OPTIONS then. */
	readonly isExecutable: boolean;
};

/** Splits NODE_OPTIONS as Node does: at spaces only, with double quotes, and backslashes within these. */
function wordsOf(text: string): string[] {
	const words = text.match(/(?:"(?:\\.|[^"\\])*"|[^ "])+/gsu) ?? [];
	return words.map(word =>
		word.replaceAll(/"((?:\\.|[^"\\])*)"/gsu, (_, quoted: string) => quoted.replaceAll(/\\(.)/gsu, '$1')),
	);
}

/** Gives the name alone: the value may be private. */
function refusedOption(words: readonly string[]): string | undefined {
	// Node takes `_` for `-` in names.
	const names = words.filter(word => word.startsWith('-')).map(word => word.split('=', 1)[0]!.replaceAll('_', '-'));
	const name = names.find(name => !harmless.has(name));
	return name === undefined ? undefined : sanitize(name).slice(0, 60);
}

export function refusal({
	execArgv,
	environment,
	isDebugged,
	isExecutable,
}: Start): AppError<'unsafe-process'> | undefined {
	const given = refusedOption(execArgv);
	if (given !== undefined)
		return unsafe(
			t`Node’s option ${given} is not one of those that this program is known to be safe with`,
			t`Start it without that option.`,
		);

	const inherited = isExecutable ? undefined : refusedOption(wordsOf(environment['NODE_OPTIONS'] ?? ''));
	if (inherited !== undefined) {
		const without = t`env -u NODE_OPTIONS okx-keys`;
		return unsafe(
			t`Node’s option ${inherited}, which NODE_OPTIONS holds, is not one of those that this program is known to be
				safe with`,
			environment['TERM_PROGRAM'] === 'vscode' && loadsCode.has(inherited)
				? t`In VS Code’s terminal it is there so that the debugger attaches by itself: start the program as
					${without}, or turn “Debug: Toggle Auto Attach” off and open a new terminal.`
				: t`Start it as ${without}.`,
		);
	}

	const variable = talkative.find(name => environment[name]);
	if (variable !== undefined)
		return unsafe(t`${variable} makes Node print what is typed and sent`, t`Start it as env -u ${variable} okx-keys.`);
	if (isDebugged)
		return unsafe(
			t`Node’s debugger is open, and a program that attaches to it reads every secret`,
			t`Start it again, outside of a debugger; a signal SIGUSR1 while it starts opens one too.`,
		);
	return undefined;
}

function unsafe(reason: string, fix: string): AppError<'unsafe-process'> {
	return new AppError('unsafe-process', {reason, fix});
}

/**
 * Makes the process fit for secrets: private files, no memory in core dumps, no environment in diagnostic reports,
 * certificates always checked; costs about 1 ms. Throws `unsafe-process` when its start lets secrets out, which
 * guards against accidents only: an attacker who sets the environment could already run code.
 */
export function harden(note: (text: string) => void): void {
	process.umask(0o077);
	keepMemoryOutOfDumps();
	Object.assign(process.report, {
		excludeEnv: true,
		reportOnFatalError: false,
		reportOnSignal: false,
		reportOnUncaughtException: false,
	});
	if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
		note(t`okx-keys: NODE_TLS_REJECT_UNAUTHORIZED is not obeyed; certificates are checked.`);
	delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
	// Node ignores it, but an OpenSSL that it was linked with may not (since 3.5, where that was compiled in).
	delete process.env['SSLKEYLOGFILE'];
	const error = startProblem();
	if (error) throw error;
}

/** Why a program with secrets is not to start in this process. */
export function startProblem(): AppError<'unsafe-process'> | undefined {
	return refusal({
		execArgv: process.execArgv,
		environment: process.env,
		isDebugged: isDebugged(),
		isExecutable: isSea(),
	});
}

/** Core dumps of Linux then hold registers and names, but no memory (core(5)). */
function keepMemoryOutOfDumps(): void {
	try {
		fs.writeFileSync(memoryOfDumps, '0x0');
	} catch {
		// Another system, or one that forbids it.
	}
}

function isDebugged(): boolean {
	return process.features.inspector && mayListen() && process.getBuiltinModule('node:inspector').url() !== undefined;
}

/**
 * Whether this process has a socket besides its standard streams, as an open debugger has. Loading Node's inspector,
 * to ask it, takes several times as long.
 */
function mayListen(): boolean {
	const folder = '/proc/self/fd';
	try {
		return fs
			.readdirSync(folder)
			.some(name => Number(name) > 2 && fs.statSync(`${folder}/${name}`, {throwIfNoEntry: false})?.isSocket() === true);
	} catch {
		// Another system.
		return true;
	}
}
