import fs from 'node:fs';
import {constants} from 'node:os';
import {setTimeout as delay} from 'node:timers/promises';

/** How soon the full screen ends after a signal or the loss of its terminal, ms. */
export const promisedMs = 2000;
/** What a loaded machine may add to that, ms. */
export const leewayMs = 1500;

/** Whether a process has not ended. */
export function isRunning(id: number): boolean {
	const state = stateOf(id);
	return state !== undefined && state !== 'Z';
}

/** The state of a process in the kernel's letter, such as T for stopped; undefined once it is gone. */
export function stateOf(id: number): string | undefined {
	return fieldsOf(`/proc/${id}/stat`)?.[0];
}

/** How long the main thread of a process has been at work, ms. */
export function workedMs(id: number): number {
	const fields = fieldsOf(`/proc/${id}/task/${id}/stat`);
	// The kernel counts in hundredths of a second.
	return fields ? Number(fields[11]) * 10 : 0;
}

/** How much memory a process has in use, bytes. */
export function memoryOf(id: number): number {
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

/** Whether a process has a handler of its own for a signal. */
export function catches(id: number, signal: number): boolean {
	const mask = /^SigCgt:\s+([\da-f]+)$/m.exec(fs.readFileSync(`/proc/${id}/status`, 'utf8'))![1]!;
	return ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
}

/** Waits until the watchdog of a program runs: nothing else in it listens to this signal. */
export async function watched(id: number): Promise<void> {
	await until(() => catches(id, constants.signals.SIGTTOU), 'the watchdog runs');
}

/** What follows the name, which may hold anything. */
function fieldsOf(file: string): string[] | undefined {
	try {
		return fs.readFileSync(file, 'latin1').split(') ').at(-1)!.split(' ');
	} catch {
		return undefined;
	}
}

/** Waits until something holds; fails when it never does. */
export async function until(holds: () => boolean, wanted: string, timeoutMs = 20_000): Promise<void> {
	for (const end = Date.now() + timeoutMs; !holds(); await delay(20))
		if (Date.now() > end) throw new Error(`It never came to this: ${wanted}.`);
}

/** How long a process takes to end, ms; fails when it takes far longer than it may. */
export async function timeToEnd(id: number): Promise<number> {
	const start = performance.now();
	try {
		await until(() => !isRunning(id), 'the program has ended', 3 * promisedMs);
	} catch (error) {
		process.kill(id, 'SIGKILL');
		throw error;
	}

	return performance.now() - start;
}
