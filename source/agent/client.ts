import net from 'node:net';
import {agentFailure, isSocketThere} from './guard.ts';
import type {Left, Term} from './keyring.ts';
import type {AgentPlace} from './place.ts';
import {keyBytes, printFrame, frameReader, protocolVersion, reportOf, type Frame} from './protocol.ts';

/** How long an agent may take for an answer; it has nothing to think about, ms. */
const patienceMs = 5000;

/**
 * Sends one request and gives what `read` makes of the answer, whose key is wiped afterwards. Undefined when nobody listens, or when whoever
 * does gives no whole answer. Throws `agent`, with nothing sent, when what is there is not to be trusted.
 */
async function ask<Result>(place: AgentPlace, head: Frame['head'], read: (answer: Frame) => Result, key?: Uint8Array): Promise<Result | undefined> {
	if (!isSocketThere(place)) return undefined;
	const request = printFrame(head, key);
	const reader = frameReader();
	const socket = net.connect(place.socket);
	const {promise, resolve} = Promise.withResolvers<Frame | undefined>();
	const timer = setTimeout(() => socket.destroy(), patienceMs);
	socket.on('data', (chunk: Buffer) => {
		const answer = reader.take(chunk);
		if (answer === 'more') return;
		resolve(answer === 'garbage' ? undefined : answer);
		socket.destroy();
	});
	// The close that follows says all there is to know.
	socket.on('error', () => {});
	socket.on('close', () => {
		clearTimeout(timer);
		resolve(undefined);
	});
	socket.write(request);
	try {
		const answer = await promise;
		return answer && read(answer);
	} finally {
		request.fill(0);
		reader.wipe();
	}
}

/**
 * The agent that listens at a place, as the context of the actions has it (`KeyAgent`): compose.ts gives it
 * `keyAgentAt(agentPlaceHere())`, of process.ts.
 */
export function keyAgentAt(place: AgentPlace) {
	return {
		/** The key of a vault, which the caller wipes; undefined when no agent runs or it has none. Throws `agent` when what listens is not to be trusted. */
		get: async (vault: string): Promise<Buffer | undefined> => ask(place, {op: 'get', vault}, ({head, key}) =>
			head['v'] === protocolVersion && key?.length === keyBytes ? Buffer.from(key) : undefined),
		/** Makes it forget the key of a vault. Never throws. */
		async forget(vault: string): Promise<void> {
			await ask(place, {op: 'forget', vault}, () => undefined).catch(() => undefined);
		},
	};
}

/** What an agent has; undefined when none runs. Throws `agent` when what listens is not to be trusted or does not understand us. */
export async function agentReport(place: AgentPlace): Promise<{readonly pid: number; readonly vaults: readonly Left[]} | undefined> {
	return ask(place, {op: 'status'}, answer => {
		const report = reportOf(answer);
		if (!report) throw misunderstood('The agent that runs belongs to another version of okx-keys.');
		return report;
	});
}

/** Gives the key of a vault to the agent for a while. Throws `agent` when it does not take it. */
export async function giveKey(place: AgentPlace, vault: string, key: Uint8Array, {idleMs, maxMs}: Term): Promise<void> {
	const taken = await ask(place, {op: 'put', vault, idleMs, maxMs}, ({head}) => head['ok'] === true, key);
	if (taken !== true) throw misunderstood(taken === undefined ? 'The agent has ended before it could take the key.' : 'The agent did not take the key: it has too many, or belongs to another version of okx-keys.');
}

/** Makes the agent forget everything and end; gives how many keys it had, or undefined when none runs. Throws `agent` when what listens is not to be trusted. */
export async function lockAgent(place: AgentPlace): Promise<number | undefined> {
	return ask(place, {op: 'lock'}, ({head: {forgotten}}) => typeof forgotten === 'number' ? forgotten : 0);
}

function misunderstood(problem: string) {
	return agentFailure(problem, 'End it with okx-keys agent lock, and start it again.');
}
