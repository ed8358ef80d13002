import path from 'node:path';
import {agentReport, giveKey} from '../agent/client.ts';
import type {AgentEndpoint} from '../agent/endpoint.ts';
import {agentFailure, agentMisused, prepareFolder} from '../agent/guard.ts';
import type {LeaseTerm} from '../agent/keyring.ts';
import {agentEndpointHere, launch, serveInForeground} from '../agent/process.ts';
import {longestMs, shortestMs} from '../agent/protocol.ts';
import {refuseSecondAgent, type Agent, type AgentEnding} from '../agent/server.ts';
import {ensureAgent} from '../agent/start.ts';
import {AppError} from '../core/errors.ts';
import {reasonOf} from '../core/system-error.ts';
import {formatDuration, parseDuration} from '../core/text/duration.ts';
import {takeLock} from '../files/lock.ts';
import type {Context} from './context.ts';
import {t} from '../language/translate.ts';

export {lockAgent} from '../agent/client.ts';
export type {AgentEndpoint, AgentEnding};

/** How long another start may take before this one gives up, ms. */
const lockWaitMs = 15_000;

/** Throws `agent` where there is no home folder. */
export function findAgentEndpoint(): AgentEndpoint {
	const endpoint = agentEndpointHere();
	if (!endpoint)
		throw agentMisused(t`There is no home folder to keep the agent’s socket in.`, t`Set HOME or XDG_RUNTIME_DIR.`);
	return endpoint;
}

/** Throws `usage` for a text that is no time, or a time that an agent does not keep a key for. */
export function leaseMs(option: string, typed: string): number {
	const ms = parseDuration(typed);
	if (ms === undefined || ms < shortestMs || ms > longestMs)
		throw new AppError('usage', {
			problem: t`${option} is not a time from ${formatDuration(shortestMs)} to ${formatDuration(longestMs)}.`,
			hint: t`Write it as 90s, 15m, 8h or 2d.`,
		});
	return ms;
}

/** Checks before a passphrase is typed. Throws `agent` for anything that would prevent a start. */
export async function prepareAgent(endpoint: AgentEndpoint, isForeground: boolean): Promise<void> {
	prepareFolder(endpoint);
	await (isForeground ? refuseSecondAgent(endpoint) : agentReport(endpoint));
}

/**
 * Locks the open vault and gives its key to the agent, started where none runs. With `isForeground` this process
 * becomes the agent, which is the result.
 */
export async function startAgent(
	{vault}: Context,
	endpoint: AgentEndpoint,
	term: LeaseTerm,
	isForeground: boolean,
): Promise<Agent | undefined> {
	const {vaultId, key} = vault.key();
	vault.lock();
	try {
		const here = isForeground ? await underLock(endpoint, async () => serveInForeground(endpoint)) : undefined;
		if (!here) await underLock(endpoint, async () => ensureAgent(endpoint, launch));
		await giveKey(endpoint, vaultId, key, term);
		return here;
	} finally {
		key.fill(0);
	}
}

/** Two starts at once would both find no agent. */
async function underLock<Result>({socket}: AgentEndpoint, work: () => Promise<Result>): Promise<Result> {
	const release = await takeLock(path.join(path.dirname(socket), 'agent.lock'), lockWaitMs).catch((error: unknown) => {
		throw agentFailure(
			t`The agent’s folder cannot be written (${reasonOf(error)}).`,
			t`Set XDG_RUNTIME_DIR to a folder of your own.`,
			error,
		);
	});
	if (!release) throw agentFailure(t`Another program is just starting the agent.`, t`Try again in a moment.`);
	try {
		return await work();
	} finally {
		release();
	}
}

export type AgentStatus = {
	/** Undefined where no agent runs. */
	readonly pid: number | undefined;
	/** Undefined for another vault than the one here. */
	readonly vaults: readonly {
		readonly vaultId: string;
		readonly path: string | undefined;
		readonly idleLeftMs: number;
		readonly leftMs: number;
	}[];
};

export async function agentStatus({vault}: Context, endpoint: AgentEndpoint): Promise<AgentStatus> {
	const report = await agentReport(endpoint);
	const here = (await vault.exists()) ? (await vault.readHeader()).vaultId : undefined;
	return {
		pid: report?.pid,
		vaults: (report?.vaults ?? []).map(({vault: vaultId, idleLeftMs, leftMs}) => ({
			vaultId,
			path: vaultId === here ? vault.path : undefined,
			idleLeftMs,
			leftMs,
		})),
	};
}
