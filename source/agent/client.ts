import net from 'node:net';
import {suggestedCommand} from '../core/invocation.ts';
import {copied, fixedBytes, padded} from './bytes.ts';
import {agentFailure, isSocketThere} from './guard.ts';
import type {LeaseTerm} from './keyring.ts';
import type {AgentEndpoint} from './endpoint.ts';
import {
	messageBytes,
	messageReader,
	printMessage,
	protocolVersion,
	reportOf,
	type AgentMessage,
	type AgentReport,
} from './protocol.ts';
import {t} from '../language/translate.ts';

const answerTimeoutMs = 5000;

/** The answer's key is there only until the next message; undefined if no answer comes. */
type Say = (head: AgentMessage['head'], key?: Uint8Array) => Promise<AgentMessage | undefined>;

/**
 * Undefined if no agent listens. Throws `agent` before anything is sent to a socket that is not to be trusted, and for
 * an agent that does not answer in time.
 */
async function talk<Result>(
	endpoint: AgentEndpoint,
	work: (say: Say) => Promise<Result>,
	timeoutMs = answerTimeoutMs,
): Promise<Result | undefined> {
	if (!isSocketThere(endpoint)) return undefined;
	const reader = messageReader();
	// Node frees its own read buffers without wiping them.
	const buffer = fixedBytes(messageBytes);
	let heard: (message: AgentMessage | undefined) => void = () => {};
	const socket = net.connect({
		path: endpoint.socket,
		onread: {
			buffer,
			callback(size) {
				const message = reader.take(buffer.subarray(0, size));
				if (message !== 'more') heard(message === 'garbage' ? undefined : message);
				return true;
			},
		},
	});
	let isSilent = false;
	const timer = setTimeout(() => {
		isSilent = true;
		socket.destroy();
	}, timeoutMs);
	const closed = new Promise<undefined>(resolve => {
		socket.once('close', () => {
			resolve(undefined);
		});
	});
	socket.on('error', ({code}: NodeJS.ErrnoException) => {
		// On Linux: the queue of a listening process is full (connect(2)).
		if (code === 'EAGAIN') isSilent = true;
	});

	async function say(head: AgentMessage['head'], key?: Uint8Array): Promise<AgentMessage | undefined> {
		reader.wipe();
		const message = printMessage(head, key);
		const answer = new Promise<AgentMessage | undefined>(resolve => {
			heard = resolve;
		});
		socket.write(message, () => {
			message.fill(0);
		});
		return Promise.race([answer, closed]);
	}

	try {
		const result = await work(say);
		// A silent agent may still hold a key.
		if (isSilent)
			throw agentFailure(
				t`The agent of okx-keys does not answer.`,
				t`End its process with kill -9; pgrep -f 'okx-keys.* agent' finds it.`,
			);
		return result;
	} finally {
		clearTimeout(timer);
		socket.destroy();
		reader.wipe();
	}
}

/** The `KeyAgent` of the actions for the agent that listens at `endpoint`. */
export function keyAgentAt(endpoint: AgentEndpoint, timeoutMs?: number) {
	return {
		/**
		 * The key of a vault, which the caller wipes; undefined if no agent runs or it does not hold the key. Throws
		 * `agent` if what listens is not to be trusted.
		 */
		get: async (vault: string): Promise<Buffer | undefined> =>
			talk(
				endpoint,
				async say => {
					const answer = await say({op: 'get', vault});
					return answer?.key && answer.head['v'] === protocolVersion ? copied(answer.key) : undefined;
				},
				timeoutMs,
			),
		/** Never throws. */
		async forget(vault: string): Promise<void> {
			await talk(endpoint, async say => say({op: 'forget', vault})).catch(() => undefined);
		},
	};
}

/** Undefined if no agent runs. Throws `agent` if what listens is not to be trusted or is another version. */
export async function agentReport(endpoint: AgentEndpoint): Promise<AgentReport | undefined> {
	return talk(endpoint, async say => {
		const answer = await say({op: 'status'});
		const report = answer && reportOf(answer);
		if (answer && !report) throw misunderstood(t`The running agent belongs to another version of okx-keys.`);
		return report;
	});
}

/** Throws `agent` if no agent takes the key. */
export async function giveKey(
	endpoint: AgentEndpoint,
	vault: string,
	key: Uint8Array,
	{idleMs, maxMs}: LeaseTerm,
): Promise<void> {
	const answer = await talk(endpoint, async say => {
		const offer = await say({op: 'put', vault, idleMs, maxMs});
		if (!offer?.key) return offer;
		return say({op: 'key'}, padded(key, offer.key));
	});
	if (!answer) throw misunderstood(t`The agent has ended before it could take the key.`);
	if (answer.head['ok'] !== true)
		throw misunderstood(t`The agent did not take the key: it has as many as it can keep.`);
}

/**
 * Makes the agent forget all keys and end; returns how many there were, or undefined if no agent runs. Throws `agent`
 * if what listens is not to be trusted.
 */
export async function lockAgent(endpoint: AgentEndpoint): Promise<number | undefined> {
	return talk(endpoint, async say => {
		const answer = await say({op: 'lock'});
		return typeof answer?.head['forgotten'] === 'number' ? answer.head['forgotten'] : undefined;
	});
}

function misunderstood(problem: string) {
	return agentFailure(problem, t`End it with ${suggestedCommand('agent', 'lock')}, and start it again.`);
}
