import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {giveKey, keyAgentAt} from '../../source/agent/client.ts';
import {createElapsedClock} from '../../source/agent/suspend-aware-clock.ts';
import type {AgentEndpoint} from '../../source/agent/endpoint.ts';
import {serveAgent} from '../../source/agent/server.ts';

export const owner = process.geteuid!();
export const isRoot = owner === 0;
/** A user that is neither root nor who runs the tests. */
export const nobody = 65_534;
export const hour = 3_600_000;
export const term = {idleMs: hour, maxMs: hour};

/** An endpoint of its own that other users could reach if its folder and socket let them; gone with the test. */
export function newEndpoint(): AgentEndpoint & {readonly folder: string} {
	const base = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-agent-'));
	fs.chmodSync(base, 0o755);
	onTestFinished(() => {
		fs.rmSync(base, {recursive: true, force: true});
	});
	const folder = path.join(base, 'okx-keys');
	return {socket: path.join(folder, 'agent.sock'), owner, folder};
}

export const clocks = {monotonic: () => performance.now(), wall: () => Date.now()};

/** An agent in this process, with the real clocks unless others are given. */
export async function newAgent(endpoint: AgentEndpoint, elapsed = createElapsedClock(clocks)) {
	const agent = await serveAgent({endpoint, pid: process.pid, elapsed});
	onTestFinished(async () => {
		agent.stop();
		await agent.ended;
	});
	return agent;
}

/** An id as vaults have them, and a key. */
export function newKey(): {readonly vault: string; readonly key: Buffer} {
	return {vault: randomBytes(16).toString('base64'), key: randomBytes(32)};
}

/** Sends bytes as they are, and gives everything that comes back until the other side closes. */
export async function send(endpoint: AgentEndpoint, ...chunks: readonly (string | Buffer)[]): Promise<Buffer> {
	const socket = net.connect(endpoint.socket);
	socket.on('error', () => {});
	for (const chunk of chunks) socket.write(chunk);
	const answer: Buffer[] = [];
	socket.on('data', (chunk: Buffer) => answer.push(chunk));
	await new Promise(resolve => {
		socket.on('close', resolve);
	});
	return Buffer.concat(answer);
}

/** Something else that listens at the endpoint; gives what it was sent. */
export async function impostor(
	endpoint: AgentEndpoint,
	answer: (socket: net.Socket) => void = () => {},
): Promise<() => string> {
	fs.mkdirSync(path.dirname(endpoint.socket), {recursive: true, mode: 0o700});
	let heard = '';
	const sockets: net.Socket[] = [];
	const server = net.createServer(socket => {
		sockets.push(socket);
		socket
			.on('error', () => {})
			.on('data', (chunk: Buffer) => {
				heard += chunk.toString('latin1');
				answer(socket);
			});
	});
	await new Promise<void>(resolve => {
		server.listen(endpoint.socket, resolve);
	});
	fs.chmodSync(endpoint.socket, 0o600);
	onTestFinished(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	return () => heard;
}

/** An agent that holds one key. */
export async function holding(limits = term) {
	const endpoint = newEndpoint();
	const agent = await newAgent(endpoint);
	const held = newKey();
	await giveKey(endpoint, held.vault, held.key, limits);
	return {endpoint, agent, ...held, client: keyAgentAt(endpoint)};
}
