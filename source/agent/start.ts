import type {ChildProcess} from 'node:child_process';
import {setTimeout as delay} from 'node:timers/promises';
import {suggestedCommand} from '../core/invocation.ts';
import {agentReport} from './client.ts';
import {agentFailure, prepareFolder} from './guard.ts';
import type {AgentEndpoint} from './endpoint.ts';
import {t} from '../language/translate.ts';

const startMs = 10_000;
const lookMs = 20;

/**
 * Resolves when an agent listens, the running one or the one that `launch` starts. Throws `agent` if it does not come
 * up or the endpoint is not to be trusted; call it under a lock, so that two callers do not start one each.
 */
export async function ensureAgent(
	endpoint: AgentEndpoint,
	launch: (endpoint: AgentEndpoint) => ChildProcess,
): Promise<void> {
	prepareFolder(endpoint);
	if (await agentReport(endpoint)) return;
	const child = launch(endpoint);
	let problem: string | undefined;
	child.once('error', () => {
		problem = t`The agent could not be started.`;
	});
	child.once('exit', () => {
		problem = t`The agent ended as soon as it was started.`;
	});
	const end = performance.now() + startMs;
	while (!(await agentReport(endpoint))) {
		if (performance.now() > end) problem ??= t`The agent did not start in time.`;
		if (problem !== undefined) {
			child.kill();
			throw agentFailure(problem, t`${suggestedCommand('agent', '--foreground')} shows why.`);
		}

		await delay(lookMs);
	}
}
