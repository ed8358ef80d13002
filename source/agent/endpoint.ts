import path from 'node:path';
import {baseOf, xdgFolder, type ProcessEnvironment} from '../files/home.ts';

/** Where the agent of one user listens. */
export type AgentEndpoint = {
	/** Absolute; nothing else lies in its folder that others may see. */
	readonly socket: string;
	/** The user's number: whoever else owns the socket or its folder is not talked to. */
	readonly owner: number;
	/** The folder below which the socket's own may be made. */
	readonly base?: string | undefined;
};

/** The first word of a command line that is the agent itself. For `launch` alone, so no table of commands has it. */
export const agentProcessCommand = 'agent-process';

/**
 * `$XDG_RUNTIME_DIR/okx-keys/agent.sock`, which ends with the login; else the same below `$XDG_STATE_HOME` or
 * `~/.local/state`. Relative values are ignored, as the XDG base directory specification demands. Undefined where
 * there is no home.
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
