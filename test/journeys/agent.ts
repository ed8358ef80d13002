import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {expect} from 'vitest';
import {test as journey} from './journey.ts';
import {until} from './ending.ts';
import {run, type Home, type Run} from './program.ts';
import {vaultIn} from './vaults.ts';

export const isLinux = process.platform === 'linux';

export type Status = {
	readonly running: boolean;
	readonly pid: number | null;
	readonly socket: string;
	readonly vaults: readonly {
		readonly vaultId: string;
		readonly path: string | null;
		readonly idleLeftMs: number;
		readonly leftMs: number;
	}[];
};

async function agentIn(home: Home) {
	const [{keyFile: sandboxKey}, {keyFile: liveKey}] = [await vaultIn(home, 'sandbox'), await vaultIn(home, 'live')];
	/** What opens the sandbox's vault where no agent does. */
	const opened = ['--key-file', sandboxKey];
	const sandbox = async (...words: readonly string[]): Promise<Run> => run(home, [...words, '--sandbox']);
	const status = async () => JSON.parse((await sandbox('agent', 'status', '--json')).out) as Status;
	return {
		home,
		sandbox,
		opened,
		/** The same with the vault for real keys, which is another one. */
		live: async (...words: readonly string[]): Promise<Run> => run(home, words),
		liveOpened: ['--key-file', liveKey],
		status,
		/** Gives the agent's process. */
		async start(...words: readonly string[]): Promise<number> {
			expect(await sandbox('agent', ...words, ...opened)).toMatchObject({status: 0});
			return (await status()).pid!;
		},
	};
}

/** A test with two vaults in its home, and an agent that does not outlive it. */
export const test = journey.extend('agent', async ({home}, {onCleanup}) => {
	const agent = await agentIn(home);
	onCleanup(async () => {
		const {pid} = await agent.status();
		if (pid === null) return;
		process.kill(pid, 'SIGKILL');
		await gone(pid);
	});
	return agent;
});

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		// One that has ended and was not asked about yet is not alive.
		return !isLinux || !/^State:\s*Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
}

export async function gone(pid: number): Promise<void> {
	await until(() => !isAlive(pid), `the end of ${pid}`);
}

/** What a person is told to do about an agent that does not answer, and what that finds. */
const pattern = 'okx-keys.* agent';
export const remedy = `End its process with kill -9; pgrep -f '${pattern}' finds it.`;

export function found(): number[] {
	return execFileSync('pgrep', ['-f', pattern], {encoding: 'utf8'}).trim().split('\n').map(Number);
}
