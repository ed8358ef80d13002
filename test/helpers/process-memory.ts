import fs from 'node:fs';

const entryBytes = 8;
/** In the last byte of a page's entry: it is in memory, or in the swap (proc_pid_pagemap(5)). */
const thereBits = 0b1100_0000;

/** Whether a process may read the memory of its children here: Linux, and no Yama that keeps it to root. */
export const mayReadMemory = (() => {
	try {
		fs.closeSync(fs.openSync('/proc/self/mem', 'r'));
	} catch {
		return false;
	}

	const scope = '/proc/sys/kernel/yama/ptrace_scope';
	return process.geteuid!() === 0 || !fs.existsSync(scope) || Number(fs.readFileSync(scope, 'latin1')) <= 1;
})();

function pageBytes(): number {
	const [, kilobytes] = /^KernelPageSize: +(\d+) kB/m.exec(fs.readFileSync('/proc/self/smaps', 'latin1'))!;
	return Number(kilobytes) * 1024;
}

/**
 * Everything that stands in what a process may write to, in pieces of neighbouring pages. Pages that were never
 * written to are left out: they are most of what a program of Node has, and hold nothing.
 */
export function* memoryOf(pid: number): Generator<Buffer> {
	const page = pageBytes();
	const memory = fs.openSync(`/proc/${pid}/mem`, 'r');
	const pages = fs.openSync(`/proc/${pid}/pagemap`, 'r');
	try {
		for (const line of fs.readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')) {
			const [, from, to] = /^([\da-f]+)-([\da-f]+) rw/.exec(line) ?? [];
			if (from === undefined || to === undefined) continue;
			const first = Number.parseInt(from, 16) / page;
			const entries = Buffer.alloc((Number.parseInt(to, 16) / page - first) * entryBytes);
			fs.readSync(pages, entries, 0, entries.length, first * entryBytes);
			const isThere = (index: number) => ((entries[index * entryBytes + entryBytes - 1] ?? 0) & thereBits) !== 0;
			for (let start = 0; start * entryBytes < entries.length; start++) {
				let end = start;
				while (isThere(end)) end++;
				if (end === start) continue;
				yield readable(memory, (first + start) * page, (end - start) * page);
				start = end;
			}
		}
	} finally {
		fs.closeSync(pages);
		fs.closeSync(memory);
	}
}

function readable(memory: number, from: number, size: number): Buffer {
	const bytes = Buffer.alloc(size);
	let length = 0;
	try {
		for (let read = 1; read > 0 && length < size; length += read)
			read = fs.readSync(memory, bytes, length, size - length, from + length);
	} catch {
		// Pages of the kernel's own cannot be read, and pages may go while they are looked at.
	}

	return bytes.subarray(0, length);
}

/** How often some bytes stand in others. */
export function countIn(bytes: Buffer, wanted: Buffer): number {
	let found = 0;
	for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) found++;
	return found;
}
