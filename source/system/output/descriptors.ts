import fs from 'node:fs';
import {devNull} from 'node:os';
import tty from 'node:tty';

/** Whether a descriptor leads to a file, a pipe or a socket, for which none of Node's streams need be loaded. */
export function isPlain(descriptor: number): boolean {
	const stats = statsOf(descriptor);
	return stats !== undefined && (stats.isFile() || stats.isFIFO() || stats.isSocket());
}

/** Closed standard descriptors count too: Node has put /dev/null in their place. */
export function isNullDevice(descriptor: number): boolean {
	const [open, nothing] = [statsOf(descriptor), fs.statSync(devNull, {throwIfNoEntry: false})];
	return open !== undefined && open.isCharacterDevice() && open.rdev === nothing?.rdev;
}

/** Loads Node's terminals only where the descriptor may be one. */
export function isTerminal(descriptor: number): boolean {
	return statsOf(descriptor)?.isCharacterDevice() === true && !isNullDevice(descriptor) && tty.isatty(descriptor);
}

function statsOf(descriptor: number): fs.Stats | undefined {
	try {
		return fs.fstatSync(descriptor);
	} catch {
		// It is not open.
		return undefined;
	}
}
