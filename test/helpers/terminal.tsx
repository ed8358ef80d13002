import {EventEmitter, once} from 'node:events';
import {setImmediate as nextTurn, setTimeout as delay} from 'node:timers/promises';
import type {ReactNode} from 'react';
import type {Instance} from 'ink';
import xterm from '@xterm/headless';
import {terminalStdin} from '../../source/ui/keyboard/terminal-stdin.ts';
import {renderScreen} from '../../source/ui/painting/render-screen.tsx';

/** What a terminal sends for keys that are no letter. */
const codes: Readonly<Record<string, string>> = {
	Enter: '\r',
	Esc: '\u001B',
	Tab: '\t',
	'Shift+Tab': '\u001B[Z',
	Backspace: '\u007F',
	Delete: '\u001B[3~',
	Space: ' ',
	Up: '\u001B[A',
	Down: '\u001B[B',
	Right: '\u001B[C',
	Left: '\u001B[D',
	Home: '\u001B[H',
	End: '\u001B[F',
	PgUp: '\u001B[5~',
	PgDn: '\u001B[6~',
	'Ctrl+C': '\u0003',
	'Ctrl+L': '\u000C',
	'Ctrl+O': '\u000F',
	'Ctrl+P': '\u0010',
	'Ctrl+S': '\u0013',
	'Ctrl+U': '\u0015',
	'Ctrl+Z': '\u001A',
	'Alt+Enter': '\u001B\r',
};

/**
 * How many turns of the event loop in a row may bring no frame before the screen counts as finished. A key is acted
 * upon within two, React draws within one more, and Ink writes a millisecond later. Turns and not time, for on a busy
 * machine time passes in which nothing is done.
 */
const quietTurns = 5;
/** Longer than Ink waits in its turn for the rest of a sequence, ms. */
const inkEscapeMs = 25;
const waitMs = 10_000;

/** A real Ink app drawn on an xterm in memory: what a person would see, cell by cell. */
export class TestTerminal {
	readonly #xterm: InstanceType<typeof xterm.Terminal>;
	readonly #stdout: NodeJS.WriteStream;
	readonly #stdin: NodeJS.ReadStream;
	readonly #queue: string[] = [];
	/** How often something was written. */
	frames = 0;
	#input: NodeJS.ReadStream | undefined;
	#app: Instance | undefined;
	/** Everything that was written, for counting and for looking for what must not be there. */
	written = '';

	constructor(columns = 80, rows = 24) {
		this.#xterm = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
		this.#stdout = Object.assign(new EventEmitter(), {
			isTTY: true,
			columns,
			rows,
			writable: true,
			write: (data: string, callback?: () => void) => {
				this.written += data;
				this.frames++;
				this.#xterm.write(data.replaceAll(/(?<!\r)\n/g, '\r\n'), callback);
				return true;
			},
		}) as unknown as NodeJS.WriteStream;
		this.#stdin = Object.assign(new EventEmitter(), {
			isTTY: true,
			setRawMode() {},
			setEncoding() {},
			ref() {},
			unref() {},
			resume() {},
			pause() {},
			read: () => this.#queue.shift() ?? null,
		}) as unknown as NodeJS.ReadStream;
	}

	/** For code that draws by itself. */
	get streams() {
		return {stdin: this.#stdin, stdout: this.#stdout};
	}

	get columns(): number {
		return this.#xterm.cols;
	}

	get bytes(): number {
		return Buffer.byteLength(this.written);
	}

	/** Draws with the options of the program. */
	async render(node: ReactNode): Promise<Instance> {
		this.#input = terminalStdin(this.#stdin);
		const {app} = renderScreen(node, {
			stdin: this.#input,
			stdout: this.#stdout,
			paceMs: 0,
			// On a machine at work, keys take their time.
			longestHoldMs: Infinity,
			onDrawn: () => {
				this.frames++;
			},
		});
		this.#app = app;
		await this.settle();
		return app;
	}

	unmount(): void {
		this.#app?.unmount();
	}

	/** Sends keys one after another: names from the table above, or text as it would be typed. */
	async press(...keys: readonly string[]): Promise<void> {
		for (const key of keys) {
			if (key === 'Esc') await this.escape();
			else await this.send(codes[key] ?? key);
			await this.settle();
		}
	}

	/** Sends an Escape, until it counts as one and not as the start of a longer sequence. */
	async escape(): Promise<void> {
		const passed = this.#input && once(this.#input, 'readable');
		await this.send('\u001B');
		await passed;
		await delay(inkEscapeMs);
		await nextTurn();
	}

	/** Sends one chunk as it is, as a slow link would deliver it. */
	async send(chunk: string): Promise<void> {
		this.#queue.push(chunk);
		this.#stdin.emit('readable');
		await delay(1);
	}

	async paste(text: string): Promise<void> {
		await this.send(`\u001B[200~${text}\u001B[201~`);
		await this.settle();
	}

	/** Until everything that follows from what was sent has been drawn, but for what waits for a file or a server. */
	async settle(): Promise<void> {
		for (let quiet = 0; quiet < quietTurns; quiet++) {
			const frames = this.frames;
			await delay(1);
			await nextTurn();
			if (this.frames !== frames) quiet = -1;
		}

		await new Promise<void>(resolve => {
			this.#xterm.write('', resolve);
		});
	}

	/** Until the screen shows a text, in a row or wrapped into the next; fails with the screen otherwise. */
	async see(...texts: readonly string[]): Promise<void> {
		const end = performance.now() + waitMs;
		for (const text of texts) {
			while (!this.screen.includes(text) && !this.#unwrapped.includes(text)) {
				if (performance.now() > end) throw new Error(`The screen never showed “${text}”:\n${this.screen}`);
				await this.settle();
			}
		}

		await this.settle();
	}

	async resize(columns: number, rows: number): Promise<void> {
		this.#xterm.resize(columns, rows);
		Object.assign(this.#stdout, {columns, rows});
		this.#stdout.emit('resize');
		await this.settle();
	}

	get lines(): string[] {
		const buffer = this.#xterm.buffer.active;
		return Array.from({length: this.#xterm.rows}, (_, y) =>
			// The xterm keeps what stood beyond the end of a line before it became shorter.
			buffer.getLine(buffer.viewportY + y)!.translateToString(true, 0, this.#xterm.cols),
		);
	}

	get screen(): string {
		return this.lines.join('\n');
	}

	/** Its rows as one: where a sentence is wrapped depends on the length of a temporary folder in it. */
	get #unwrapped(): string {
		return this.lines.map(line => line.trim()).join(' ');
	}

	/** The rows that were too wide, and went on in the next. */
	get wrappedRows(): string[] {
		const buffer = this.#xterm.buffer.active;
		return this.lines.filter((_, y) => buffer.getLine(buffer.viewportY + y + 1)?.isWrapped === true);
	}
}
