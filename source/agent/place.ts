import path from 'node:path';

/** Where the agent of one user listens. */
export type AgentPlace = {
	/** Absolute; nothing else lies in its folder that others may see. */
	readonly socket: string;
	/** The user's number: whoever else owns the socket or its folder is not talked to. */
	readonly owner: number;
};

/** The first word of a command line that is the agent itself. For `launch` alone, so no table of commands has it. */
export const agentWord = 'agent-process';

/**
 * `$XDG_RUNTIME_DIR/okx-keys/agent.sock`, which ends with the login; else the same below `$XDG_STATE_HOME` or
 * `~/.local/state`. Relative values are ignored, as the XDG base directory specification demands. Undefined where there is no home.
 */
export function agentPlace(environment: Readonly<Record<string, string | undefined>>, home: string, owner: number): AgentPlace | undefined {
	const state = path.isAbsolute(home) ? path.join(home, '.local/state') : undefined;
	const base = [environment['XDG_RUNTIME_DIR'], environment['XDG_STATE_HOME'], state].find(folder => folder !== undefined && path.isAbsolute(folder));
	return base === undefined ? undefined : {socket: path.join(base, 'okx-keys', 'agent.sock'), owner};
}
