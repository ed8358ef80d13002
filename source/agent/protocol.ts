import {fixedBytes} from './bytes.ts';
import {mostVaults, type KeyLease, type LeaseTerm} from './keyring.ts';
import {isObject} from '../core/is-object.ts';

/**
 * A line of JSON, and 32 bytes if its `key` is true, so that a key never becomes a string. `put` takes two frames: the
 * agent answers with a pad, and the key follows XORed with it, since Node frees a server's read memory without wiping
 * it.
 */
export type AgentMessage = {readonly head: Readonly<Record<string, unknown>>; readonly key?: Buffer};

export type Put = {readonly op: 'put'; readonly vault: string} & LeaseTerm;
export type AgentRequest =
	| Put
	| {readonly op: 'get' | 'forget'; readonly vault: string}
	| {readonly op: 'lock' | 'status'};

export type AgentReport = {readonly pid: number; readonly vaults: readonly KeyLease[]};

export const protocolVersion = 1;
export const keyBytes = 32;
export const messageBytes = 4096;
const newline = 10;

/** The shortest and longest time for which a key may be kept, ms. */
export const shortestMs = 1000;
export const longestMs = 7 * 24 * 3_600_000;

/** The sender wipes the message. */
export function printMessage(head: AgentMessage['head'], key?: Uint8Array): Buffer {
	const line = Buffer.from(`${JSON.stringify({v: protocolVersion, ...head, ...(key && {key: true})})}\n`);
	if (!key) return line;
	const bytes = fixedBytes(line.length + key.length);
	bytes.set(line);
	bytes.set(key, line.length);
	return bytes;
}

/**
 * `take` wipes its chunk and returns the message, `more` until it is complete, or `garbage` if it is too long, no JSON,
 * or followed by something. `wipe` wipes all that was taken, also the key of the message, and starts the next message.
 */
export function messageReader() {
	const bytes = fixedBytes(messageBytes);
	let length = 0;

	function message(): AgentMessage | 'more' | 'garbage' {
		const end = bytes.subarray(0, length).indexOf(newline);
		if (end === -1) return length === messageBytes ? 'garbage' : 'more';
		const head = objectOf(bytes.toString('utf8', 0, end));
		if (!head) return 'garbage';
		const behind = bytes.subarray(end + 1, length);
		const wanted = head['key'] === true ? keyBytes : 0;
		if (behind.length < wanted) return 'more';
		if (behind.length > wanted) return 'garbage';
		return wanted === 0 ? {head} : {head, key: behind};
	}

	return {
		take(chunk: Buffer): ReturnType<typeof message> {
			const fits = length + chunk.length <= messageBytes;
			if (fits) length += chunk.copy(bytes, length);
			chunk.fill(0);
			return fits ? message() : 'garbage';
		},
		wipe() {
			bytes.fill(0);
			length = 0;
		},
	};
}

function objectOf(line: string): AgentMessage['head'] | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Undefined if it is no request of this version; `lock` is understood from every version. */
export function requestOf({head}: AgentMessage): AgentRequest | undefined {
	const {v, op, vault, idleMs, maxMs} = head;
	if (op === 'lock') return {op};
	if (v !== protocolVersion) return undefined;
	if (op === 'status') return {op};
	if (!isVaultId(vault)) return undefined;
	if (op === 'get' || op === 'forget') return {op, vault};
	return op === 'put' && isTime(idleMs) && isTime(maxMs) ? {op, vault, idleMs, maxMs} : undefined;
}

export function reportOf({head: {v, pid, vaults}}: AgentMessage): AgentReport | undefined {
	if (
		v !== protocolVersion ||
		!Number.isSafeInteger(pid) ||
		!Array.isArray(vaults) ||
		vaults.length > mostVaults ||
		!vaults.every(isLeft)
	)
		return undefined;
	return {pid: pid as number, vaults};
}

function isLeft(value: unknown): value is KeyLease {
	const {vault, idleLeftMs, leftMs} = (value ?? {}) as Record<string, unknown>;
	return isVaultId(vault) && typeof idleLeftMs === 'number' && typeof leftMs === 'number';
}

function isVaultId(value: unknown): value is string {
	return typeof value === 'string' && /^[\d+/A-Za-z]{22}==$/.test(value);
}

function isTime(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= shortestMs && (value as number) <= longestMs;
}
