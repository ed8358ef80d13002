import path from 'node:path';
import {baseOf, xdgFolder, type ProcessEnvironment} from '../files/home.ts';

export type AgentEndpoint = {
	/** Absolute; only the owner may reach its folder. */
	readonly socket: string;
	/** The user's number; a socket or folder of another owner is refused. */
	readonly owner: number;
	readonly base?: string | undefined;
};

/** The argument that `launch` starts the agent with; no table of commands has it. */
export const agentProcessCommand = 'agent-process';

/**
 * `$XDG_RUNTIME_DIR/okx-keys/agent.sock`, which ends with the login; else below `$XDG_STATE_HOME` or `~/.local/state`;
 * undefined without a home. Relative values are ignored, as the XDG base directory specification demands.
 */
export function agentEndpoint(
	environment: ProcessEnvironment,
	home: string | undefined,
	owner: number,
): AgentEndpoint | undefined {
	const folder =
		xdgFolder(environment, 'XDG_RUNTIME_DIR') ??
		xdgFolder(environment, 'XDG_STATE_HOME') ??
		(home === undefined ? undefined : path.join(home, '.local/state'));
	if (folder === undefined) return undefined;
	const socket = path.join(folder, 'okx-keys', 'agent.sock');
	return {socket, owner, base: baseOf(socket, environment, home)};
}
