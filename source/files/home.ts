import {homedir} from 'node:os';
import {dirname, isAbsolute, normalize} from 'node:path';
import {isWithin} from './folders.ts';

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** The home folder of this process's user; undefined where there is none, as for a user that no list of users knows. */
export function homeFolder(): string | undefined {
	try {
		const home = homedir();
		return isAbsolute(home) ? home : undefined;
	} catch {
		return undefined;
	}
}

/** The value of a variable of the XDG base directory specification, which demands that relative ones are ignored. */
export function xdgFolder(
	environment: ProcessEnvironment,
	name: 'XDG_CONFIG_HOME' | 'XDG_STATE_HOME' | 'XDG_RUNTIME_DIR',
): string | undefined {
	const folder = environment[name];
	return folder !== undefined && isAbsolute(folder) ? folder : undefined;
}

/**
 * The folder below which this program may make its own, and which it never makes: a home, the folder of a login, or
 * the one that a folder of the XDG specification lies in. Undefined for a path that only a person can have named, who
 * may mean all of it.
 */
export function baseOf(path: string, environment: ProcessEnvironment, home = homeFolder()): string | undefined {
	const runtime = xdgFolder(environment, 'XDG_RUNTIME_DIR');
	const above = (['XDG_CONFIG_HOME', 'XDG_STATE_HOME'] as const)
		.map(name => xdgFolder(environment, name))
		.flatMap(folder => (folder !== undefined && isWithin(path, normalize(folder)) ? [dirname(normalize(folder))] : []));
	return [runtime, home].find(folder => folder !== undefined && isWithin(path, normalize(folder))) ?? above[0];
}
