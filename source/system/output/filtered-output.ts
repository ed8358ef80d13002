import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {Socket} from 'node:net';
import path from 'node:path';
import type {Readable, Writable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import type {OutputFilter} from '../../cli/programs.ts';
import type {ProcessEnvironment} from '../../files/home.ts';
import {makeTransientFolder} from '../transient-file.ts';

export type Pipe = {
	readonly reader: Readable;
	/** The descriptor to write to, which the caller closes. */
	readonly writer: number;
};

/**
 * As many pipes without a name, or undefined where none can be made. Node itself gives a program sockets, which no
 * program can open as /dev/stdout.
 */
export function openPipes(count: number, environment: ProcessEnvironment, uid: number): readonly Pipe[] | undefined {
	let folder: string | undefined;
	const opened: number[] = [];
	const open = (file: string, flags: number) => {
		const descriptor = fs.openSync(file, flags);
		opened.push(descriptor);
		return descriptor;
	};
	try {
		folder = makeTransientFolder(environment, uid);
		const files = Array.from({length: count}, (_, index) => path.join(folder!, String(index)));
		if (spawnSync('mkfifo', ['-m', '600', ...files], {stdio: 'ignore'}).status !== 0) return undefined;
		const ends = files.map(file => ({
			// Otherwise it would wait for a writer.
			from: open(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK),
			writer: open(file, fs.constants.O_WRONLY),
		}));
		return ends.map(({from, writer}) => ({reader: new Socket({fd: from, readable: true, writable: false}), writer}));
	} catch {
		for (const descriptor of opened) fs.closeSync(descriptor);
		return undefined;
	} finally {
		if (folder !== undefined) fs.rmSync(folder, {recursive: true, force: true});
	}
}

/** Shows what a program prints. Where it is not read any more, the program is told so by its next write. */
export async function showFiltered(from: Readable, to: Writable, filter: OutputFilter): Promise<void> {
	const filtered = async function* (chunks: AsyncIterable<Buffer>) {
		for await (const chunk of chunks) yield Buffer.from(filter.push(chunk.toString('latin1')), 'latin1');
		yield Buffer.from(filter.end(), 'latin1');
	};
	await pipeline(from, filtered, to, {end: false}).catch(() => {
		from.destroy();
	});
}
