import type {ChildProcess} from 'node:child_process';
import fs from 'node:fs';
import {isSea} from 'node:sea';
import {homeFolder} from '../files/home.ts';
import {createElapsedClock} from './suspend-aware-clock.ts';
import {agentEndpoint, agentProcessCommand, type AgentEndpoint} from './endpoint.ts';
import {serveAgent, type Agent} from './server.ts';

const clocks = {monotonic: () => performance.now(), wall: () => Date.now()};

export function agentEndpointHere(): AgentEndpoint | undefined {
	return agentEndpoint(process.env, homeFolder(), process.geteuid!());
}

/** Makes this process the agent; a signal that ends it wipes the keys first. Throws like `startAgent`. */
export async function serveInForeground(endpoint: AgentEndpoint): Promise<Agent> {
	const agent = await serveAgent({endpoint, pid: process.pid, elapsed: createElapsedClock(clocks)});
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, agent.stop);
	return agent;
}

/** The whole life of the detached agent that `launch` starts; it has no terminal for messages. */
export async function agentProcess(socket: string): Promise<void> {
	const {ended} = await serveInForeground({socket, owner: process.geteuid!()});
	await ended;
}

/**
 * Starts the agent in a session of its own, without this process's terminal, open files, environment or folder. It ends
 * unless it is given a key within about 10 s.
 */
export function launch({socket}: AgentEndpoint): ChildProcess {
	const {spawn} = process.getBuiltinModule('node:child_process');
	// In an executable, that word is whatever its caller called it.
	const script = isSea() ? [] : [process.argv[1]!];
	const child = spawn(process.execPath, [...script, agentProcessCommand, socket], {
		detached: true,
		cwd: '/',
		env: {},
		stdio: nothingInherited(),
	});
	child.unref();
	return child;
}

const closeOnExec = 0o2000000;

/**
 * Redirects every descriptor that would be inherited, such as the 40 of `40< file`, to /dev/null: an agent that held a
 * pipe open would keep its reader waiting.
 */
function nothingInherited(): ('ignore' | number)[] {
	const stdio: ('ignore' | number)[] = ['ignore', 'ignore', 'ignore'];
	// Only Linux lists them; elsewhere Node closes its own ones.
	const open = fs.existsSync('/proc/self/fdinfo') ? fs.readdirSync('/proc/self/fdinfo').map(Number) : [];
	const passedOn = open.filter(descriptor => descriptor > 2 && isPassedOn(descriptor));
	if (passedOn.length === 0) return stdio;
	const nowhere = fs.openSync('/dev/null', 'r+');
	for (const descriptor of passedOn) stdio[descriptor] = nowhere;
	return Array.from(stdio, entry => entry ?? 'ignore');
}

function isPassedOn(descriptor: number): boolean {
	try {
		const flags = /^flags:\s*(\d+)$/m.exec(fs.readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? '0';
		return (Number.parseInt(flags, 8) & closeOnExec) === 0;
	} catch {
		// It was the listing's own.
		return false;
	}
}
