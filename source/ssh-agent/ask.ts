import net from 'node:net';
import {sshFailures} from './failures.ts';
import {fieldsOf, type Fields} from './wire.ts';

/** Bytes; OpenSSH's own agent takes and sends no more. */
const mostBytes = 256 * 1024;
const lengthBytes = 4;

/**
 * Sends one request over its own connection; the answer is wiped after `read`, since a signature opens the vault.
 * Throws `ssh-agent`, also for a `RangeError` of `read`.
 */
export async function ask<Result>(
	socketPath: string,
	request: Buffer,
	timeoutMs: number,
	read: (answer: Fields) => Result,
): Promise<Result> {
	// Node frees its own read buffers without wiping them.
	const bytes = Buffer.alloc(lengthBytes + mostBytes);
	let length = 0;
	let isThere = false;
	const {promise: answer, resolve, reject} = Promise.withResolvers<Buffer>();

	function take(size: number): boolean {
		length += size;
		if (length < lengthBytes) return true;
		const end = lengthBytes + bytes.readUInt32BE();
		if (end > bytes.length || length > end) reject(sshFailures.nonsense(socketPath));
		else if (length === end) resolve(bytes.subarray(lengthBytes, end));
		else return true;
		return false;
	}

	const socket = net.connect({path: socketPath, onread: {buffer: () => bytes.subarray(length), callback: take}});
	const timer = setTimeout(() => {
		reject(sshFailures.silent(socketPath, timeoutMs));
	}, timeoutMs);
	socket.on('connect', () => {
		isThere = true;
	});
	socket.on('error', error => {
		reject(isThere ? sshFailures.hungUp(socketPath) : sshFailures.unreachable(socketPath, error));
	});
	socket.on('close', () => {
		reject(sshFailures.hungUp(socketPath));
	});
	socket.write(request);
	try {
		return read(fieldsOf(await answer));
	} catch (error) {
		throw error instanceof RangeError ? sshFailures.nonsense(socketPath) : error;
	} finally {
		clearTimeout(timer);
		socket.destroy();
		bytes.fill(0);
	}
}
