import {execFileSync, spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {inject} from 'vitest';

/** The built program, as it is installed. */
export const program = path.resolve('bin/okx-keys.js');
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

const waitMs = 20_000;

/**
 * A home of one's own: nothing of the machine's is read or written. Node finds the program compiled by earlier starts,
 * unless the home is to be all that a start finds.
 */
export class Home {
	readonly path: string;
	readonly #isAlone: boolean;

	constructor(folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-home-')), {isAlone = false} = {}) {
		this.path = folder;
		this.#isAlone = isAlone;
	}

	static alone(): Home {
		return new Home(undefined, {isAlone: true});
	}

	get environment(): NodeJS.ProcessEnv {
		return {
			PATH: process.env['PATH'],
			HOME: this.path,
			LANG: 'C.UTF-8',
			TERM: 'xterm-256color',
			...(this.#isAlone ? {} : {NODE_COMPILE_CACHE: inject('folders').compiled}),
		};
	}

	file(name: string): string {
		return path.join(this.path, name);
	}

	/** A passphrase file as the program wants it. */
	passphraseFile(passphrase: string, name = 'passphrase'): string {
		const file = this.file(name);
		fs.writeFileSync(file, `${passphrase}\n`, {mode: 0o600});
		return file;
	}

	/** A file with a value in JSON. */
	jsonFile(name: string, value: unknown): string {
		const file = this.file(name);
		fs.writeFileSync(file, JSON.stringify(value));
		return file;
	}

	/** Every file below the home, with its bytes. */
	files(): {readonly name: string; readonly bytes: Buffer}[] {
		return fs
			.readdirSync(this.path, {recursive: true, withFileTypes: true})
			.filter(entry => entry.isFile())
			.map(entry => path.join(entry.parentPath, entry.name))
			.map(name => ({name, bytes: fs.readFileSync(name)}));
	}

	remove(): void {
		// A program that is still ending may write what it has compiled.
		fs.rmSync(this.path, {recursive: true, force: true, maxRetries: 5});
	}
}

export type RunOptions = {readonly input?: string; readonly environment?: NodeJS.ProcessEnv};

export type Run = {readonly status: number | null; readonly out: string; readonly err: string};

/** Runs a command to its end, without a terminal: its standard input is a pipe, and /dev/tty is out of reach. */
export async function run(home: Home, words: readonly string[], options: RunOptions = {}): Promise<Run> {
	return runAny(home, process.execPath, [program, ...words], options);
}

/** As `run`, with a line for a shell, in which `okx-keys` is the program. */
export async function runShell(home: Home, line: string, options: RunOptions = {}): Promise<Run> {
	return runAny(
		home,
		'bash',
		['-c', `set -o pipefail; okx-keys() { '${process.execPath}' '${program}' "$@"; }; ${line}`],
		options,
	);
}

/** As `run`, with another program. */
export async function runAny(
	home: Home,
	file: string,
	words: readonly string[],
	{input = '', environment = {}}: RunOptions,
): Promise<Run> {
	// A session of its own has no controlling terminal, so that a question cannot be asked.
	const child = spawn(file, words, {env: {...home.environment, ...environment}, cwd: home.path, detached: true});
	const chunks = {out: '', err: ''};
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		chunks.out += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		chunks.err += text;
	});
	child.stdin.on('error', () => {});
	child.stdin.end(input);
	const status = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject).on('close', code => {
			resolve(code);
		});
	});
	return {status, ...chunks};
}

export type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly environment?: NodeJS.ProcessEnv;
};

/** A real terminal: tmux on a socket of its own, with a shell in it. */
export class Terminal {
	readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-tmux-'));
	readonly #socket = path.join(this.#folder, 'socket');
	/** All that was ever written to it: a change of its size tells of a new screen sooner and cheaper than tmux. */
	readonly #output = path.join(this.#folder, 'output');
	#cleared = '';
	readonly home: Home;

	constructor(home: Home, {columns = 80, rows = 24, environment = {}}: TerminalOptions = {}) {
		this.home = home;
		this.#tmux(['-f', '/dev/null', 'new-session', '-d', '-x', String(columns), '-y', String(rows), 'sh'], {
			...home.environment,
			...environment,
			PS1: '$ ',
			ENV: '',
		});
		fs.writeFileSync(this.#output, '');
		this.#tmux(['pipe-pane', `exec cat >> '${this.#output}'`]);
		this.#tmux(['set-option', '-g', 'status', 'off']);
		this.#tmux(['set-option', '-g', 'escape-time', '0']);
		this.#tmux(['resize-window', '-x', String(columns), '-y', String(rows)]);
	}

	#tmux(words: readonly string[], environment: NodeJS.ProcessEnv = this.home.environment, input = ''): string {
		return execFileSync('tmux', ['-S', this.#socket, ...words], {
			env: environment,
			encoding: 'utf8',
			input,
			stdio: ['pipe', 'pipe', 'pipe'],
		});
	}

	/** Types a command line into the shell. */
	start(...words: readonly string[]): void {
		this.type(`${process.execPath} ${program} ${words.join(' ')}`);
		this.press('Enter');
	}

	/** Types text as it is. */
	type(text: string): void {
		this.#tmux(['send-keys', '-l', text]);
	}

	/** Presses keys by tmux's names: Enter, Escape, C-c, Up, Space, Tab … */
	press(...keys: readonly string[]): void {
		for (const key of keys) this.#tmux(['send-keys', key]);
	}

	paste(text: string): void {
		this.#tmux(['load-buffer', '-b', 'paste', '-'], this.home.environment, text);
		this.#tmux(['paste-buffer', '-p', '-d', '-b', 'paste']);
	}

	resize(columns: number, rows: number): void {
		this.#tmux(['resize-window', '-x', String(columns), '-y', String(rows)]);
	}

	/** What a person sees now. */
	screen(): string {
		return this.#tmux(['capture-pane', '-p']);
	}

	/** Empties the screen now, so that what is seen next is new: a typed `clear` leaves the old text for a while. */
	clear(): void {
		this.#cleared += this.screen();
		this.#tmux(['send-keys', '-R']);
	}

	/** Everything that was ever shown: now, scrolled out of sight, and cleared. */
	history(): string {
		return this.#cleared + this.#tmux(['capture-pane', '-p', '-S', '-']);
	}

	/** Every byte that the programs in it have written. */
	written(): string {
		return fs.readFileSync(this.#output, 'latin1');
	}

	/** The device that it is to the programs in it. */
	tty(): string {
		return this.#tmux(['display-message', '-p', '#{pane_tty}']).trim();
	}

	/** The process in the terminal's foreground, by its id. */
	programId(): number {
		const shell = this.#tmux(['display-message', '-p', '#{pane_pid}']).trim();
		return Number(execFileSync('pgrep', ['-P', shell], {encoding: 'utf8'}).trim().split('\n')[0]);
	}

	/** Waits until the screen shows `wanted`; fails with the screen when it never does. */
	async see(wanted: RegExp | string, timeoutMs = waitMs): Promise<string> {
		return this.until(
			screen => (typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen)),
			String(wanted),
			timeoutMs,
		);
	}

	async seeNot(unwanted: RegExp | string): Promise<string> {
		return this.until(
			screen => !(typeof unwanted === 'string' ? screen.includes(unwanted) : unwanted.test(screen)),
			`not ${String(unwanted)}`,
			waitMs,
		);
	}

	/** Waits until `holds` is true of the screen, which `wanted` describes. */
	async until(holds: (screen: string) => boolean, wanted: string, timeoutMs = waitMs): Promise<string> {
		const end = Date.now() + timeoutMs;
		let screen = '';
		while (Date.now() < end) {
			const {size} = fs.statSync(this.#output);
			screen = this.screen();
			if (holds(screen)) return screen;
			// Now and then it is looked at all the same: a resize writes nothing.
			for (const soon = Date.now() + 500; Date.now() < soon;) {
				await delay(20);
				if (fs.statSync(this.#output).size !== size) break;
			}
		}

		throw new Error(`The screen never showed ${wanted}:\n${screen}`);
	}

	close(): void {
		try {
			this.#tmux(['kill-server']);
		} catch {
			// It has ended by itself.
		}

		fs.rmSync(this.#folder, {recursive: true, force: true, maxRetries: 5});
	}
}
