import {homedir} from 'node:os';
import {dirname, isAbsolute, normalize} from 'node:path';
import {isWithin} from './folders.ts';

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** Given the environment of the process, it need not load `os` of Node, which reads the same variable first. */
export function homeFolder({HOME}: ProcessEnvironment = {}): string | undefined {
	try {
		const home = HOME || homedir();
		return isAbsolute(home) ? home : undefined;
	} catch {
		return undefined;
	}
}

/** Ignores relative values, as the XDG base directory specification demands. */
export function xdgFolder(
	environment: ProcessEnvironment,
	name: 'XDG_CONFIG_HOME' | 'XDG_STATE_HOME' | 'XDG_RUNTIME_DIR',
): string | undefined {
	const folder = environment[name];
	return folder !== undefined && isAbsolute(folder) ? folder : undefined;
}

/**
 * The folder that must exist before this program makes folders in it: a home, a login's runtime folder, or the parent
 * of an XDG folder. Undefined for any other path, of which every part may be made.
 */
export function baseOf(path: string, environment: ProcessEnvironment, home = homeFolder()): string | undefined {
	const runtime = xdgFolder(environment, 'XDG_RUNTIME_DIR');
	const above = (['XDG_CONFIG_HOME', 'XDG_STATE_HOME'] as const)
		.map(name => xdgFolder(environment, name))
		.flatMap(folder => (folder !== undefined && isWithin(path, normalize(folder)) ? [dirname(normalize(folder))] : []));
	return [runtime, home].find(folder => folder !== undefined && isWithin(path, normalize(folder))) ?? above[0];
}
