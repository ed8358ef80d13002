import path from 'node:path';
import {agentReport, giveKey, lockAgent} from '../agent/client.ts';
import {agentFailure, agentMisused, prepareFolder} from '../agent/guard.ts';
import type {LeaseTerm} from '../agent/keyring.ts';
import type {AgentEndpoint} from '../agent/endpoint.ts';
import {agentEndpointHere, serveInForeground, launch} from '../agent/process.ts';
import {longestMs, shortestMs} from '../agent/protocol.ts';
import {refuseSecond, type AgentEnding} from '../agent/server.ts';
import {ensureAgent} from '../agent/start.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {parseDuration, formatDuration} from '../core/text/duration.ts';
import {reasonOf} from '../core/system-error.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {AppError} from '../core/errors.ts';
import type {Exit} from '../core/exit-status.ts';
import {takeLock} from '../vault/store/lock.ts';
import {defineCommand, optional, type Session} from '../cli/command.ts';
import {flag, text, type ValuesOf} from '../cli/option.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, table} from '../cli/print.ts';

const usual = {idle: '15m', max: '8h'};

/** How long another start may take before this one gives up, ms. */
const lockWaitMs = 15_000;

const endings: Readonly<Record<AgentEnding, string>> = {
	locked: 'it was locked',
	empty: 'the time of its keys is over',
	replaced: 'its socket was removed or replaced',
	stopped: 'it was stopped',
};

const options = {
	idle: text(
		'--idle <time>',
		`forget it when it was not used for so long, such as 90s or 2h; ${usual.idle} without it`,
	),
	max: text('--max <time>', `forget it after so long in any case; ${usual.max} without it`),
	foreground: flag('--foreground', 'be the agent until it ends, for a service manager'),
};
type Given = ValuesOf<typeof options>;

export const agentCommand = defineCommand({
	name: 'agent',
	summary:
		'keep the vault’s key in memory for a while, so that commands in a row ask once: start (without a word), status, or lock (also stop) to forget it now',
	operand: optional('action'),
	options,
	async run(session, {operand: action = 'start', options}) {
		const place = agentEndpointHere();
		if (!place)
			throw agentMisused('There is no home folder to keep the agent’s socket in.', 'Set HOME or XDG_RUNTIME_DIR.');
		if (action === 'start') return start(session, options, place);
		if (action === 'status') return status(session, place);
		// People who end a service call it that.
		if (action === 'lock' || action === 'stop') return lock(session, place);
		throw new AppError('usage', {
			problem: `The agent has no action called ${sanitize(action) || '“”'}.`,
			hint: 'Use start, status or lock.',
		});
	},
});

async function start(
	session: Session,
	{foreground: isForeground, ...given}: Given,
	place: AgentEndpoint,
): Promise<Exit> {
	const {
		context: {vault, ...context},
		io,
	} = session;
	const term = termOf(given);
	// What would be in the way is told before anybody types a passphrase for nothing.
	prepareFolder(place);
	await (isForeground ? refuseSecond(place) : agentReport(place));
	// Not by the agent's own key: its longest time would then have no end.
	await unlock({...session, context: {...context, vault, keyAgent: undefined}});
	const {vaultId, key} = vault.key();
	vault.lock();
	try {
		const here = isForeground ? await underLock(place, () => serveInForeground(place)) : undefined;
		if (!here) await underLock(place, () => ensureAgent(place, launch));
		await giveKey(place, vaultId, key, term);
		key.fill(0);
		io.note(
			`The agent has the key of ${sanitize(vault.path)} for ${formatDuration(term.idleMs)} after each use, and for ${formatDuration(term.maxMs)} at most. To end that: ${suggestedCommand('agent', 'lock')}.`,
		);
		if (io.json) await status(session, place);
		if (here) io.note(`The agent has ended: ${endings[await here.ended]}.`);
		return 'ok';
	} finally {
		key.fill(0);
	}
}

/** Two starts at once would both find no agent. */
async function underLock<Result>({socket}: AgentEndpoint, work: () => Promise<Result>): Promise<Result> {
	const release = await takeLock(path.join(path.dirname(socket), 'agent.lock'), lockWaitMs).catch((error: unknown) => {
		throw agentFailure(
			`The agent’s folder cannot be written (${reasonOf(error)}).`,
			'Set XDG_RUNTIME_DIR to a folder of your own.',
			error,
		);
	});
	if (!release) throw agentFailure('Another program is just starting the agent.', 'Try again in a moment.');
	try {
		return await work();
	} finally {
		release();
	}
}

async function status({context: {vault}, io}: Session, place: AgentEndpoint): Promise<Exit> {
	const report = await agentReport(place);
	const here = (await vault.exists()) ? (await vault.readHeader()).vaultId : undefined;
	const vaults = report?.vaults ?? [];
	if (io.json) {
		io.out(
			jsonText({
				running: report !== undefined,
				socket: place.socket,
				pid: report?.pid ?? null,
				vaults: vaults.map(({vault: vaultId, idleLeftMs, leftMs}) => ({
					vaultId,
					path: vaultId === here ? vault.path : null,
					idleLeftMs: Math.ceil(idleLeftMs),
					leftMs: Math.ceil(leftMs),
				})),
			}),
		);
	} else if (!report) {
		io.note('No agent runs.');
	} else if (vaults.length === 0) {
		io.note('The agent has no key.');
	} else {
		const rows = vaults.map(({vault: vaultId, idleLeftMs, leftMs}) => [
			formatDuration(idleLeftMs),
			formatDuration(leftMs),
			vaultId === here ? vault.path : `another one (${vaultId})`,
		]);
		io.out(table(['IF UNUSED', 'AT MOST', 'VAULT'], rows, io.columns));
	}

	return 'ok';
}

async function lock({io}: Session, place: AgentEndpoint): Promise<Exit> {
	const forgotten = await lockAgent(place);
	if (io.json) io.out(jsonText({forgotten: forgotten ?? null}));
	else
		io.note(
			forgotten === undefined
				? 'No agent runs.'
				: `The agent has forgotten ${forgotten === 1 ? 'its key' : `its ${forgotten} keys`} and ended.`,
		);
	return 'ok';
}

/** Throws `usage` for a time that is none, or longer than an agent keeps anything. */
function termOf({idle = usual.idle, max = usual.max}: Pick<Given, 'idle' | 'max'>): LeaseTerm {
	const idleMs = timeOf('--idle', idle);
	const maxMs = timeOf('--max', max);
	// A longest time that is short is meant, even beside the usual idle time.
	return {idleMs: Math.min(idleMs, maxMs), maxMs};
}

function timeOf(option: string, given: string): number {
	const ms = parseDuration(given);
	if (ms === undefined || ms < shortestMs || ms > longestMs)
		throw new AppError('usage', {
			problem: `${option} is not a time from ${formatDuration(shortestMs)} to ${formatDuration(longestMs)}.`,
			hint: 'Write it as 90s, 15m, 8h or 2d.',
		});
	return ms;
}
