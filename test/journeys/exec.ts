import {spawn} from 'node:child_process';
import {expect} from 'vitest';
import {program, run, type Run, type RunOptions} from './program.ts';
import type {TestVault} from './vaults.ts';

export const apiKey = /^0a1b2c3d-0000-4000-8000-[\da-f]{12}$/;
/** Of every key that `TestVault.add` stores. */
export const secretKey = 'CANARY9SECRET9CANARY9SECRET9CANA';
export const passphrase = 'Canary-Pass9!';

export async function exec(vault: TestVault, words: readonly string[], options: RunOptions = {}): Promise<Run> {
	return run(vault.home, [...vault.opened, 'exec', ...words], options);
}

/** The environment that a program is given. */
export async function environmentOf(vault: TestVault, words: readonly string[], options: RunOptions = {}) {
	const {status, out, err} = await exec(vault, [...words, '--', 'env', '-0'], options);
	expect({status, err}).toEqual({status: 0, err: ''});
	return Object.fromEntries(
		out
			.split('\0')
			.filter(Boolean)
			.map(line => line.split(/=(.*)/s, 2)),
	) as Record<string, string>;
}

/** Starts it as the shell of a person would. */
export function started(vault: TestVault, words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
	return spawn(process.execPath, [program, ...vault.opened, 'exec', ...words], {
		env: {...vault.home.environment, ...environment},
		cwd: vault.home.path,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
}
