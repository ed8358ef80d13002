import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import net, {type Server, type Socket} from 'node:net';
import path from 'node:path';
import {attempt} from '../files/attempt.ts';
import {reasonOf} from '../core/system-error.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {padded} from './bytes.ts';
import {agentReport} from './client.ts';
import {agentFailure, agentMisused, prepareFolder} from './guard.ts';
import {keyring} from './keyring.ts';
import type {AgentEndpoint} from './endpoint.ts';
import {messageReader, keyBytes, printMessage, requestOf, type Put, type AgentRequest} from './protocol.ts';
import {t} from '../language/translate.ts';

export type AgentEnding = 'locked' | 'empty' | 'replaced' | 'stopped';

export type Agent = {
	/** Resolves when every key is wiped and nothing listens any more. */
	readonly ended: Promise<AgentEnding>;
	/** Wipes every key and ends. Idempotent. */
	readonly stop: () => void;
};

export type AgentOptions = {
	readonly endpoint: AgentEndpoint;
	readonly pid: number;
	/** ms since any moment (`createElapsedClock`). */
	readonly elapsed: () => number;
};

const connectionMs = 2000;
const mostAtOnce = 64;
const mostWaiting = 512;
/** Checks for keys whose time is over, and for the socket, ms. */
const tickMs = 1000;
/** For the first key of a new agent, ms. */
const graceMs = 10_000;

/**
 * Listens and keeps keys until their time is over; ends when it has none, or when its socket was replaced. Throws
 * `agent` if an agent runs already or the endpoint is not private; callers hold a lock, since two starting at once
 * would not see each other.
 */
export async function serveAgent({endpoint, pid, elapsed}: AgentOptions): Promise<Agent> {
	prepareFolder(endpoint);
	await refuseSecondAgent(endpoint);
	const ring = keyring(elapsed);
	const active = new Set<Socket>();
	const waiting: Socket[] = [];
	const {promise: ended, resolve} = Promise.withResolvers<AgentEnding>();
	let graceEndsAt = elapsed() + graceMs;
	let isLocked = false;

	const server = net.createServer({pauseOnConnect: true}, socket => {
		socket.on('error', () => {});
		if (active.size < mostAtOnce) attend(socket);
		else if (waiting.length < mostWaiting) waiting.push(socket);
		else socket.destroy();
	});
	const isOurs = await listen(server, endpoint, pid);
	server.on('error', () => end('stopped'));
	const tick = setInterval(settle, tickMs);
	return {ended, stop: () => end('stopped')};

	function attend(socket: Socket): void {
		const reader = messageReader();
		const timer = setTimeout(() => socket.destroy(), connectionMs);
		const pad = randomBytes(keyBytes);
		let expected: Put | undefined;
		let answer: Buffer | undefined;
		active.add(socket);
		socket.on('data', (chunk: Buffer) => {
			const message = answer ? 'garbage' : reader.take(chunk);
			if (message === 'more') return;
			const request = message === 'garbage' || expected ? undefined : requestOf(message);
			if (request?.op === 'put') {
				expected = request;
				reader.wipe();
				const offer = printMessage({ok: true}, pad);
				socket.write(offer, () => {
					offer.fill(0);
				});
				return;
			}

			if (request) answer = answerTo(request);
			else if (expected && message !== 'garbage' && message.key) answer = keep(expected, padded(message.key, pad));
			if (answer) socket.end(answer);
			else socket.destroy();
			settle();
		});
		socket.on('close', () => {
			clearTimeout(timer);
			reader.wipe();
			pad.fill(0);
			answer?.fill(0);
			active.delete(socket);
			const next = waiting.shift();
			if (next) attend(next);
		});
		socket.resume();
	}

	function keep({vault, ...term}: Put, key: Buffer): Buffer {
		const ok = ring.put(vault, key, term);
		key.fill(0);
		graceEndsAt = 0;
		return printMessage({ok});
	}

	function answerTo(request: Exclude<AgentRequest, Put>): Buffer {
		switch (request.op) {
			case 'get': {
				const key = ring.get(request.vault);
				const answer = printMessage({ok: key !== undefined}, key);
				key?.fill(0);
				return answer;
			}

			case 'forget':
				return printMessage({ok: ring.forget(request.vault)});

			case 'lock': {
				isLocked = true;
				return printMessage({ok: true, forgotten: ring.forgetAll()});
			}

			default:
				return printMessage({ok: true, pid, vaults: ring.expire()});
		}
	}

	function settle(): void {
		const isEmpty = ring.expire().length === 0;
		if (isLocked) end('locked');
		else if (!isOurs()) end('replaced');
		else if (isEmpty && elapsed() >= graceEndsAt) end('empty');
	}

	function end(why: AgentEnding): void {
		ring.forgetAll();
		clearInterval(tick);
		attempt(() => {
			if (isOurs()) fs.unlinkSync(endpoint.socket);
		});
		server.close(() => resolve(why));
		// An answer in progress is finished.
		for (const socket of [...waiting.splice(0), ...active]) if (!socket.writableEnded) socket.destroy();
	}
}

/** Throws `agent` if an agent runs already. */
export async function refuseSecondAgent(endpoint: AgentEndpoint): Promise<void> {
	const other = await agentReport(endpoint);
	if (other)
		throw agentMisused(
			t`An agent is already running (process ${other.pid}).`,
			t`Use it, or end it with ${suggestedCommand('agent', 'lock')}.`,
		);
}

/**
 * Binds a temporary name and renames it once it is private and listening: a half-made socket is never visible, a dead
 * one is replaced, and Node's clean-up cannot remove a later agent's. The returned function tells whether the socket is
 * still in place.
 */
async function listen(server: Server, {socket, owner}: AgentEndpoint, pid: number): Promise<() => boolean> {
	// No longer than the final name, so that it fits too.
	const bare = path.join(path.dirname(socket), `.${pid.toString(36)}`);
	try {
		fs.rmSync(bare, {force: true});
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject).listen({path: bare}, () => {
				server.off('error', reject);
				resolve();
			});
		});
		fs.chmodSync(bare, 0o600);
		const {ino} = fs.lstatSync(bare);
		fs.renameSync(bare, socket);
		// While it is bound, no other file gets its inode, even if the name is gone.
		return () => {
			const stats = fs.lstatSync(socket, {throwIfNoEntry: false});
			return stats?.ino === ino && stats.uid === owner;
		};
	} catch (error) {
		server.close();
		attempt(() => fs.unlinkSync(bare));
		throw agentFailure(
			t`The agent cannot listen at ${sanitize(socket)} (${reasonOf(error)}).`,
			t`Set XDG_RUNTIME_DIR to a folder that only you can use.`,
			error,
		);
	}
}
