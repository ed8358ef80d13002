import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import {openable, opener} from './world.ts';

type Ended = {readonly lines: readonly string[]; readonly signal: NodeJS.Signals | null; readonly errors: string};
type Child = {readonly kill: () => void; readonly said: (line: string) => Promise<void>; readonly ended: Promise<Ended>};

/** Kept between runs: it takes a third off the start of each child. */
const compiled = join(import.meta.dirname, '../../node_modules/.cache/okx-keys-test');

/** Starts child.ts; `fault` goes to faults.mjs. */
export function start(given: readonly string[], fault?: string, environment: NodeJS.ProcessEnv = {}): Child {
	const program = spawn(process.execPath, ['--import', join(import.meta.dirname, 'faults.mjs'), join(import.meta.dirname, 'child.ts'), ...given], {env: {...process.env, ...environment, FAULT: fault, NODE_COMPILE_CACHE: compiled}, stdio: ['ignore', 'pipe', 'pipe']});
	let output = '';
	let errors = '';
	const waiting = new Set<() => void>();
	program.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
		for (const look of waiting) look();
	});
	program.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	const lines = () => output.split('\n').slice(0, -1);
	return {
		kill: () => void program.kill('SIGKILL'),
		said: line => new Promise(resolve => {
			const look = () => {
				if (lines().includes(line)) resolve();
			};

			waiting.add(look);
			look();
		}),
		ended: new Promise(resolve => {
			program.on('close', (_, signal) => resolve({lines: lines(), signal, errors}));
		}),
	};
}

/** What a program that ended by itself said. */
export async function run(given: readonly string[], fault?: string, environment?: NodeJS.ProcessEnv): Promise<readonly string[]> {
	const {lines, errors} = await start(given, fault, environment).ended;
	expect(errors).toBe('');
	return lines;
}

export async function idsIn(path: string): Promise<string[]> {
	const vault = openable(path);
	await vault.unlock(opener);
	return vault.read().keys.map(({id}) => id);
}

export function hash(path: string): string {
	return createHash('sha256').update(readFileSync(path)).digest('hex');
}
