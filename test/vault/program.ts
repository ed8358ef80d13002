import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {buildSync} from 'esbuild';
import {inject} from 'vitest';
import {openable, opener} from './world.ts';

export type Ended = {
	readonly lines: readonly string[];
	readonly signal: NodeJS.Signals | null;
	readonly errors: string;
};
export type Child = {
	readonly id: number;
	readonly kill: (signal?: NodeJS.Signals) => void;
	/** Waits until it has said a line. */
	readonly said: (line: string) => Promise<void>;
	/** Everything it has said so far. */
	readonly lines: () => readonly string[];
	/** Waits until it has said so many lines, or has ended. */
	readonly heard: (lines: number) => Promise<void>;
	readonly ended: Promise<Ended>;
};

let bundle: string | undefined;

/** child.ts as one file of plain JavaScript, which starts in a third of the time. */
function childProgram(): string {
	if (bundle !== undefined) return bundle;
	bundle = join(mkdtempSync(join(inject('folders').bundles, 'child-')), 'child.mjs');
	buildSync({
		entryPoints: [join(import.meta.dirname, 'child.ts')],
		outfile: bundle,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node24',
		banner: {js: 'import {createRequire} from "node:module"; const require = createRequire(import.meta.url);'},
	});
	return bundle;
}

type StartOptions = {
	/** Goes to faults.mjs. */
	readonly fault?: string | undefined;
	readonly environment?: NodeJS.ProcessEnv | undefined;
	/** A program that starts it, such as a shell that sets limits. */
	readonly under?: readonly string[];
};

/** Starts child.ts with its task. */
export function start(given: readonly string[], {fault, environment, under = []}: StartOptions = {}): Child {
	const faults = fault === undefined ? [] : ['--import', join(import.meta.dirname, 'faults.mjs')];
	const [command, ...words] = [...under, process.execPath, ...faults, childProgram(), ...given] as [
		string,
		...string[],
	];
	const program = spawn(command, words, {
		env: {...process.env, NODE_COMPILE_CACHE: inject('folders').compiled, ...environment, FAULT: fault},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	let errors = '';
	let isOver = false;
	const waiting = new Set<() => void>();
	const lines = () => output.split('\n').slice(0, -1);
	const tell = () => {
		for (const look of waiting) look();
	};

	const until = (holds: () => boolean) =>
		new Promise<void>(resolve => {
			const look = () => {
				if (!holds()) return;
				waiting.delete(look);
				resolve();
			};

			waiting.add(look);
			look();
		});
	program.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
		tell();
	});
	program.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	const ended = new Promise<Ended>(resolve => {
		program.on('close', (_, signal) => {
			isOver = true;
			tell();
			resolve({lines: lines(), signal, errors});
		});
	});
	return {
		id: program.pid!,
		kill: (signal = 'SIGKILL') => void program.kill(signal),
		lines,
		said: async line => until(() => lines().includes(line)),
		heard: async count => until(() => isOver || lines().length >= count),
		ended,
	};
}

/** What a program that ended by itself said. Throws when it said anything on standard error. */
export async function run(given: readonly string[], options?: StartOptions): Promise<readonly string[]> {
	const {lines, errors} = await start(given, options).ended;
	if (errors !== '') throw new Error(errors);
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
