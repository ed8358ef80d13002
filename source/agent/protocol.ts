import {fixedBytes} from './bytes.ts';
import {mostVaults, type KeyLease, type LeaseTerm} from './keyring.ts';
import {isObject} from '../core/is-object.ts';

/**
 * What goes over a connection: a line of JSON, and where its `key` is true 32 bytes, which so never become a string.
 * One frame goes each way, but for `put`: its first answer brings a pad, and the key follows with that pad over it.
 * Node reads what a server is sent into memory that it frees without wiping, so the key itself must not be in there.
 */
export type Frame = {readonly head: Readonly<Record<string, unknown>>; readonly key?: Buffer};

export type Put = {readonly op: 'put'; readonly vault: string} & LeaseTerm;
export type AgentRequest =
	| Put
	| {readonly op: 'get' | 'forget'; readonly vault: string}
	| {readonly op: 'lock' | 'status'};

/** What an agent says of itself. */
export type AgentReport = {readonly pid: number; readonly vaults: readonly KeyLease[]};

export const protocolVersion = 1;
export const keyBytes = 32;
export const frameBytes = 4096;
const newline = 10;

/** The shortest and the longest time that a key may be asked to be kept, ms. */
export const shortestMs = 1000;
export const longestMs = 7 * 24 * 3_600_000;

/** A frame as it is sent; the sender wipes it. */
export function printFrame(head: Frame['head'], key?: Uint8Array): Buffer {
	const line = Buffer.from(`${JSON.stringify({v: protocolVersion, ...head, ...(key && {key: true})})}\n`);
	if (!key) return line;
	const bytes = fixedBytes(line.length + key.length);
	bytes.set(line);
	bytes.set(key, line.length);
	return bytes;
}

/**
 * Puts a frame together from what a connection gives. `take` wipes the chunk that it is given, and says `more` until
 * the frame is whole, or `garbage` for what is none: too long, no JSON, or something behind it. All that was taken,
 * the key in the frame too, is wiped by `wipe`, and the next frame may come.
 */
export function frameReader() {
	const bytes = fixedBytes(frameBytes);
	let length = 0;

	function frame(): Frame | 'more' | 'garbage' {
		const end = bytes.subarray(0, length).indexOf(newline);
		if (end === -1) return length === frameBytes ? 'garbage' : 'more';
		const head = objectOf(bytes.toString('utf8', 0, end));
		if (!head) return 'garbage';
		const behind = bytes.subarray(end + 1, length);
		const wanted = head['key'] === true ? keyBytes : 0;
		if (behind.length < wanted) return 'more';
		if (behind.length > wanted) return 'garbage';
		return wanted === 0 ? {head} : {head, key: behind};
	}

	return {
		take(chunk: Buffer): ReturnType<typeof frame> {
			const fits = length + chunk.length <= frameBytes;
			if (fits) length += chunk.copy(bytes, length);
			chunk.fill(0);
			return fits ? frame() : 'garbage';
		},
		wipe() {
			bytes.fill(0);
			length = 0;
		},
	};
}

function objectOf(line: string): Frame['head'] | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** What a frame asks for; undefined when it is no request of this version. To lock is understood in any. */
export function requestOf({head}: Frame): AgentRequest | undefined {
	const {v, op, vault, idleMs, maxMs} = head;
	if (op === 'lock') return {op};
	if (v !== protocolVersion) return undefined;
	if (op === 'status') return {op};
	if (!isVaultId(vault)) return undefined;
	if (op === 'get' || op === 'forget') return {op, vault};
	return op === 'put' && isTime(idleMs) && isTime(maxMs) ? {op, vault, idleMs, maxMs} : undefined;
}

/** The keys that a frame reports on; undefined when it is no such report of this version. */
export function reportOf({head: {v, pid, vaults}}: Frame): AgentReport | undefined {
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

/** 16 bytes in base64, as the vault's header has them. */
function isVaultId(value: unknown): value is string {
	return typeof value === 'string' && /^[\d+/A-Za-z]{22}==$/.test(value);
}

function isTime(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= shortestMs && (value as number) <= longestMs;
}
