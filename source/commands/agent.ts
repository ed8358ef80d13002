import {
	findAgentEndpoint,
	agentStatus,
	leaseMs,
	lockAgent,
	prepareAgent,
	startAgent,
	type AgentEndpoint,
	type AgentEnding,
} from '../actions/agent.ts';
import type {Exit} from '../core/exit-status.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {formatDuration} from '../core/text/duration.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, oneWord, type Session} from '../cli/command.ts';
import {flag, parsed, text, type ValuesOf} from '../cli/option.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, table} from '../cli/print.ts';
import {msg, t, type Translatable} from '../language/translate.ts';

const usual = {idleMs: 15 * 60_000, maxMs: 8 * 3_600_000};

const endings: Readonly<Record<AgentEnding, Translatable>> = {
	locked: msg`it was locked`,
	empty: msg`the time of its keys is over`,
	replaced: msg`its socket was removed or replaced`,
	stopped: msg`it was stopped`,
};

const options = {
	idle: parsed(
		text(
			'--idle <time>',
			msg`forget it after this time without use, such as 90s or 2h (default: ${formatDuration(usual.idleMs)})`,
		),
		given => leaseMs('--idle', given),
	),
	max: parsed(
		text('--max <time>', msg`forget it after this time in any case (default: ${formatDuration(usual.maxMs)})`),
		given => leaseMs('--max', given),
	),
	foreground: flag('--foreground', msg`run in the foreground, for a service manager`),
};

export const agentCommand = defineCommand({
	name: 'agent',
	summary: msg`keep the key of the vault in memory for a while, so that a series of commands asks once: start
		(default), status, or lock (also stop)`,
	examples: [msg`okx-keys agent --idle 30m`, msg`okx-keys agent status`, msg`okx-keys agent lock`],
	// `stop` is the common word for ending a service.
	operand: oneWord('action', ['start', 'status', 'lock', 'stop'], 'start'),
	options,
	async run(session, {operand: action, options}) {
		const endpoint = findAgentEndpoint();
		if (action === 'start') return start(session, options, endpoint);
		if (action === 'status') return status(session, endpoint);
		return lock(session, endpoint);
	},
});

async function start(
	session: Session,
	{idle = usual.idleMs, max: maxMs = usual.maxMs, foreground: isForeground}: ValuesOf<typeof options>,
	endpoint: AgentEndpoint,
): Promise<Exit> {
	const {context, io} = session;
	// A --max below the default idle time shortens the idle time too.
	const term = {idleMs: Math.min(idle, maxMs), maxMs};
	await prepareAgent(endpoint, isForeground);
	// Without the agent's own key, or its maximum time could be extended without end.
	await unlock({...session, context: {...context, keyAgent: undefined}});
	const here = await startAgent(context, endpoint, term, isForeground);
	io.note(
		t`The agent has the key of ${sanitize(context.vault.path)} for ${formatDuration(term.idleMs)} after each use, and
			for ${formatDuration(term.maxMs)} at most. To end that: ${suggestedCommand('agent', 'lock')}.`,
	);
	if (io.json) await status(session, endpoint);
	if (here) io.note(t`The agent has ended: ${endings[await here.ended]()}.`);
	return 'ok';
}

async function status({context, io}: Session, endpoint: AgentEndpoint): Promise<Exit> {
	const {pid, vaults} = await agentStatus(context, endpoint);
	if (io.json) {
		io.out(
			jsonText({
				running: pid !== undefined,
				socket: endpoint.socket,
				pid: pid ?? null,
				vaults: vaults.map(({vaultId, path, idleLeftMs, leftMs}) => ({
					vaultId,
					path: path ?? null,
					idleLeftMs: Math.ceil(idleLeftMs),
					leftMs: Math.ceil(leftMs),
				})),
			}),
		);
	} else if (pid === undefined) {
		io.note(t`No agent runs.`);
	} else if (vaults.length === 0) {
		io.note(t`The agent has no key.`);
	} else {
		const rows = vaults.map(({vaultId, path, idleLeftMs, leftMs}) => [
			formatDuration(idleLeftMs),
			formatDuration(leftMs),
			path ?? t`another one (${vaultId})`,
		]);
		io.out(table([t`IF UNUSED`, t`AT MOST`, t`VAULT`], rows, io.columns));
	}

	return 'ok';
}

async function lock({io}: Session, endpoint: AgentEndpoint): Promise<Exit> {
	const forgotten = await lockAgent(endpoint);
	if (io.json) io.out(jsonText({forgotten: forgotten ?? null}));
	else
		io.note(
			forgotten === undefined
				? t`No agent runs.`
				: t`The agent has forgotten ${forgotten === 1 ? t`its key` : t`its ${forgotten} keys`} and ended.`,
		);
	return 'ok';
}
