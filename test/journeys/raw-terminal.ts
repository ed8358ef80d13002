import {execFileSync, spawn, spawnSync, type ChildProcessByStdio} from 'node:child_process';
import path from 'node:path';
import type {Readable, Writable} from 'node:stream';
import {createInterface} from 'node:readline';
import xterm from '@xterm/headless';
import {test as journey} from './journey.ts';
import {program, type Home} from './program.ts';

/** The interpreter itself: what PATH finds may be a script that looks for one, and takes longer than the program. */
const found = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {encoding: 'utf8'});
const python = found.status === 0 ? found.stdout.trim() : '';
/** What has been read of a terminal is known from /proc. */
export const hasPty = process.platform === 'linux' && python !== '';

const waitMs = 20_000;

export type RawOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly environment?: NodeJS.ProcessEnv;
	/** In place of Node with the built program. */
	readonly command?: readonly string[];
};

/** The built program on a pseudo-terminal without anything in between: each byte goes in and comes out as it is. */
export class RawTerminal {
	readonly #pty: ChildProcessByStdio<Writable, Readable, null>;
	readonly #xterm: InstanceType<typeof xterm.Terminal>;
	readonly #chunks: Buffer[] = [];
	readonly #changed = new Set<() => void>();
	readonly #started = Promise.withResolvers<void>();
	#status: number | undefined;
	/** How often something was sent, and how often all of it was read. */
	#sent = 0;
	#read = 0;
	#hasStormed = false;
	#id = 0;
	#tty = '';
	#before = '';

	constructor(
		home: Home,
		words: readonly string[],
		{columns = 80, rows = 24, environment = {}, command = [process.execPath, program]}: RawOptions = {},
	) {
		this.#xterm = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
		this.#pty = spawn(
			python,
			['-S', path.resolve('test/journeys/on-pty.py'), String(columns), String(rows), ...command, ...words],
			// Else Python gives its children another locale than C.
			{
				env: {...home.environment, ...environment, PYTHONCOERCECLOCALE: '0'},
				cwd: home.path,
				stdio: ['pipe', 'pipe', 'inherit'],
			},
		);
		this.#pty.stdin.on('error', () => {});
		createInterface({input: this.#pty.stdout}).on('line', line => {
			const [event, value = '', more = ''] = line.split(' ');
			if (event === 'tty') this.#tty = value;
			else if (event === 'modes') this.#before = value;
			else if (event === 'pid') {
				this.#id = Number(value);
				this.#started.resolve();
			} else if (event === 'exit') this.#status = Number(value);
			else if (event === 'written') this.#read++;
			else if (event === 'size') this.#resize(Number(value), Number(more));
			else if (event === 'stormed') this.#hasStormed = true;
			else this.#receive(Buffer.from(value, 'hex'));
			this.#tell();
		});
	}

	#receive(bytes: Buffer): void {
		this.#chunks.push(bytes);
		this.#xterm.write(bytes, () => {
			this.#tell();
		});
	}

	#tell(): void {
		for (const listener of this.#changed) listener();
	}

	#obey(command: string): void {
		this.#pty.stdin.write(`${command}\n`);
	}

	/** What the terminal sends, each piece once the program has read the one before; returns when it has read all. */
	async send(...pieces: readonly (string | Buffer)[]): Promise<void> {
		const wanted = ++this.#sent;
		this.#obey(['write', ...pieces.map(piece => Buffer.from(piece as string).toString('hex'))].join(' '));
		await this.until(() => this.#read >= wanted || this.#status !== undefined, 'what was sent is read');
	}

	/** As `send`, in one piece, where another program has the terminal and passes on what it reads. */
	async type(text: string): Promise<void> {
		const wanted = ++this.#sent;
		this.#obey(`type ${Buffer.from(text).toString('hex')}`);
		await this.until(() => this.#read >= wanted || this.#status !== undefined, 'what was typed is sent');
	}

	/** After what was written before. */
	#resize(columns: number, rows: number): void {
		this.#xterm.write('', () => {
			this.#xterm.resize(columns, rows);
			this.#tell();
		});
	}

	resize(columns: number, rows: number): void {
		this.#obey(`size ${columns} ${rows}`);
	}

	/** Changes the size that many times within a second, the last time to this one. */
	async storm(count: number, columns: number, rows: number): Promise<void> {
		this.#hasStormed = false;
		this.#obey(`storm ${count} ${columns} ${rows}`);
		await this.until(() => this.#hasStormed, 'the storm is over');
	}

	/** The line is lost, as when a connection breaks. */
	drop(): void {
		this.#pty.stdin.end();
	}

	/** The process on the terminal. */
	async id(): Promise<number> {
		await this.#started.promise;
		return this.#id;
	}

	/** All modes of the terminal before the program ran, as stty takes them. */
	async modesBefore(): Promise<string> {
		await this.#started.promise;
		return this.#before;
	}

	/** The modes now. */
	async modes(): Promise<string> {
		await this.#started.promise;
		return execFileSync('stty', ['-g', '-F', this.#tty], {encoding: 'utf8'}).trim();
	}

	/** What the program has asked of the terminal beside text. */
	get state() {
		const {bracketedPasteMode, mouseTrackingMode, sendFocusMode, applicationCursorKeysMode} = this.#xterm.modes;
		return {
			screen: this.#xterm.buffer.active.type,
			isCursorShown: this.written.lastIndexOf('\u001B[?25l') <= this.written.lastIndexOf('\u001B[?25h'),
			bracketedPasteMode,
			mouseTrackingMode,
			sendFocusMode,
			applicationCursorKeysMode,
		};
	}

	/** Every byte that was written, one character each. */
	get written(): string {
		return Buffer.concat(this.#chunks).toString('latin1');
	}

	/** What a person sees now. */
	get screen(): string {
		const {active} = this.#xterm.buffer;
		return Array.from({length: this.#xterm.rows}, (_, y) =>
			active.getLine(active.viewportY + y)!.translateToString(true),
		).join('\n');
	}

	/** All that was printed on the main screen, with what has scrolled out of sight. */
	get history(): string {
		const {normal} = this.#xterm.buffer;
		return Array.from({length: normal.length}, (_, y) => normal.getLine(y)!.translateToString(true)).join('\n');
	}

	/** Waits until something holds, looked at with each change of the terminal; fails with the screen otherwise. */
	async until(holds: () => boolean, wanted: string): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const check = () => {
			if (holds()) resolve();
		};
		const timer = setTimeout(() => {
			reject(new Error(`It never came to this: ${wanted}\n${this.screen}`));
		}, waitMs);
		this.#changed.add(check);
		try {
			check();
			await promise;
		} finally {
			clearTimeout(timer);
			this.#changed.delete(check);
		}
	}

	async see(wanted: RegExp | string): Promise<string> {
		await this.until(
			() => (typeof wanted === 'string' ? this.screen.includes(wanted) : wanted.test(this.screen)),
			String(wanted),
		);
		return this.screen;
	}

	async seeNot(unwanted: RegExp | string): Promise<string> {
		await this.until(
			() => !(typeof unwanted === 'string' ? this.screen.includes(unwanted) : unwanted.test(this.screen)),
			`not ${String(unwanted)}`,
		);
		return this.screen;
	}

	/** Waits until bytes were written that match. */
	async writes(wanted: RegExp | string): Promise<void> {
		await this.until(
			() => (typeof wanted === 'string' ? this.written.includes(wanted) : wanted.test(this.written)),
			`written ${String(wanted)}`,
		);
	}

	/** The exit status; of a program that a signal ended, 128 and its number. */
	async ended(): Promise<number> {
		await this.until(() => this.#status !== undefined, 'the program has ended');
		await new Promise<void>(resolve => {
			this.#xterm.write('', resolve);
		});
		return this.#status!;
	}

	close(): void {
		this.#pty.stdin.end();
		if (this.#status === undefined && this.#id > 0) {
			try {
				process.kill(this.#id, 'SIGKILL');
			} catch {
				// It has ended by itself.
			}
		}

		this.#xterm.dispose();
	}
}

/** A test that opens raw terminals in its home, which are closed before that is removed. */
export const test = journey.extend('openRaw', ({home}, {onCleanup}) => {
	const opened: RawTerminal[] = [];
	onCleanup(() => {
		for (const terminal of opened) terminal.close();
	});
	return (words: readonly string[], options?: RawOptions): RawTerminal => {
		const terminal = new RawTerminal(home, words, options);
		opened.push(terminal);
		return terminal;
	};
});

/** The list of keys, once letters are keys there: those typed right after the vault has opened may be a passphrase. */
export async function takeLetters(terminal: RawTerminal): Promise<void> {
	await terminal.see('Opened with ');
	await terminal.send('z\r');
	const isKey = /Secret key +•/;
	// On a machine at work that was too late: no key is called by z, and Enter has opened one.
	if (!isKey.test(await terminal.see(new RegExp(`what you typed was ignored|${isKey.source}`)))) return;
	await terminal.send('\u001B');
	await terminal.seeNot(isKey);
}
